import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { among } from '../../../platform/db/among.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { SealsContext } from '../context.ts';
import type { OwnAnswer, OwnQuery } from '../contract.ts';
import { handlersOfUse } from '../store.ts';
import { briefsOf, countOf } from './briefs.ts';

interface Part {
  readonly sql: string;
  readonly params: readonly string[];
}

const OPEN = `state in ('approved', 'partly')`;

/** My own: what I asked for, what waits for me as keeper, what I recorded; newest first. */
export async function listOwn(
  ctx: SealsContext,
  reads: Reads,
  personId: string,
  { box, cursor, limit }: OwnQuery,
): Promise<OwnAnswer> {
  const todo = await todoOf(ctx, reads, personId);
  const part = box === 'todo' ? todo : box === 'mine' ? mineOf(personId) : didOf(personId);
  const before = cursor === undefined ? '' : ' and id < ?';
  const found = await reads.em.query<{ id: string }[]>(
    `select id from seal_use where ${part.sql}${before} order by id desc limit ${limit + 1}`,
    [...part.params, ...(cursor === undefined ? [] : [cursor])],
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  const waiting = await countOf(reads, `seal_use where ${todo.sql}`, todo.params);
  const keeps = await countOf(reads, 'seal_keeper where personId = ? and untilAt is null', [personId]);
  return {
    items: await briefsOf(ctx, reads, ids),
    next: found.length > limit ? (ids.at(-1) ?? null) : null,
    isKeeper: keeps > 0 || waiting > 0,
    todo: waiting,
  };
}

const mineOf = (personId: string): Part => ({ sql: 'applicantId = ?', params: [personId] });

const didOf = (personId: string): Part => ({
  sql: `id in (select useId from seal_event where byId = ? and kind in ('stamped', 'closed', 'voided', 'checkedOut', 'givenBack'))`,
  params: [personId],
});

/** Open uses whose recording lies with this person: by seal, and where the applicant changes whom it lies with, by both. */
async function todoOf(ctx: SealsContext, reads: Reads, personId: string): Promise<Part> {
  const open = await reads.em.query<{ sealId: string; applicantId: string; unitId: string }[]>(
    `select distinct u.sealId, u.applicantId, s.unitId from seal_use u join seal s on s.id = u.sealId where u.${OPEN}`,
  );
  const keepers = await reads.em.query<{ sealId: string; personId: string }[]>(
    'select sealId, personId from seal_keeper where untilAt is null order by id',
  );
  const org = await ctx.orgOf(reads);
  const mine = open.filter(({ sealId, applicantId, unitId }) =>
    isTheirs(ctx, org, { sealId, applicantId, unitId }, keepers, personId),
  );
  const parts = mine.map((one) => ({
    sql: '(sealId = ? and applicantId = ?)',
    params: [one.sealId, one.applicantId],
  }));
  if (parts.length === 0) return { sql: '1 = 0', params: [] };
  // One keeper of many requests: most of them differ in the applicant only.
  if (parts.length > MOST_PAIRS) return byIds(reads, mine);
  return {
    sql: `${OPEN} and (${parts.map(({ sql }) => sql).join(' or ')})`,
    params: parts.flatMap(({ params }) => params),
  };
}

const MOST_PAIRS = 100;

async function byIds(
  reads: Reads,
  mine: readonly { readonly sealId: string; readonly applicantId: string }[],
): Promise<Part> {
  const wanted = new Set(mine.map(({ sealId, applicantId }) => `${sealId}:${applicantId}`));
  const rows = await reads.em.query<{ id: string; sealId: string; applicantId: string }[]>(
    `select id, sealId, applicantId from seal_use where ${OPEN}`,
  );
  const ids = rows
    .filter(({ sealId, applicantId }) => wanted.has(`${sealId}:${applicantId}`))
    .map(({ id }) => id);
  return among('id', ids);
}

function isTheirs(
  { settings }: SealsContext,
  org: OrgWithRoles,
  use: { readonly sealId: string; readonly applicantId: string; readonly unitId: string },
  keepers: readonly { readonly sealId: string; readonly personId: string }[],
  personId: string,
): boolean {
  const keeperIds = keepers.filter(({ sealId }) => sealId === use.sealId).map((one) => one.personId);
  return handlersOfUse(org, settings.chiefUnits, use, keeperIds, use.applicantId).includes(personId);
}
