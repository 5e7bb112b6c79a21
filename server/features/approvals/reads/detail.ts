import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf, MINUTE_MS } from '../../../kernel/dates.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import { describeDue, wordsOfDeadline, wordsOfWorked } from '../../supervision/index.ts';
import type { FileBrief, InstanceAnswer, PathStep, PersonBrief } from '../contract.ts';
import { branchViews } from '../views/branches.ts';
import { addingOf, consultingOf } from '../views/asking.ts';
import { circulatingOf, mentionableBy } from '../views/circulation.ts';
import { bannerOf } from '../views/tasks.ts';
import { holderOf } from '../views/holders.ts';
import { statusWords } from '../views/status.ts';
import { changedSince } from '../engine/form-signatures.ts';
import { remindLeft } from '../engine/remind.ts';
import { returnTargets } from '../engine/send-back.ts';
import { editingOf } from '../views/editing.ts';
import { factsOf, valueWords } from '../views/facts.ts';
import { hiddenFrom, readable, secretKeys, tellsHidden } from '../field-rights.ts';
import type { InstanceState } from '../model/state.ts';
import { waitingSeats } from '../engine/tally.ts';
import { canOf, mayAssign, mayReveal, openTaskOf } from '../policy.ts';
import type { Template } from '../template/template.ts';
import { timelineOf } from '../timeline/timeline.ts';

export interface DetailFacts {
  readonly state: InstanceState;
  readonly template: Template;
  readonly viewer: PersonActor;
  readonly now: number;
  readonly calendar: Calendar;
  readonly files: readonly FileBrief[];
  /** Nearest deadline of the open tasks. */
  readonly due: { readonly dueAt: number | null; readonly provisional: boolean };
  /** The viewer's own deadline is what the banner is about when they hold a task. */
  readonly ahead: readonly PathStep[];
  readonly personName: (personId: string) => string | null;
  readonly personBrief: (personId: string) => PersonBrief | null;
  readonly isActive: (personId: string) => boolean;
}

/** Everything one page shows of a request, computed for this viewer. */
export function detailOf(facts: DetailFacts): InstanceAnswer {
  const { state, template, viewer, now } = facts;
  const mine = openTaskOf(state, viewer.personId);
  const step = state.steps.find((s) => s.stepId === mine?.stepId);
  const { applicant } = state;
  const hidden = hiddenFrom(template, state, viewer);
  const shown = readable(template, hidden);
  const sources = { today: dateOf(now), personName: facts.personName };
  return {
    instanceId: state.instanceId,
    number: state.number,
    templateKey: state.templateKey,
    templateTitle: template.title,
    title: state.title,
    state: { code: state.status, words: statusWords(state) },
    applicant: {
      personId: applicant.personId,
      name: applicant.name,
      unitName: applicant.unitName,
      title: applicant.title,
      staffNo: applicant.staffNo,
    },
    facts: factsOf(shown, state.form, state.values, {
      ...sources,
      changedSince: (signature) => changedSince(shown, state, signature),
      file: (fileId) => facts.files.find((file) => file.fileId === fileId) ?? null,
      mayReveal: mayReveal(state, viewer),
    }),
    holder: holderAnswer(facts),
    timeline: timelineOf(state, {
      now,
      workedWords: (from, until) =>
        wordsOfWorked(facts.calendar.workingMsBetween(from, until).ms, facts.calendar),
      viewerId: viewer.personId,
      ahead: facts.ahead,
      edits: {
        hidden,
        valueWords: (key, value) => valueWords(template, key, value, sources),
        tells: (stepKey) => tellsHidden(template, hidden, stepKey),
      },
    }),
    branches: branchViews(template, state, secretKeys(template, hidden)),
    editing: mine && step ? editingOf(template, state, step.stepKey, facts) : null,
    myTask: mine
      ? {
          taskId: mine.taskId,
          version: mine.round,
          requiresComment: step?.requiresComment ?? false,
          requiresSignature: step?.signature ?? false,
          handles: step?.role === 'handle',
        }
      : null,
    adding: addingOf(state, viewer.personId),
    consulting: consultingOf(state, viewer.personId),
    circulating: circulatingOf(state, viewer.personId),
    mentionable: mentionableBy(state, viewer.personId, (id) =>
      facts.isActive(id) ? facts.personBrief(id) : null,
    ),
    can: canOf(state, viewer, now),
    remindLeft: remindLeft(state),
    quickReasons: [...template.quickReasons],
    emptySeats: mayAssign(state, viewer) ? emptySeats(state) : [],
    returnTargets: mine && step ? targets(template, state, step.stepKey) : [],
    banner: mine ? null : bannerOf(state, viewer.personId),
  };
}

const targets = (
  template: Template,
  state: InstanceState,
  stepKey: string,
): InstanceAnswer['returnTargets'] =>
  returnTargets(template, state, stepKey).map(({ stepKey: key, title, names }) => ({
    stepKey: key,
    title,
    names: [...new Set(names)],
  }));

const emptySeats = (state: InstanceState): InstanceAnswer['emptySeats'] =>
  state.steps.flatMap((step) =>
    waitingSeats(state, step).map(({ seat, label, missing }) => ({
      stepId: step.stepId,
      seat,
      label: label === '' ? step.title : label,
      why: missing ?? '',
    })),
  );

function holderAnswer({ state, now, calendar, due }: DetailFacts): InstanceAnswer['holder'] {
  const holder = holderOf(state);
  if (!holder) return null;
  const described = describeDue(due, now, calendar);
  const deadline = due.dueAt === null ? described.words : wordsOfDeadline(now, due.dueAt, due.provisional);
  return {
    words: holder.words,
    names: [...holder.names],
    since: holder.since,
    elapsedWords: elapsedWords(calendar.workingMsBetween(holder.since, now).ms, calendar),
    due: { ...described, words: deadline },
  };
}

const elapsedWords = (ms: number, calendar: Calendar): string =>
  ms < MINUTE_MS ? '刚到' : `已 ${wordsOfWorked(ms, calendar)}`;
