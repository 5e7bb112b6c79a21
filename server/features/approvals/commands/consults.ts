/** To-dos and messages of opinions asked for (R30). They have no clock: that stays with whoever asks. */
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard } from '../../messaging/index.ts';
import { consultCard, opinionCard } from '../cards/asked.ts';
import type { CardContext } from '../cards/context.ts';
import { openConsults } from '../engine/consult.ts';
import { taskOfSeat } from '../engine/tally.ts';
import type { ConsultState } from '../model/tasks.ts';
import type { InstanceState } from '../model/state.ts';
import { sortAtOf, TaskTable } from '../tables.ts';
import { to } from './task-clocks.ts';

/** What moved between two states, whatever moved it. */
export async function followConsults(
  tx: Tx,
  cards: CardContext,
  before: InstanceState | null,
): Promise<void> {
  const { state } = cards;
  const known = new Set((before?.consults ?? []).map((one) => one.consultId));
  for (const asked of openConsults(state)) if (!known.has(asked.consultId)) ask(tx, cards, asked);
  const open = new Set(openConsults(state).map((one) => one.consultId));
  const closed = before === null ? [] : openConsults(before).filter((one) => !open.has(one.consultId));
  for (const { consultId } of closed) {
    const asked = state.consults?.find((one) => one.consultId === consultId);
    if (asked !== undefined) await close(tx, cards, asked);
  }
}

function ask(tx: Tx, cards: CardContext, asked: ConsultState): void {
  const { consultId, person } = asked;
  tx.append(TaskTable, {
    id: consultId,
    instanceId: cards.state.instanceId,
    stepId: consultId,
    personId: person.personId,
    status: 'pending',
    behalfOfId: null,
    behalfOfName: null,
    openedAt: asked.askedAt,
    closedAt: null,
    dueAt: null,
    sortAt: sortAtOf(null),
    provisional: false,
  });
  queueCard(tx, to(cards.state, 'approvals.consult', person.personId, consultId), consultCard(cards, asked));
}

async function close(tx: Tx, cards: CardContext, asked: ConsultState): Promise<void> {
  const { state } = cards;
  const answered = asked.answeredAt !== null;
  await tx.em.query('update approval_task set status = ?, closedAt = ? where id = ?', [
    answered ? 'answered' : 'not_needed',
    tx.now,
    asked.consultId,
  ]);
  const holder = taskOfSeat(state, asked.stepId, asked.seat)?.person.personId;
  if (!answered || holder === undefined) return;
  queueCard(tx, to(state, 'approvals.opinion', holder, asked.consultId), opinionCard(cards, asked));
}
