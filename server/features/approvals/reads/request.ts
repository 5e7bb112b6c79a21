import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import type { PathStep, PersonBrief } from '../contract.ts';
import { stepsAhead } from '../engine/lanes.ts';
import { chosenBefore } from '../form/choice.ts';
import { isActive, snapshot } from '../model/org.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { InstanceState } from '../model/state.ts';
import { mustBeAllowed, openTaskOf } from '../policy.ts';
import { loadInstance } from '../store/requests.ts';
import type { Template } from '../template/template.ts';
import { forecast } from '../views/forecast.ts';
import { detailOf } from './detail.ts';

/**
 * One request as its page shows it to this viewer.
 * @param asParty false: the caller has checked that they answer for its unit
 * @throws notFound `approvals.not_visible`
 */
export async function readDetail(
  ctx: ApprovalsContext,
  reads: Reads,
  viewer: PersonActor,
  instanceId: string,
  asParty = true,
) {
  const row = await loadInstance(reads, instanceId);
  const { state } = row;
  if (asParty) mustBeAllowed(state, viewer, 'see');
  const [template, org, files, due] = await Promise.all([
    ctx.templates.version(reads, row.templateKey, row.templateVersion),
    ctx.orgOf(reads),
    ctx.files.attached(reads, instanceId),
    dueOf(reads, state, viewer.personId),
  ]);
  const answer = detailOf({
    state,
    template,
    viewer,
    now: reads.now,
    calendar: ctx.calendar(),
    files,
    due,
    ahead: state.status === 'running' ? foreseen(ctx, reads, template, state, org) : [],
    personName: (id) => org.person(id)?.name ?? null,
    personBrief: (id) => briefOf(snapshot(org, id)),
    isActive: (id) => isActive(org, id),
  });
  for (const addedTo of ctx.facts.get(state.templateKey) ?? [])
    for (const { isFinal, ...fact } of await addedTo(reads, state)) {
      answer.facts.push(fact);
      if (isFinal === true) answer.can.revoke = false;
    }
  return answer;
}

const briefOf = (found: PersonSnapshot | null): PersonBrief | null =>
  found && { personId: found.personId, name: found.name, unitName: found.unitName, title: found.title };

/** The viewer's own deadline if they hold a task, else the nearest one. */
async function dueOf(reads: Reads, state: InstanceState, personId: string) {
  const mine = openTaskOf(state, personId);
  const [row] = await reads.em.query<{ dueAt: number | null; provisional: number }[]>(
    mine
      ? 'select dueAt, provisional from approval_task where id = ?'
      : `select dueAt, provisional from approval_task where instanceId = ? and status = 'pending' and dueAt is not null
         order by dueAt limit 1`,
    [mine ? mine.taskId : state.instanceId],
  );
  return { dueAt: row?.dueAt ?? null, provisional: Boolean(row?.provisional) };
}

/** Steps that have not opened yet, as the directory would fill them today (R24). */
function foreseen(
  ctx: ApprovalsContext,
  reads: Reads,
  template: Template,
  state: InstanceState,
  org: Awaited<ReturnType<ApprovalsContext['orgOf']>>,
): PathStep[] {
  const { answer } = forecast(
    template,
    {
      personId: state.applicant.personId,
      assignmentId: state.applicant.assignmentId ?? '',
      form: state.form,
      chosen: state.chosen,
    },
    {
      org,
      calendar: ctx.calendar(),
      today: dateOf(reads.now),
      absences: [],
      balances: {},
      // Linked when it was handed in; what became of them since changes no path.
      request: () => ({ templateKey: null, words: '' }),
      choices: chosenBefore(template, state.form, state.values),
    },
  );
  const ahead = stepsAhead(template, state);
  return answer.path.filter((step) => ahead.has(step.stepKey));
}
