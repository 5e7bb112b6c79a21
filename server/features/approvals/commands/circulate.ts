/** 传阅 with the answers its page shows. */
import type { PersonActor } from '../../../kernel/actor.ts';
import type { ActAnswer, CirculateRequest } from '../contract.ts';
import { actOnInstance } from './act.ts';
import type { ApprovalsContext } from './deps.ts';

export async function circulateAnswer(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
  { personIds, note }: CirculateRequest,
): Promise<ActAnswer> {
  const act = { type: 'circulate', personIds, note } as const;
  const { outcome, events } = await actOnInstance(ctx, actor, instanceId, act);
  const sent = events.flatMap((event) => (event.type === 'circulated' ? event.people : []));
  const known = new Set(personIds).size - sent.length;
  const before = known === 0 ? '' : `，另 ${String(known)} 人以前已传阅过`;
  return { outcome, words: `已传阅给 ${String(sent.length)} 人${before}`, nextWords: null, nextItem: null };
}

export async function confirmReadAnswer(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
): Promise<ActAnswer> {
  const { outcome } = await actOnInstance(ctx, actor, instanceId, { type: 'confirmRead' });
  const words = outcome === 'done' ? '已确认阅读' : '你已确认过';
  return { outcome, words, nextWords: null, nextItem: null };
}
