/** A request that lies with its applicant is a to-do with a clock, like any task; it belongs to no step. */
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard } from '../../messaging/index.ts';
import { TASK_CARD } from '../cards/task.ts';
import type { CardContext } from '../cards/context.ts';
import { passedOverCard, returnedCard, revokedCard } from '../cards/returns.ts';
import { saidYes } from '../engine/tally.ts';
import { roleOf } from '../engine/explain.ts';
import type { InstanceState } from '../model/state.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { StepState } from '../model/steps.ts';
import { sortAtOf, TaskTable } from '../tables.ts';
import { returnRulesOf } from '../template/template.ts';
import { pageOf, SUBJECT, type Happening } from './happening.ts';
import type { ApprovalsContext } from './deps.ts';

/** The step of the row in to-do lists: there is none, so the request stands in its place. */
export const stepOfReturn = (state: Pick<InstanceState, 'instanceId'>): string => state.instanceId;

export async function followReturns(
  ctx: ApprovalsContext,
  tx: Tx,
  cards: CardContext,
  what: Happening,
): Promise<void> {
  const { state } = what.decision;
  const before = what.before?.returned ?? null;
  const after = state.returned ?? null;
  if (before !== null && before.returnId !== after?.returnId) closeReturn(ctx, tx, what, before.returnId);
  if (after !== null && before?.returnId !== after.returnId) openReturn(ctx, tx, cards);
  tellPassedOver(tx, cards, what);
  tellRevoked(tx, cards, what);
}

function openReturn(ctx: ApprovalsContext, tx: Tx, cards: CardContext): void {
  const { state, template } = cards;
  const { applicant, instanceId, returned } = state;
  if (!returned) return;
  const [due] = ctx.clocks.open(tx, [
    {
      kind: TASK_CARD,
      subjectType: SUBJECT,
      subjectId: instanceId,
      stepRef: returned.returnId,
      title: `${applicant.name} ${state.title}`,
      path: pageOf(instanceId),
      holderPersonId: applicant.personId,
      holderUnitId: applicant.unitId,
      workdays: returnRulesOf(template).returnWorkdays,
    },
  ]);
  const dueAt = due?.dueAt ?? null;
  tx.append(TaskTable, {
    id: returned.returnId,
    instanceId,
    stepId: stepOfReturn(state),
    personId: applicant.personId,
    status: 'pending',
    behalfOfId: null,
    behalfOfName: null,
    openedAt: returned.at,
    closedAt: null,
    dueAt,
    sortAt: sortAtOf(dueAt),
    provisional: due?.provisional ?? false,
  });
  queueCard(tx, to(state, 'approvals.returned', applicant, returned.returnId), returnedCard(cards, due));
}

/** Handed in again, withdrawn or terminated: the row ends as the request did, and is nobody's decision (R6). */
function closeReturn(ctx: ApprovalsContext, tx: Tx, what: Happening, returnId: string): void {
  const { state } = what.decision;
  const status = state.status === 'withdrawn' || state.status === 'terminated' ? state.status : 'not_needed';
  tx.defer({
    sql: 'update approval_task set status = ?, closedAt = ? where id = ?',
    params: [status, tx.now, returnId],
  });
  ctx.clocks.close(tx, {
    subjectType: SUBJECT,
    subjectId: state.instanceId,
    stepRefs: [returnId],
    outcome: status === 'not_needed' ? 'resubmitted' : status,
  });
}

/** R13: whose earlier word stands hears of it, once, and what was changed. */
function tellPassedOver(tx: Tx, cards: CardContext, { decision }: Happening): void {
  const { state } = decision;
  const people = new Map<string, { person: PersonSnapshot; role: StepState['role'] }>();
  let toTitle = '';
  for (const event of decision.events) {
    if (event.type !== 'stepSkipped' || event.jumpedOver === undefined) continue;
    toTitle = event.jumpedOver.toTitle;
    const role = roleOf(state, event.stepKey);
    for (const person of event.jumpedOver.people) people.set(person.personId, { person, role });
  }
  for (const { person, role } of people.values()) {
    const ref = `${state.instanceId}:${String(state.round)}`;
    const card = passedOverCard(cards, person, toTitle, role);
    queueCard(tx, to(state, 'approvals.passed_over', person, ref), card);
  }
}

/** R29: told once, to those who agreed or carried it out and those who were copied; the applicant knows. */
function tellRevoked(tx: Tx, cards: CardContext, { before, decision }: Happening): void {
  const { state } = decision;
  if (state.status !== 'revoked' || before?.status === 'revoked') return;
  const agreed = state.tasks.filter(saidYes);
  const people = new Map([...agreed, ...state.copies].map(({ person }) => [person.personId, person]));
  people.delete(state.applicant.personId);
  for (const person of people.values())
    queueCard(tx, to(state, 'approvals.revoked', person, state.instanceId), revokedCard(cards));
}

const to = (state: InstanceState, kind: string, { personId }: PersonSnapshot, ref: string) => ({
  kind,
  personId,
  subjectType: SUBJECT,
  subjectId: state.instanceId,
  ref,
});
