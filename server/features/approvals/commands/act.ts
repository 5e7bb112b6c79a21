import type { PersonActor } from '../../../kernel/actor.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type {
  ActAnswer,
  AddApproversRequest,
  CommentRequest,
  ConsultRequest,
  RemindAnswer,
  SignatureRequest,
} from '../contract.ts';
import { describeTask } from '../views/tasks.ts';
import { nextWords } from '../views/holders.ts';
import { statusWords } from '../views/status.ts';
import { isSaid } from '../engine/comment.ts';
import { remindLeft } from '../engine/remind.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { InstanceState } from '../model/state.ts';
import type { FieldEdit } from '../model/edits.ts';
import { mustBeAllowed, type Verb } from '../policy.ts';
import { isKnownClosed } from '../store/known-states.ts';
import { type ActedOn, lockInstance, lockInstanceOfTask, readInstanceOfTask } from '../store/requests.ts';
import type { ApprovalsContext } from './deps.ts';
import { actWithEdits } from './edit-form.ts';
import { byOf, performOn } from './perform.ts';
import { picturesOf, signed } from './signature.ts';
import { ownFiles } from './submit.ts';

export type TaskAct =
  | {
      readonly type: 'approve';
      readonly comment?: string | undefined;
      readonly onCard?: boolean;
      readonly sawForm?: number;
      readonly signature?: SignatureRequest | undefined;
    }
  | { readonly type: 'reject'; readonly comment: string }
  | { readonly type: 'sendBack'; readonly toStepKey: string | null; readonly reason: string }
  | { readonly type: 'transfer'; readonly toPersonId: string; readonly comment?: string | undefined }
  | { readonly type: 'handle'; readonly result: 'done' | 'cannot'; readonly comment: string }
  | ({ readonly type: 'addApprovers' } & AddApproversRequest)
  | { readonly type: 'removeApprover' }
  | ({ readonly type: 'consult' } & ConsultRequest);

/** Decide one's own task. A task closed meanwhile is answered with the state as it is (R1, R27, R28). */
export async function actOnTask(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
  act: TaskAct,
): Promise<{ decision: Decision; taskId: string }> {
  // Who taps late is answered without waiting for a lock.
  if (isKnownClosed(taskId, actor.personId)) {
    const { state } = await ctx.db.read((reads) => readInstanceOfTask(reads, taskId));
    return { decision: { outcome: 'already', events: [], state }, taskId };
  }
  const given = act.type === 'approve' ? act.signature : undefined;
  const pictures = await picturesOf(ctx, actor, [given]);
  const decision = await ctx.db.write(actor, async (tx) => {
    const row = await lockInstanceOfTask(tx, taskId);
    const asked = { ...act, by: byOf(actor), taskId } as InstanceCommand;
    if (act.type !== 'approve' || given === undefined) return performOn(ctx, tx, row, asked);
    return signed(ctx, tx, actor, { given, pictures }, (signature) =>
      performOn(ctx, tx, row, { ...act, by: byOf(actor), taskId, signature }),
    );
  });
  return { decision, taskId };
}

export async function actOnTaskAnswer(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
  act: TaskAct,
  edits: readonly FieldEdit[] = [],
): Promise<ActAnswer> {
  const { state, outcome } = await decisionOf(ctx, actor, taskId, act, edits);
  return {
    outcome,
    words: describeTask(state, taskId).sentence,
    // A refusal that ends the request says so itself.
    nextWords:
      (act.type === 'reject' || act.type === 'handle') && state.status !== 'running'
        ? null
        : nextWords(state),
    nextItem: await ctx.db.read((reads) => nextItem(reads, actor.personId)),
  };
}

async function decisionOf(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
  act: TaskAct,
  edits: readonly FieldEdit[],
): Promise<Decision> {
  if (edits.length > 0 && act.type === 'handle')
    return actWithEdits(ctx, actor, taskId, edits, (edit) => ({ ...act, by: byOf(actor), taskId, edit }));
  if (edits.length > 0 && act.type === 'approve') {
    const { signature: given, ...plain } = act;
    const whole = { ...plain, by: byOf(actor), taskId };
    return actWithEdits(
      ctx,
      actor,
      taskId,
      edits,
      (edit, signature) => ({ ...whole, edit, signature }),
      given,
    );
  }
  return (await actOnTask(ctx, actor, taskId, act)).decision;
}

/** The actor's most urgent remaining to-do. */
export async function nextItem(
  reads: Reads,
  personId: string,
): Promise<{ instanceId: string; title: string } | null> {
  const [row] = await reads.em.query<{ instanceId: string; title: string }[]>(
    `select t.instanceId, i.title from approval_task t join approval_instance i on i.id = t.instanceId
     where t.personId = ? and t.status = 'pending' order by t.sortAt, t.id limit 1`,
    [personId],
  );
  return row ? { instanceId: row.instanceId, title: row.title } : null;
}

type OnInstance = Extract<
  InstanceCommand,
  { type: 'withdraw' | 'comment' | 'remind' | 'markRead' | 'assignSeats' | 'circulate' | 'confirmRead' }
>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An act on a request the actor may see. Unknown and invisible look alike from outside. */
export async function actOnInstance(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
  act: DistributiveOmit<OnInstance, 'by'>,
): Promise<Decision> {
  return ctx.db.write(actor, async (tx) => actOnRow(ctx, tx, actor, await lockInstance(tx, instanceId), act));
}

const VERBS: Readonly<Record<OnInstance['type'], Verb>> = {
  withdraw: 'withdraw',
  comment: 'comment',
  remind: 'remind',
  markRead: 'see',
  assignSeats: 'assign',
  circulate: 'see',
  confirmRead: 'see',
};

async function actOnRow(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  row: ActedOn,
  act: DistributiveOmit<OnInstance, 'by'>,
): Promise<Decision> {
  mustBeAllowed(row.state, actor, VERBS[act.type]);
  const command = { ...act, by: byOf(actor) } as InstanceCommand;
  const decision = await performOn(ctx, tx, row, command);
  if ((act.type === 'markRead' || act.type === 'confirmRead') && decision.events.length > 0)
    await markCopyRead(ctx, tx, row.id, actor.personId);
  return decision;
}

async function markCopyRead(
  ctx: ApprovalsContext,
  tx: Tx,
  instanceId: string,
  personId: string,
): Promise<void> {
  ctx.countsMoved(tx, [personId]);
  await tx.em.query(
    'update approval_copy set readAt = ? where instanceId = ? and personId = ? and readAt is null',
    [tx.now, instanceId, personId],
  );
}

export async function withdrawRequest(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
  reason: string | undefined,
): Promise<ActAnswer> {
  const { state, outcome } = await actOnInstance(ctx, actor, instanceId, { type: 'withdraw', reason });
  return { outcome, words: endWords(state), nextWords: null, nextItem: null };
}

/** Say something. What was said and sent again, its answer being lost, takes no file twice and tells nobody twice. */
export async function commentOnRequest(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
  { clientKey, text, mentions, fileIds = [] }: CommentRequest,
): Promise<ActAnswer> {
  await ctx.db.write(actor, async (tx) => {
    const row = await lockInstance(tx, instanceId);
    if (isSaid(row.state, actor.personId, clientKey)) return;
    const files = await ownFiles(ctx, tx, actor, fileIds);
    await actOnRow(ctx, tx, actor, row, {
      type: 'comment',
      clientKey,
      text,
      mentions,
      files: files.map(({ fileId, name }) => ({ fileId, name })),
    });
    await ctx.files.attach(tx, fileIds, instanceId);
  });
  return { outcome: 'done', words: '评论已发出', nextWords: null, nextItem: null };
}

export async function remindHolders(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
): Promise<RemindAnswer> {
  const { state, outcome } = await actOnInstance(ctx, actor, instanceId, { type: 'remind' });
  const names = state.tasks.filter((t) => t.status === 'pending').map((t) => t.person.name);
  return {
    outcome,
    words: outcome === 'done' ? `已提醒${names.join('、')}` : endWords(state),
    remindLeft: remindLeft(state),
  };
}

const endWords = (state: InstanceState): string => statusWords(state);
