/** Plays the cases of approvals.json: commands in order, then what must be true. */
import { expect } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../server/kernel/errors.ts';
import { addingOf, thresholdChange } from '../../server/features/approvals/views/asking.ts';
import { describeTask } from '../../server/features/approvals/views/tasks.ts';
import { holderOf } from '../../server/features/approvals/views/holders.ts';
import { statusWords } from '../../server/features/approvals/views/status.ts';
import { isOpenConsult } from '../../server/features/approvals/engine/consult.ts';
import { decide } from '../../server/features/approvals/engine/decide.ts';
import { replay } from '../../server/features/approvals/engine/evolve.ts';
import { remindLeft } from '../../server/features/approvals/engine/remind.ts';
import { SYSTEM } from '../../server/features/approvals/engine/timeout.ts';
import { isOpenTask, waitingKeys, waitingSeats } from '../../server/features/approvals/engine/tally.ts';
import type { By } from '../../server/features/approvals/model/people.ts';
import type { Command } from '../../server/features/approvals/model/commands.ts';
import type { ConsultState } from '../../server/features/approvals/model/tasks.ts';
import type { Decision, InstanceEvent } from '../../server/features/approvals/model/events.ts';
import type { InstanceState } from '../../server/features/approvals/model/state.ts';
import type { StepState } from '../../server/features/approvals/model/steps.ts';
import { canOf, maySee } from '../../server/features/approvals/policy.ts';
import { Template } from '../../server/features/approvals/template/template.ts';
import { additionRows, consultRows } from '../../server/features/approvals/timeline/asked.ts';
import { frozen } from '../../server/features/approvals/testing/frozen.ts';
import { templateWith } from '../../server/features/approvals/testing/template.ts';
import {
  changeWorld,
  orgOf,
  WorldChange,
  type WorldData,
} from '../../server/features/approvals/testing/world.ts';
import { checkEdits, EditAct, editOf, EditsThen } from './engine-case-edits.ts';
import { checkReading, readingCommand, ReadingThen } from './engine-case-reading.ts';
import { checkReturns, returnCommand, ReturnsThen } from './engine-case-returns.ts';

const Act = z.strictObject({
  by: z.string().default('admin'),
  post: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  chosen: z.record(z.string(), z.array(z.string())).optional(),
  foretold: z.record(z.string(), z.array(z.string())).optional(),
  comment: z.string().optional(),
  task: z.number().int().min(1).optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
  text: z.string().optional(),
  seats: z.array(z.strictObject({ seat: z.number(), person: z.string() })).optional(),
  person: z.string().optional(),
  successor: z.string().nullable().optional(),
  form: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).optional(),
  released: z.array(z.string()).optional(),
  kept: z.array(z.string()).optional(),
  placement: z.enum(['before', 'after', 'parallel']).optional(),
  people: z.array(z.string()).optional(),
  question: z.string().optional(),
  result: z.enum(['done', 'cannot']).optional(),
  onCard: z.boolean().optional(),
  signature: z.string().optional(),
  rung: z.number().int().min(1).optional(),
  ...EditAct,
});
type Act = z.infer<typeof Act>;

const VERBS = [
  'submit',
  'approve',
  'reject',
  'transfer',
  'withdraw',
  'comment',
  'remind',
  'read',
  'assign',
  'replace',
  'sendBack',
  'resubmit',
  'terminate',
  'revoke',
  'handle',
  'add',
  'remove',
  'consult',
  'answer',
  'edit',
  'late',
  'circulate',
  'confirm',
] as const;

const Step = z
  .strictObject({
    submit: Act.optional(),
    approve: Act.optional(),
    reject: Act.optional(),
    transfer: Act.optional(),
    withdraw: Act.optional(),
    comment: Act.optional(),
    remind: Act.optional(),
    read: Act.optional(),
    assign: Act.optional(),
    replace: Act.optional(),
    sendBack: Act.optional(),
    resubmit: Act.optional(),
    terminate: Act.optional(),
    revoke: Act.optional(),
    handle: Act.optional(),
    add: Act.optional(),
    remove: Act.optional(),
    consult: Act.optional(),
    answer: Act.optional(),
    edit: Act.optional(),
    late: Act.optional(),
    circulate: Act.optional(),
    confirm: Act.optional(),
    directory: WorldChange.optional(),
    clock: z.iso.datetime({ offset: true }).optional(),
  })
  .refine((step) => Object.keys(step).length === 1, 'one command per step');

const Then = z.strictObject({
  outcome: z.enum(['done', 'already']).optional(),
  error: z.string().optional(),
  events: z.array(z.string()).optional(),
  status: z.string().optional(),
  tasks: z.array(z.string()).optional(),
  steps: z.array(z.string()).optional(),
  skipped: z.array(z.string()).optional(),
  waiting: z.array(z.string()).optional(),
  holders: z.array(z.string()).optional(),
  holderWords: z.string().optional(),
  timeouts: z.array(z.string()).optional(),
  copies: z.array(z.string()).optional(),
  words: z.record(z.string(), z.string()).optional(),
  sentence: z.record(z.string(), z.string()).optional(),
  can: z.record(z.string(), z.array(z.string())).optional(),
  sees: z.record(z.string(), z.boolean()).optional(),
  why: z.record(z.string(), z.string()).optional(),
  remindLeft: z.number().optional(),
  reminded: z.array(z.string()).optional(),
  adding: z.record(z.string(), z.array(z.string())).optional(),
  removable: z.record(z.string(), z.array(z.string())).optional(),
  threshold: z
    .strictObject({ before: z.number(), after: z.number(), people: z.number(), moves: z.boolean() })
    .nullable()
    .optional(),
  consults: z.array(z.string()).optional(),
  said: z.array(z.string()).optional(),
  statusWords: z.string().optional(),
  decidedAt: z.iso.datetime({ offset: true }).optional(),
  differs: z
    .strictObject({ foretold: z.array(z.string()), actual: z.array(z.string()) })
    .nullable()
    .optional(),
  groups: z.array(z.string()).optional(),
  signed: z.array(z.string()).optional(),
  ...ReturnsThen,
  ...EditsThen,
  ...ReadingThen,
});
type Then = z.infer<typeof Then>;

export const EngineCases = z.strictObject({
  about: z.string(),
  templates: z.record(
    z.string(),
    z.strictObject({
      steps: z.array(z.unknown()),
      sensitive: z.boolean().optional(),
      onReturn: z.string().optional(),
      dedupe: z.string().optional(),
    }),
  ),
  cases: z.array(
    z.strictObject({
      id: z.string(),
      rules: z.array(z.string()),
      title: z.string(),
      template: z.string(),
      given: z.array(Step).default([]),
      when: Step,
      result: Then,
    }),
  ),
});
export type EngineCases = z.infer<typeof EngineCases>;
type EngineCase = EngineCases['cases'][number];
type CaseTemplate = EngineCases['templates'][string];

interface Game {
  world: WorldData;
  now: number;
  state: InstanceState | null;
  history: InstanceEvent[];
  ids: number;
  readonly template: Template;
}

export function playEngineCase(one: EngineCase, template: CaseTemplate, world: WorldData): void {
  const game: Game = {
    world,
    now: Date.parse('2026-11-23T10:20:00+08:00'),
    state: null,
    history: [],
    ids: 0,
    template: templateOf(template),
  };
  for (const step of one.given) play(game, step);
  const before = game.state;
  const { decision, error } = attempt(() => play(game, one.when));
  expect(error, 'error').toBe(one.result.error ?? null);
  if (error !== null) expect(game.state, 'a refused act changes nothing').toBe(before);
  check(game, one.result, decision);
}

const templateOf = (rules: CaseTemplate): Template =>
  templateWith({
    fields: [
      { key: 'amount', type: 'number', label: '数量', unit: '件', decimals: 2 },
      { key: 'reason', type: 'text', label: '事由' },
      { key: 'proof', type: 'attachment', label: '附件' },
    ],
    ...rules,
  });

function attempt(act: () => Decision | null): { decision: Decision | null; error: string | null } {
  try {
    return { decision: act(), error: null };
  } catch (error) {
    if (error instanceof AppError) return { decision: null, error: error.code };
    throw error;
  }
}

/* ---------- playing ---------- */

function play(game: Game, step: z.infer<typeof Step>): Decision | null {
  if (step.clock !== undefined) {
    game.now = Date.parse(step.clock);
    return null;
  }
  if (step.directory !== undefined) {
    game.world = changeWorld(game.world, step.directory);
    return null;
  }
  const verb = VERBS.find((name) => step[name] !== undefined) ?? 'submit';
  const command = commandOf(game, verb, step[verb] ?? { by: '' });
  const decision = decide(frozen(game.state), frozen(command), {
    now: game.now,
    newId: () => `id${String((game.ids += 1))}`,
    template: game.template,
    org: orgOf(game.world),
  });
  game.history.push(...frozen(decision.events));
  game.state = decision.state;
  mustHold(game);
  return decision;
}

/** True after every command of every case. */
function mustHold(game: Game): void {
  expect(replay(game.history)).toEqual(game.state);
  const { state } = game;
  if (state?.status !== 'running') {
    expect(state?.tasks.filter(isOpenTask)).toEqual([]);
    return;
  }
  const open = state.tasks.filter((t) => t.status === 'pending').length;
  const lies = state.returned ? 1 : 0;
  expect(open + lies + waitingKeys(state).length, 'a holder or a waiting seat').toBeGreaterThan(0);
}

function commandOf(game: Game, verb: (typeof VERBS)[number], act: Act): Command {
  const by: By = { personId: act.by, name: game.world.people.find((p) => p.id === act.by)?.name ?? act.by };
  switch (verb) {
    case 'submit':
      return {
        type: 'submit',
        by,
        instanceId: 'case',
        number: 'CS-2026-1',
        assignmentId: act.post ?? '',
        title: '申请',
        form: act.form ?? {},
        values: act.values ?? {},
        chosen: act.chosen ?? {},
        forecast: Object.entries(act.foretold ?? {}).map(([stepKey, personIds]) => ({ stepKey, personIds })),
      };
    case 'approve':
      return {
        type: 'approve',
        by,
        taskId: taskOf(game, act),
        comment: act.comment,
        edit: editOf(game.state, act),
        onCard: act.onCard,
        ...(act.signature === undefined
          ? {}
          : { signature: { fileId: act.signature, hash: act.signature, how: 'drawn' as const } }),
      };
    case 'late':
      return { type: 'timeOut', by: SYSTEM, taskId: taskOf(game, act), rung: (act.rung ?? 1) - 1 };
    case 'edit': {
      const edit = editOf(game.state, act) ?? { edits: [], title: '', values: {} };
      return { type: 'editForm', by, taskId: taskOf(game, act), edit };
    }
    case 'reject':
      return { type: 'reject', by, taskId: taskOf(game, act), comment: act.comment ?? '' };
    case 'transfer':
      return {
        type: 'transfer',
        by,
        taskId: taskOf(game, act),
        toPersonId: act.to ?? '',
        comment: act.comment,
      };
    case 'withdraw':
      return { type: 'withdraw', by, reason: act.reason };
    case 'comment':
    case 'circulate':
    case 'confirm':
      return readingCommand(verb, act, by);
    case 'remind':
      return { type: 'remind', by };
    case 'read':
      return { type: 'markRead', by };
    case 'assign': {
      const seats = (act.seats ?? []).map((s) => ({ seat: s.seat, personId: s.person }));
      const waits = (one: StepState) =>
        one.outcome === null && one.seats.some(({ person }) => person === null);
      const step = game.state?.steps.findLast(waits) ?? game.state?.steps.at(-1);
      return { type: 'assignSeats', by, stepId: step?.stepId ?? '', seats };
    }
    case 'replace':
      return {
        type: 'replacePerson',
        by,
        personId: act.person ?? '',
        successorId: act.successor ?? null,
        viaAgents: true,
      };
    case 'sendBack':
    case 'resubmit':
    case 'terminate':
    case 'revoke':
      return returnCommand(game.state, verb, act, by, taskOf(game, act));
    default:
      return askingCommand(game, verb, act, by);
  }
}

function askingCommand(
  game: Game,
  verb: 'handle' | 'add' | 'remove' | 'consult' | 'answer',
  act: Act,
  by: By,
): Command {
  const { people = [], comment } = act;
  switch (verb) {
    case 'handle':
      return {
        type: 'handle',
        by,
        taskId: taskOf(game, act),
        result: act.result ?? 'done',
        comment: comment ?? '',
        edit: editOf(game.state, act),
      };
    case 'add': {
      const { placement = 'before' } = act;
      return { type: 'addApprovers', by, taskId: taskOf(game, act), placement, personIds: people, comment };
    }
    case 'remove':
      return { type: 'removeApprover', by, taskId: taskOf(game, act) };
    case 'consult':
      return { type: 'consult', by, taskId: taskOf(game, act), personIds: people, question: act.question ?? '' };
    case 'answer':
      return { type: 'answerConsult', by, consultId: consultOf(game, act), text: act.text ?? '' };
  }
}

/** The last opinion asked of this person; `person` tries somebody else's. */
function consultOf(game: Game, act: Act): string {
  const whose = act.person ?? act.by;
  const asked = game.state?.consults?.findLast((one) => one.person.personId === whose);
  return asked?.consultId ?? 'no-such-consult';
}

/** `person` in `act.person` tries somebody else's task. */
function taskOf(game: Game, act: Act): string {
  const whose = act.person ?? act.by;
  const tasks = game.state?.tasks.filter((t) => t.person.personId === whose) ?? [];
  const task = act.task === undefined ? tasks.at(-1) : tasks[act.task - 1];
  return task?.taskId ?? 'no-such-task';
}

/** "parts open money:ended law:going -office": the branches gone (ended, refused, going), and those that were not. */
const groupsIn = ({ groups = [] }: InstanceState): string[] =>
  groups.map(({ groupKey, outcome, branches, notTaken }) =>
    [
      groupKey,
      outcome ?? 'open',
      ...branches.map((branch) => `${branch.key}:${standOf(branch)}`),
      ...notTaken.map(({ key }) => `-${key}`),
    ].join(' '),
  );

const standOf = ({ endedAt, refused }: { endedAt: number | null; refused?: true }): string =>
  refused ? 'refused' : endedAt === null ? 'going' : 'ended';

/* ---------- checking ---------- */

function check(game: Game, then: Then, decision: Decision | null): void {
  const { state } = game;
  const same = (name: string, actual: unknown, wanted: unknown): void => {
    if (wanted !== undefined) expect(actual, name).toEqual(wanted);
  };
  same('outcome', decision?.outcome, then.outcome);
  same(
    'events',
    decision?.events.map((e) => e.type),
    then.events,
  );
  if (state === null) return;
  same('status', state.status, then.status);
  same('groups', groupsIn(state), then.groups);
  const signed = state.tasks.flatMap(({ person, signature }) =>
    signature === undefined ? [] : [`${person.personId} ${signature.hash}`],
  );
  same('signed', signed, then.signed);
  same(
    'tasks',
    state.tasks.map((t) => `${t.person.personId} ${t.status}`),
    then.tasks,
  );
  same(
    'steps',
    state.steps.map((s) => `${s.stepKey} ${s.outcome ?? 'open'}`),
    then.steps,
  );
  same(
    'skipped',
    state.skipped.map((s) => s.stepKey),
    then.skipped,
  );
  same(
    'waiting',
    state.steps.flatMap((s) => waitingSeats(state, s)).map((s) => s.label),
    then.waiting,
  );
  same('holders', holderOf(state)?.names ?? [], then.holders);
  same('holderWords', holderOf(state)?.sentence, then.holderWords);
  same(
    'copies',
    state.copies.map((c) => c.person.personId),
    then.copies,
  );
  same(
    'timeouts',
    (state.timeouts ?? []).map(({ act, holder, people }) =>
      [act, holder.personId, '→', ...people.map(({ personId }) => personId)].join(' '),
    ),
    then.timeouts,
  );
  same('remindLeft', remindLeft(state), then.remindLeft);
  same('reminded', state.reminders.at(-1)?.personIds, then.reminded);
  const decided = state.tasks.findLast((t) => t.status === 'approved' || t.status === 'rejected');
  same('decidedAt', decided?.closedAt, then.decidedAt === undefined ? undefined : Date.parse(then.decidedAt));
  const opened = game.history.findLast((e) => e.type === 'stepOpened');
  same('differs', opened?.type === 'stepOpened' ? opened.differs : undefined, then.differs);
  same('statusWords', statusWords(state), then.statusWords);
  checkPeople(game, state, then);
  checkReturns(game.template, state, then);
  checkEdits(game.template, state, then);
  checkReading(state, then);
  checkAsking(state, then, decision);
}

/** 加签 and 征求意见. */
function checkAsking(state: InstanceState, then: Then, decision: Decision | null): void {
  for (const [person, ways] of Object.entries(then.adding ?? {})) {
    expect(addingOf(state, person).ways.map(({ placement }) => placement), `${person} may add`).toEqual(ways);
  }
  for (const [person, names] of Object.entries(then.removable ?? {})) {
    expect(addingOf(state, person).removable.map(({ name }) => name), `${person} may remove`).toEqual(names);
  }
  if (then.threshold !== undefined) {
    const added = decision?.events.find((event) => event.type === 'approversAdded');
    const change = added === undefined ? null : thresholdChange(state, added.stepId, added.seats);
    expect(change, 'threshold').toEqual(then.threshold);
  }
  if (then.consults !== undefined) {
    const words = (state.consults ?? []).map((one) => `${one.person.personId} ${consultState(state, one)}`);
    expect(words, 'consults').toEqual(then.consults);
  }
  if (then.said !== undefined) {
    const rows = [...additionRows(state), ...consultRows(state)];
    expect(rows.map((row) => [row.name, row.role, row.stateWords].filter(Boolean).join(' '))).toEqual(then.said);
  }
}

function consultState(state: InstanceState, one: ConsultState): string {
  if (one.answeredAt !== null) return 'answered';
  if (one.droppedAt !== null) return 'dropped';
  return isOpenConsult(state, one) ? 'open' : 'closed';
}

function checkPeople(game: Game, state: InstanceState, then: Then): void {
  for (const [person, words] of Object.entries(then.words ?? {})) {
    expect(describeTask(state, taskOf(game, { by: person }), person).words, `words of ${person}`).toBe(words);
  }
  for (const [person, words] of Object.entries(then.sentence ?? {})) {
    expect(describeTask(state, taskOf(game, { by: person }), person).sentence).toBe(words);
  }
  for (const [person, acts] of Object.entries(then.can ?? {})) {
    const can = canOf(state, { personId: person, roles: ['staff'] }, game.now);
    const allowed = Object.entries(can).flatMap(([verb, yes]) => (yes ? [verb] : []));
    expect(allowed, `can of ${person}`).toEqual(acts);
  }
  for (const [person, sees] of Object.entries(then.sees ?? {})) {
    expect(maySee(state, { personId: person, roles: ['staff'] }), `sees: ${person}`).toBe(sees);
  }
  for (const [person, why] of Object.entries(then.why ?? {})) {
    expect(state.tasks.findLast((t) => t.person.personId === person)?.why).toBe(why);
  }
}
