/** The results of a plan as a sheet: verdicts and no value of a record (H6); the same set as the page (H1). */
import type { PersonActor } from '../../kernel/actor.ts';
import { dateOf, timeOf } from '../../kernel/dates.ts';
import { forbidden } from '../../kernel/errors.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { everyPage, listFile, type SheetFile } from '../../platform/sheets/index.ts';
import type { FileAuditsContext } from './commands/context.ts';
import type * as contract from './contract.ts';
import { labelOf } from './fields.ts';
import { isReviewer, type AuditOrg } from './policy.ts';
import { pageOfRows } from './reads/files.ts';
import { planFor } from './reads/plans.ts';
import type { FileRow, PlanRow } from './tables.ts';
import { STAGE_WORDS, VERDICT_WORDS } from './words.ts';

const AT_ONCE = 500;
const stamp = (at: number | null): string => (at === null ? '' : `${dateOf(at)} ${timeOf(at)}`);

export async function exportResults(
  ctx: FileAuditsContext,
  actor: PersonActor,
  planId: string,
  query: Omit<contract.FilesQuery, 'cursor' | 'limit'>,
): Promise<SheetFile> {
  const { plan, rows, now } = await ctx.db.read(async (reads) => {
    const found = await planFor(ctx, reads, actor.personId, planId);
    if (!found.viewer.isHr && !isReviewer(found.viewer, found.plan)) throw forbidden('fileaudits.not_yours');
    const files = await everyPage((cursor) =>
      pageOfRows(ctx, reads, actor.personId, planId, { ...query, cursor }, AT_ONCE),
    );
    return {
      plan: found.plan,
      rows: files.map((file) => cellsOf(found.org, found.plan, file)),
      now: reads.now,
    };
  });
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'fileaudits.export',
      targetType: 'file_audit_plan',
      targetId: planId,
      after: { ...query, rows: rows.length },
    }),
  );
  const columns = [
    '工号',
    '姓名',
    '单位',
    '环节',
    '是否超时',
    ...plan.fields.map(labelOf),
    '审核人',
    '审核时间',
  ];
  return listFile({ title: `档案审核-${plan.title}`, asked: [plan.basis], columns, rows }, actor.name, now);
}

function cellsOf(org: AuditOrg, { fields }: PlanRow, row: FileRow): string[] {
  const person = org.person(row.personId);
  return [
    person?.staffNo ?? '',
    person?.name ?? '',
    row.unitId === null ? '' : (org.unit(row.unitId)?.name ?? ''),
    STAGE_WORDS[row.stage],
    row.isLate ? '超时' : '',
    ...fields.map((field) => {
      const verdict = row.verdicts[field];
      return verdict === undefined ? '' : VERDICT_WORDS[verdict];
    }),
    row.judgedById === null ? '' : (org.person(row.judgedById)?.name ?? ''),
    stamp(row.judgedAt),
  ];
}
