/** Tasks of a person, taken over by somebody else (R22, R25). Who may order it is asked by whoever calls. */
import { refused } from '../../../kernel/errors.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { heldSeats, type HeldSeat } from '../engine/held.ts';
import { sitsAt } from '../engine/seats.ts';
import { isOpenTask } from '../engine/tally.ts';
import type { InstanceState } from '../model/state.ts';
import { isActive, type Org } from '../model/org.ts';
import { loadInstance, lockInstance } from '../store/requests.ts';
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
    if (heldSeats(state, personId).length > 0) held.push(await describe(ctx, reads, row, true));
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
  { personId, successorId }: Heirs,
): Promise<Succession> {
  const { state } = await loadInstance(reads, instanceId);
  return successionOf(await ctx.orgOf(reads), state, heldSeats(state, personId), successorId);
}

interface Heirs {
  readonly personId: string;
  readonly successorId: string;
}

/** Of all seats of the case: `takes` where one of them does. */
function successionOf(
  org: Org,
  state: InstanceState,
  held: readonly HeldSeat[],
  successorId: string,
): Succession {
  if (held.length === 0) return 'none';
  if (!isActive(org, successorId)) return 'inactive';
  if (state.applicant.personId === successorId) return 'isApplicant';
  const each = held.map(({ step, abandoned }): Succession => {
    if (sitsAt(state, step, successorId) === null) return 'takes';
    return abandoned ? 'sitsThere' : 'merges';
  });
  return (['takes', 'merges'] as const).find((one) => each.includes(one)) ?? 'sitsThere';
}

const REFUSALS = {
  inactive: 'approvals.person_inactive',
  isApplicant: 'approvals.person_is_applicant',
  sitsThere: 'approvals.person_on_step',
} as const;

/**
 * R25: the successor sits in every seat of this person, in whatever branches, or the two become one vote; one act. Again, it
 * changes nothing. A seat left behind at a step where the successor sits already goes on waiting (R18).
 * @returns the tasks opened for the successor
 * @throws `approvals.person_inactive`, `approvals.person_is_applicant`, `approvals.person_on_step`
 */
export async function succeed(
  ctx: ApprovalsContext,
  tx: Tx,
  instanceId: string,
  { personId, successorId }: Heirs,
): Promise<{ readonly outcome: 'takes' | 'merges' | 'none'; readonly taskIds: readonly string[] }> {
  const row = await lockInstance(tx, instanceId);
  const org = await ctx.orgOf(tx);
  const outcome = successionOf(org, row.state, heldSeats(row.state, personId), successorId);
  if (outcome === 'none') return { outcome, taskIds: [] };
  if (outcome !== 'takes' && outcome !== 'merges')
    throw refused(REFUSALS[outcome], { name: org.person(successorId)?.name ?? '' });
  const { state } = await performOn(ctx, tx, row, {
    type: 'replacePerson',
    by: byOf(tx.actor),
    personId,
    successorId,
    viaAgents: false,
    leftBehind: true,
  });
  const known = new Set(row.state.tasks.map(({ taskId }) => taskId));
  const opened = state.tasks.filter(
    (task) => !known.has(task.taskId) && isOpenTask(task) && task.person.personId === successorId,
  );
  return { outcome, taskIds: opened.map(({ taskId }) => taskId) };
}

/**
 * The successor gives back what they took over: only what is still undecided, and only to somebody who can decide.
 * @returns why not, or `undone`
 */
export async function giveBack(
  ctx: ApprovalsContext,
  tx: Tx,
  instanceId: string,
  { personId, taskIds }: { readonly personId: string; readonly taskIds: readonly string[] },
): Promise<'undone' | 'decided' | 'inactive'> {
  const row = await lockInstance(tx, instanceId);
  const open = row.state.tasks.filter((task) => taskIds.includes(task.taskId) && isOpenTask(task));
  const [first] = open;
  if (first === undefined || row.state.status !== 'running') return 'decided';
  const org = await ctx.orgOf(tx);
  if (!isActive(org, personId)) return 'inactive';
  await performOn(ctx, tx, row, {
    type: 'replacePerson',
    by: byOf(tx.actor),
    personId: first.person.personId,
    successorId: personId,
    viaAgents: false,
    taskIds: open.map(({ taskId }) => taskId),
  });
  return 'undone';
}
