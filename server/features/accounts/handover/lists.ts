/** Sheets that are not finished yet. */
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { both, clause, countIn, either, within } from '../clause.ts';
import { type AccountsContext, policyOf, SHEET, viewerOf } from '../commands/context.ts';
import type { SheetsAnswer, SheetsQuery } from '../contract.ts';
import { duesOf } from '../dues.ts';
import { everyUnit } from '../org.ts';
import { holdsUnit, mayHandOver } from '../policy.ts';
import { scopeOf } from '../request-lists.ts';

const SHEETS = 'handover_sheet h';

/** Oldest first. IT and HR see all, a unit its own, a successor what comes to them; nobody the sheet about themselves. */
export async function listSheets(
  ctx: AccountsContext,
  reads: Reads,
  personId: string,
  query: SheetsQuery,
): Promise<SheetsAnswer> {
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, personId);
  const context = policyOf(ctx, org);
  const scope = scopeOf(ctx, org, viewer);
  const units = everyUnit(org).flatMap(({ unitId }) => (holdsUnit(viewer, unitId, context) ? [unitId] : []));
  const open = clause(`h.state in ('open', 'executed')`);
  const ofOthers = both(open, clause('h.personId <> ?', personId));
  const toMe = clause(
    'exists (select 1 from handover_item i where i.sheetId = h.id and i.successorId = ?)',
    personId,
  );
  const boxes = {
    mine: both(open, toMe),
    unit: both(ofOthers, within('h.unitId', units)),
    all: either(both(open, toMe), scope === 'all' ? ofOthers : both(ofOthers, within('h.unitId', scope))),
  };
  const wanted = boxes[query.box];
  const here = query.cursor === undefined ? wanted : both(wanted, clause('h.id > ?', query.cursor));
  const found = await reads.em.query<Row[]>(
    `select h.id, h.personId, h.personName, h.unitId, h.state, h.createdAt,
       (select count(*) from handover_item i where i.sheetId = h.id) as total,
       (select count(*) from handover_item i where i.sheetId = h.id and i.mode = 'choose'
         and i.successorId is null and (i.result is null or i.result = 'failed')) as missing,
       (select count(*) from handover_item i where i.sheetId = h.id and i.successorId = ?) as toMe
     from ${SHEETS} where ${here.sql} order by h.id limit ${query.limit + 1}`,
    [personId, ...here.params],
  );
  const page = found.slice(0, query.limit);
  const due = await duesOf(
    ctx,
    reads,
    SHEET,
    page.map(({ id }) => id),
  );
  return {
    items: page.map((row) => {
      // A successor sees what comes to them, and no more.
      const whole = mayHandOver(viewer, row.personId, row.unitId, context);
      return {
        sheetId: row.id,
        personName: row.personName,
        unitName: row.unitId === null ? '' : (org.unit(row.unitId)?.name ?? ''),
        state: row.state,
        createdAt: Number(row.createdAt),
        toMe: Number(row.toMe),
        total: whole ? Number(row.total) : null,
        missing: whole ? Number(row.missing) : null,
        due: due(row.id),
      };
    }),
    next: found.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    counts:
      query.cursor === undefined
        ? {
            mine: await countIn(reads, SHEETS, boxes.mine),
            unit: await countIn(reads, SHEETS, boxes.unit),
            all: await countIn(reads, SHEETS, boxes.all),
          }
        : null,
  };
}

interface Row {
  id: string;
  personId: string;
  personName: string;
  unitId: string | null;
  state: 'open' | 'executed';
  createdAt: number | string;
  total: number | string;
  missing: number | string;
  toMe: number | string;
}
