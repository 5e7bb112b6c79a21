import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { BatchesAnswer, ChangesAnswer, DoubtsAnswer } from './contract.ts';
import type { Change, ChangeKind } from './model.ts';
import { isDestructive, loadPlan } from './plan-store.ts';
import { BatchTable, type BatchRow, ChangeTable, DoubtTable } from './tables.ts';
import { fieldWords, KIND_WORDS } from './words.ts';

export interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Lists in the plan's or the sheet's order go on after a place in it; anything else begins at the start. */
export const seqOf = (cursor: string | undefined): number =>
  /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;

/** Names behind ids, for lists: a person's, or the mechanism's. */
export type NameOf = (actorId: string) => string;

/** All statements, the newest first. */
export async function listBatches(
  reads: Reads,
  { cursor, limit }: Page,
  nameOf: NameOf,
): Promise<BatchesAnswer> {
  const rows = await reads.em
    .getRepository(BatchTable)
    .createQueryBuilder('b')
    .where(cursor ? 'b.id < :cursor' : '1 = 1', { cursor })
    .orderBy('b.id', 'DESC')
    .limit(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  return {
    items: items.map((row) => batchBrief(row, nameOf)),
    next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
  };
}

export const batchBrief = (row: BatchRow, nameOf: NameOf) => ({
  batchId: row.id,
  number: row.batchNumber,
  state: row.state,
  source: { kind: row.sourceKind, name: row.sourceName },
  fileName: row.fileName,
  cutOffAt: row.cutOffAt,
  createdAt: row.createdAt,
  createdBy: nameOf(row.createdBy),
  rows: { units: row.unitRows, people: row.peopleRows },
  faults: row.faultCount,
  planId: row.planId,
});

export interface ChangesFilter extends Page {
  readonly kind?: ChangeKind | undefined;
  readonly unitCode?: string | undefined;
  readonly destructive?: '1' | undefined;
  readonly q?: string | undefined;
}

/** Changes of a plan in its order; the total is of the same filter. */
export async function listChanges(
  reads: Reads,
  planId: string,
  filter: ChangesFilter,
  unitName: (code: string) => string,
): Promise<ChangesAnswer> {
  const [rows, total] = await Promise.all([
    filtered(reads, planId, filter)
      .andWhere('c.seq > :after', { after: seqOf(filter.cursor) })
      .orderBy('c.seq')
      .limit(filter.limit + 1)
      .getMany(),
    filtered(reads, planId, filter).getCount(),
  ]);
  const items = rows.slice(0, filter.limit);
  return {
    items: items.map(({ content }) => changeAnswer(content, unitName)),
    next: rows.length > filter.limit ? String(items.at(-1)?.seq ?? '') : null,
    total,
  };
}

function filtered(reads: Reads, planId: string, { kind, unitCode, destructive, q }: ChangesFilter) {
  const query = reads.em
    .getRepository(ChangeTable)
    .createQueryBuilder('c')
    .where('c.planId = :planId', { planId });
  if (kind) query.andWhere('c.kind = :kind', { kind });
  if (unitCode) query.andWhere('c.topUnitCode = :unitCode', { unitCode });
  if (destructive) query.andWhere('c.destructive = :yes', { yes: true });
  if (q) {
    const like = `%${q.replace(/[!%_]/g, '!$&')}%`;
    query.andWhere(`(c.targetName like :like escape '!' or c.targetRef like :like escape '!')`, { like });
  }
  return query;
}

const changeAnswer = (change: Change, unitName: (code: string) => string) => ({
  key: change.key,
  kind: change.kind,
  kindWords: KIND_WORDS[change.kind],
  target: change.target,
  unitName: unitName(change.topUnitCode),
  fields: change.fields.map((field) => ({ ...field, label: fieldWords(field.field) })),
  effectiveOn: change.effectiveOn,
  lateWorkdays: change.lateWorkdays,
  lines: [...change.lines],
  why: change.why,
  destructive: isDestructive(change),
});

export async function listDoubts(
  reads: Reads,
  planId: string,
  { cursor, limit }: Page,
): Promise<DoubtsAnswer> {
  const plan = await loadPlan(reads, planId);
  const rows = await reads.em
    .getRepository(DoubtTable)
    .createQueryBuilder('d')
    .where('d.planId = :planId and d.seq > :after', { planId, after: seqOf(cursor) })
    .orderBy('d.seq')
    .limit(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  return {
    items: items.map(({ content }) => ({
      ...content,
      lines: [...content.lines],
      candidates: content.candidates.map((one) => ({ ...one })),
    })),
    next: rows.length > limit ? String(items.at(-1)?.seq ?? '') : null,
    total: plan.doubtCount,
  };
}
