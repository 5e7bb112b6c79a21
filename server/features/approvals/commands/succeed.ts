/** Tasks of a person, taken over by somebody else (R22, R25). Who may order it is asked by whoever calls. */
import { refused } from '../../../kernel/errors.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { heldSeat, type HeldSeat } from '../engine/held.ts';
import { sitsAt } from '../engine/seats.ts';
import { isOpenTask } from '../engine/tally.ts';
import type { InstanceState } from '../model.ts';
import { isActive, type Org } from '../org.ts';
import { loadInstance, lockInstance } from '../store.ts';
import type { ApprovalsContext } from './deps.ts';
import { byOf, performOn } from './perform.ts';

export interface HeldTask {
  readonly instanceId: string;
  readonly title: string;
  readonly number: string;
  readonly applicantName: string;
  /** Left behind without a successor: waits for an administrator (R18). */
  readonly abandoned: boolean;
}

/** `none`: nothing to take over any more. */
export type Succession = 'takes' | 'merges' | 'none' | 'isApplicant' | 'inactive' | 'sitsThere';

interface Row {
  readonly instanceId: string;
  readonly title: string;
  readonly requestNumber: string;
  readonly applicantName: string;
  readonly templateKey: string;
  readonly templateVersion: number;
  readonly status: string;
}

/** What this person still has to decide, and what they left behind, oldest first; not what they applied for. */
export async function heldTasks(ctx: ApprovalsContext, reads: Reads, personId: string): Promise<HeldTask[]> {
  const rows = await reads.em.query<Row[]>(
    `select t.instanceId, i.title, i.requestNumber, i.applicantName, i.templateKey, i.templateVersion, t.status
     from approval_task t join approval_instance i on i.id = t.instanceId
     where t.personId = ? and t.status in ('pending', 'waiting', 'transferred') and i.status = 'running'
       and t.stepId <> t.instanceId and t.stepId <> t.id order by t.id`,
    [personId],
  );
  const open = new Map(
    rows.filter(({ status }) => status !== 'transferred').map((row) => [row.instanceId, row]),
  );
  const moved = new Map(
    rows.filter(({ instanceId }) => !open.has(instanceId)).map((row) => [row.instanceId, row]),
  );
  const held: HeldTask[] = [];
  for (const row of open.values()) held.push(await describe(ctx, reads, row, false));
  for (const row of moved.values()) {
    const { state } = await loadInstance(reads, row.instanceId);
    if (heldSeat(state, personId)) held.push(await describe(ctx, reads, row, true));
  }
  return held;
}

/** R46: of a sensitive request nothing but its kind and number. */
async function describe(
  ctx: ApprovalsContext,
  reads: Reads,
  row: Row,
  abandoned: boolean,
): Promise<HeldTask> {
  const template = await ctx.templates.version(reads, row.templateKey, Number(row.templateVersion));
  const { instanceId, requestNumber: number, applicantName } = row;
  return {
    instanceId,
    title: template.sensitive ? template.title : row.title,
    number,
    applicantName: template.sensitive ? '' : applicantName,
    abandoned,
  };
}

/** What would happen; changes nothing. */
export async function trySuccession(
  ctx: ApprovalsContext,
  reads: Reads,
  instanceId: string,
  { personId, successorId }: { readonly personId: string; readonly successorId: string },
): Promise<Succession> {
  const { state } = await loadInstance(reads, instanceId);
  return successionOf(await ctx.orgOf(reads), state, heldSeat(state, personId), successorId);
}

function successionOf(
  org: Org,
  state: InstanceState,
  held: HeldSeat | null,
  successorId: string,
): Succession {
  if (held === null) return 'none';
  if (!isActive(org, successorId)) return 'inactive';
  if (state.applicant.personId === successorId) return 'isApplicant';
  if (sitsAt(state, held.step, successorId) === null) return 'takes';
  return held.abandoned ? 'sitsThere' : 'merges';
}

const REFUSALS = {
  inactive: 'approvals.person_inactive',
  isApplicant: 'approvals.person_is_applicant',
  sitsThere: 'approvals.person_on_step',
} as const;

/**
 * R25: the successor sits in this person's seat, or the two become one vote. Again, it changes nothing.
 * @returns the task opened for the successor; null when nothing was opened
 * @throws `approvals.person_inactive`, `approvals.person_is_applicant`, `approvals.person_on_step`
 */
export async function succeed(
  ctx: ApprovalsContext,
  tx: Tx,
  instanceId: string,
  { personId, successorId }: { readonly personId: string; readonly successorId: string },
): Promise<{ readonly outcome: 'takes' | 'merges' | 'none'; readonly taskId: string | null }> {
  const row = await lockInstance(tx, instanceId);
  const org = await ctx.orgOf(tx);
  const held = heldSeat(row.state, personId);
  const outcome = successionOf(org, row.state, held, successorId);
  if (held === null || outcome === 'none') return { outcome: 'none', taskId: null };
  if (outcome !== 'takes' && outcome !== 'merges')
    throw refused(REFUSALS[outcome], { name: org.person(successorId)?.name ?? '' });
  const by = byOf(tx.actor);
  const { state } = await performOn(
    ctx,
    tx,
    row,
    held.abandoned
      ? {
          type: 'assignSeats',
          by,
          stepId: held.step.stepId,
          seats: [{ seat: held.seat.seat, personId: successorId }],
        }
      : { type: 'replacePerson', by, personId, successorId, viaAgents: false },
  );
  return { outcome, taskId: outcome === 'takes' ? pendingTask(state, successorId) : null };
}

/**
 * The successor gives it back: only what is still undecided, and only to somebody who can decide.
 * @returns why not, or `undone`
 */
export async function giveBack(
  ctx: ApprovalsContext,
  tx: Tx,
  instanceId: string,
  { personId, taskId }: { readonly personId: string; readonly taskId: string },
): Promise<'undone' | 'decided' | 'inactive'> {
  const row = await lockInstance(tx, instanceId);
  const task = row.state.tasks.find((one) => one.taskId === taskId);
  if (task === undefined || !isOpenTask(task) || row.state.status !== 'running') return 'decided';
  const org = await ctx.orgOf(tx);
  if (!isActive(org, personId)) return 'inactive';
  const holder = task.person.personId;
  await performOn(ctx, tx, row, {
    type: 'replacePerson',
    by: byOf(tx.actor),
    personId: holder,
    successorId: personId,
    viaAgents: false,
  });
  return 'undone';
}

const pendingTask = ({ tasks }: InstanceState, personId: string): string | null =>
  tasks.find((task) => isOpenTask(task) && task.person.personId === personId)?.taskId ?? null;
