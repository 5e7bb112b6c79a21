/** The ways a request goes, as people go them. */
import type { Filled } from '../contract.ts';
import { confirmItem, executeRequest } from '../commands/items.ts';
import { acceptRequest, createRequest, sendRequest } from '../commands/requests.ts';
import { loadRequest } from '../store.ts';
import { actor, letter, type Stage } from './stage.ts';

const acceptorOf = (kind: Filled['kind']): string => (kind === 'open' || kind === 'cancel' ? 'li' : 'chen');

export const stateOf = async (stage: Stage, requestId: string) =>
  (await stage.read((reads) => loadRequest(reads, requestId))).state;

export async function create(stage: Stage, by: string, personId: string, filled: Filled): Promise<string> {
  const { requestId } = await createRequest(stage.ctx, actor(by), { personId, filled, submit: null });
  return requestId;
}

/** Sent in by the liaison of each sender. */
export async function sendAll(stage: Stage, requestId: string): Promise<void> {
  const by: Record<string, string> = { jingguan: 'ma', dzb: 'zhou', college: 'hrchief' };
  for (const { unitId } of (await stateOf(stage, requestId)).senders)
    await sendRequest(stage.ctx, actor(by[unitId] ?? 'zhao'), requestId, { unitId, letter });
}

export async function accept(stage: Stage, requestId: string): Promise<void> {
  const { kind } = await stateOf(stage, requestId);
  await acceptRequest(stage.ctx, actor(acceptorOf(kind)), requestId);
}

/** Everything that waits for a hand. */
export async function confirmAll(stage: Stage, requestId: string): Promise<void> {
  for (const { itemId, status, systemCode } of (await stateOf(stage, requestId)).items) {
    if (status === 'running' && systemCode !== 'wecom')
      await confirmItem(stage.ctx, actor('chen'), requestId, itemId, { note: '已办', fileId: null });
  }
}

/** From the first word to the last proof. */
export async function carryThrough(
  stage: Stage,
  personId: string,
  filled: Filled,
  by = 'zhao',
): Promise<string> {
  const requestId = await create(stage, by, personId, filled);
  await sendAll(stage, requestId);
  await accept(stage, requestId);
  await executeRequest(stage.ctx, actor('chen'), requestId);
  await confirmAll(stage, requestId);
  return requestId;
}
