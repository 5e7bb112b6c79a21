/** What became of a request, on its own page: the number it drew, how much is stamped. */
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { AddedFact, InstanceState } from '../approvals/index.ts';
import { usePath } from './context.ts';
import { outOf } from './store.ts';
import { NumberTable, UseTable } from './tables.ts';
import { progressWords } from './words.ts';

export async function useFacts(reads: Reads, { instanceId }: InstanceState): Promise<AddedFact[]> {
  const row = await reads.em.getRepository(UseTable).findOneBy({ requestId: instanceId });
  if (!row) return [];
  const isOut = (await outOf(reads, row.sealId))?.useId === row.id;
  const words = progressWords(row.state, isOut, row.stampedCopies, row.approvedCopies);
  return [{ label: '用印', value: `${words}（${row.number}）`, link: usePath(row.id) }];
}

export async function numberFacts(reads: Reads, { instanceId }: InstanceState): Promise<AddedFact[]> {
  const row = await reads.em.getRepository(NumberTable).findOneBy({ requestId: instanceId });
  if (!row) return [];
  return [{ label: '合同编号', value: row.state === 'void' ? `${row.number}（已作废）` : row.number }];
}
