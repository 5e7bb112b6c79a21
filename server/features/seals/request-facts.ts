/** What became of a request, on its own page: the number it drew, how much is stamped. */
import { dateOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { AddedFact, InstanceState } from '../approvals/index.ts';
import { usePath } from './context.ts';
import { outOf } from './store.ts';
import { NumberTable, UseEventTable, UseTable } from './tables.ts';
import { progressWords } from './words.ts';

export async function useFacts(reads: Reads, { instanceId }: InstanceState): Promise<AddedFact[]> {
  const row = await reads.em.getRepository(UseTable).findOneBy({ requestId: instanceId });
  if (!row) return [];
  const isOut = (await outOf(reads, row.sealId))?.useId === row.id;
  const words = progressWords(row.state, isOut, row.stampedCopies, row.approvedCopies);
  const link = usePath(row.id);
  const stamped = await stampedOf(reads, row.id);
  return [
    {
      label: '用印',
      value: `${words}（${row.number}）`,
      link,
      isFinal: row.stampedCopies === row.approvedCopies,
    },
    ...(stamped === '' ? [] : [{ label: '盖章记录', value: stamped, link }]),
  ];
}

/** Each copy may be a stamping of its own; the ledger has all of them. */
const MOST_STAMPINGS = 20;

/** "2026-11-23 李敏盖章 2 份": on paper the ledger is out of reach. */
async function stampedOf(reads: Reads, useId: string): Promise<string> {
  const rows = await reads.em.getRepository(UseEventTable).find({
    where: { useId, kind: 'stamped' },
    order: { id: 'ASC' },
    take: MOST_STAMPINGS + 1,
  });
  const lines = rows
    .slice(0, MOST_STAMPINGS)
    .map(
      ({ happenedOn, recordedAt, byName, copies }) =>
        `${happenedOn ?? dateOf(recordedAt)} ${byName}盖章 ${String(copies ?? 0)} 份`,
    );
  return [...lines, ...(rows.length > MOST_STAMPINGS ? ['其余见用印台账'] : [])].join('；');
}

export async function numberFacts(reads: Reads, { instanceId }: InstanceState): Promise<AddedFact[]> {
  const row = await reads.em.getRepository(NumberTable).findOneBy({ requestId: instanceId });
  if (!row) return [];
  return [{ label: '合同编号', value: row.state === 'void' ? `${row.number}（已作废）` : row.number }];
}
