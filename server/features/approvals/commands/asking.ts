/** 加签 and 征求意见 with the answers their pages show. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { thresholdChange } from '../views/asking.ts';
import type { ActAnswer, AddApproversAnswer, AddApproversRequest, ConsultRequest } from '../contract.ts';
import { describeTask } from '../views/tasks.ts';
import { nextWords } from '../views/holders.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { Placement } from '../model/steps.ts';
import { lockInstanceOfTask } from '../store/requests.ts';
import { actOnTask, nextItem } from './act.ts';
import type { ApprovalsContext } from './deps.ts';
import { byOf, performOn } from './perform.ts';

const PLACES: Readonly<Record<Placement, string>> = {
  before: '先提出意见',
  after: '接着处理',
  parallel: '一同处理',
};

export async function addApproversAnswer(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
  request: AddApproversRequest,
): Promise<AddApproversAnswer> {
  const { decision } = await actOnTask(ctx, actor, taskId, { type: 'addApprovers', ...request });
  const { state } = decision;
  const added = decision.events.find((event) => event.type === 'approversAdded');
  if (added === undefined) return { ...(await late(ctx, actor, state, taskId)), threshold: null };
  const names = added.seats.map((seat) => seat.person?.name ?? '').join('、');
  return {
    outcome: decision.outcome,
    words: `已请${names}${PLACES[added.placement]}`,
    nextWords: nextWords(state),
    nextItem: await nextOf(ctx, actor),
    threshold: thresholdChange(state, added.stepId, added.seats),
  };
}

export async function removeApproverAnswer(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
): Promise<ActAnswer> {
  const { decision } = await actOnTask(ctx, actor, taskId, { type: 'removeApprover' });
  const { state, outcome } = decision;
  const name = state.tasks.find((task) => task.taskId === taskId)?.person.name ?? '';
  const words = outcome === 'done' ? `已取消${name}的加签` : `${name}的加签已有结果，不能再取消`;
  return { outcome, words, nextWords: nextWords(state), nextItem: await nextOf(ctx, actor) };
}

export async function consultAnswer(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
  request: ConsultRequest,
): Promise<ActAnswer> {
  const { decision } = await actOnTask(ctx, actor, taskId, { type: 'consult', ...request });
  const asked = decision.events.flatMap((event) => (event.type === 'consulted' ? [event.person.name] : []));
  if (asked.length === 0) return late(ctx, actor, decision.state, taskId);
  const words = `已征求${asked.join('、')}的意见，仍由你决定`;
  return { outcome: decision.outcome, words, nextWords: null, nextItem: null };
}

/** The row of an opinion asked for leads to its request as a task's row does. */
export async function answerConsult(
  ctx: ApprovalsContext,
  actor: PersonActor,
  consultId: string,
  text: string,
): Promise<ActAnswer> {
  const { outcome }: Decision = await ctx.db.write(actor, async (tx) => {
    const row = await lockInstanceOfTask(tx, consultId);
    return performOn(ctx, tx, row, { type: 'answerConsult', by: byOf(actor), consultId, text });
  });
  const words = outcome === 'done' ? '意见已送达' : '已不用再答复';
  return { outcome, words, nextWords: null, nextItem: await nextOf(ctx, actor) };
}

/** R1: too late or once more; told as it is now. */
async function late(
  ctx: ApprovalsContext,
  actor: PersonActor,
  state: InstanceState,
  taskId: string,
): Promise<ActAnswer> {
  return {
    outcome: 'already',
    words: describeTask(state, taskId).sentence,
    nextWords: nextWords(state),
    nextItem: await nextOf(ctx, actor),
  };
}

const nextOf = (ctx: ApprovalsContext, { personId }: PersonActor) =>
  ctx.db.read((reads) => nextItem(reads, personId));
