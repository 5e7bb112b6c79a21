/** Properties that hold for every template, every order of commands and every change of the directory. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../kernel/errors.ts';
import type { Command } from '../model/commands.ts';
import type { InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { Needed, Placement, Refusal, Seat, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { hiddenFrom } from '../field-rights.ts';
import { takesPart } from '../people/parties.ts';
import { areBeside, groupsOf, placeOf } from '../template/plan.ts';
import type { Template } from '../template/template.ts';
import { frozen } from '../testing/frozen.ts';
import { templateWith } from '../testing/template.ts';
import { changeWorld, orgOf, WorldChange, WorldData } from '../testing/world.ts';
import { hostOf } from './additions.ts';
import { openConsults } from './consult.ts';
import { decide } from './decide.ts';
import { evolve, replay } from './evolve.ts';
import { fieldVersion, formVersion, rightAt, sawVersion } from './form-edits.ts';
import { waitingKeys } from './tally.ts';
import { SYSTEM } from './timeout.ts';

const DECIDERS = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'] as const;
/** The last two are named by no template: there is always somebody to add. */
const PEOPLE = [...DECIDERS, 'p6', 'p7'] as const;
const APPLICANT = 'p0';
const START = Date.parse('2026-11-23T10:20:00+08:00');

const WORLD = WorldData.parse({
  units: [
    { id: 'school', name: '学校', parent: null, kind: 'institution' },
    { id: 'unit', name: '学院', parent: 'school', kind: 'department' },
  ],
  people: PEOPLE.map((id) => ({ id, name: id })),
  posts: PEOPLE.map((id, n) => ({
    id: `post-${id}`,
    person: id,
    unit: n === 5 ? 'school' : 'unit',
    title: '职员',
    ...(n === 4 || n === 5 ? { head: 1 } : {}),
  })),
});

const MODES = fc.constantFrom<readonly [string, Refusal, Needed?]>(
  ['all', 'FAIL_FAST'],
  ['all', 'COLLECT_ALL'],
  ['any', 'FIRST_ACTION'],
  ['any', 'ANY_YES'],
  ['sequential', 'FAIL_FAST'],
  ['quorum', 'FAIL_FAST', 2],
  ['quorum', 'COLLECT_ALL', 2],
  ['quorum', 'FAIL_FAST', { percent: 60 }],
);

const RULE = fc.oneof(
  fc.constant({ rule: 'unitHead', level: 1 }),
  fc.constant({ rule: 'managerChain', upTo: 2 }),
  fc
    .uniqueArray(fc.constantFrom(...DECIDERS), { minLength: 1, maxLength: 4 })
    .map((personIds) => ({ rule: 'named', personIds })),
);

const RULES = fc.record({
  onReturn: fc.constantFrom('REDO_ALL', 'BACK_TO_RETURNER'),
  dedupe: fc.constantFrom('off', 'oncePerCase', 'consecutive'),
});
/** Some steps depend on the amount, so that a resubmission may change the path. */
const WHEN = fc.option(fc.constant({ field: 'amount', op: '>' as const, value: 3 }), {
  nil: undefined,
  freq: 3,
});

const STEP = fc.record({
  mode: MODES,
  rules: fc.array(RULE, { minLength: 1, maxLength: 2 }),
  when: WHEN,
  requiresComment: fc.boolean(),
  // One step in four is carried out, not approved.
  handled: fc.nat(3).map((n) => n === 0),
  timeout: fc.uniqueArray(
    fc.constantFrom('remind' as const, 'escalate' as const, 'handToSuperior' as const, 'pass' as const),
    { maxLength: 3 },
  ),
  fields: fc.dictionary(
    fc.constantFrom('reason', 'amount'),
    fc.constantFrom('hidden' as const, 'read' as const, 'edit' as const, 'edit' as const),
  ),
});

/** How the steps stand to one another; what needs more of them than there are is a line. */
const SHAPE = fc.record({
  kind: fc.constantFrom('line', 'line', 'parallel', 'first', 'nested'),
  start: fc.nat(1),
  when: WHEN,
});
type Shape = typeof SHAPE extends fc.Arbitrary<infer T> ? T : never;

function arranged(steps: readonly object[], { kind, start, when }: Shape): readonly object[] {
  if (kind === 'line' || steps.length < start + 3) return steps;
  const [one, two, three, ...rest] = steps.slice(start);
  const group = (key: string, mode: string, ...branches: readonly object[]) => ({
    key,
    title: key,
    kind: 'branches',
    mode,
    branches: branches.map((branch, n) => ({ key: `b${String(n)}`, title: `分支${String(n)}`, ...branch })),
  });
  const sometimes = when === undefined ? {} : { when };
  const above = { when: { field: 'amount', op: '>', value: 3 } };
  const inner = group('inner', 'first', { ...above, steps: [two] }, { steps: [] });
  const groups = {
    parallel: group('g', 'all', { steps: [one] }, { ...sometimes, steps: [two, three] }),
    first: group('g', 'first', { ...above, steps: [one, two] }, { steps: [three] }),
    nested: group('g', 'all', { steps: [one, inner] }, { steps: [three] }),
  };
  return [...steps.slice(0, start), groups[kind as keyof typeof groups], ...rest];
}

const TEMPLATE = fc
  .tuple(fc.array(STEP, { minLength: 1, maxLength: 5 }), RULES, SHAPE)
  .map(([steps, rules, shape]) =>
    templateWith({
      fields: [
        { key: 'reason', type: 'text', label: '事由' },
        { key: 'amount', type: 'number', label: '数量' },
      ],
      ...rules,
      steps: arranged(
        steps.map(({ mode, rules: assignees, when, requiresComment, handled, fields, timeout }, n) => ({
          key: `s${String(n)}`,
          kind: 'approve',
          title: '步骤',
          mode: mode[0],
          refusal: mode[1],
          ...(mode[2] === undefined ? {} : { needed: mode[2] }),
          ...(handled ? { role: 'handle' } : {}),
          assignees: assignees.map((by) => ({ label: '审批人', by })),
          requiresComment,
          fields,
          ...(timeout.length === 0
            ? {}
            : { timeout: timeout.map((act, at) => ({ after: { halfDays: at + 1 }, do: act })) }),
          // The first always takes part: a path without people is refused before it begins.
          ...(when === undefined || n < 2 ? {} : { when }),
        })),
        shape,
      ),
    }),
  );

/** 代理: from now on this agent, or none, decides for the person. */
interface Agency {
  readonly kind: 'agency';
  readonly person: string;
  readonly agent: string | null;
}

interface Lock {
  readonly kind: 'lock' | 'unlock';
  readonly person: string;
}
const isLock = (move: Move): move is Lock => move.kind === 'lock' || move.kind === 'unlock';

type Move =
  | {
      readonly kind: 'act';
      readonly verb: 'approve' | 'reject' | 'transfer';
      readonly task: number;
      readonly to: string;
    }
  | { readonly kind: 'other'; readonly verb: 'withdraw' | 'remind' | 'comment' | 'read'; readonly by: string }
  | { readonly kind: 'circulate'; readonly by: string; readonly people: readonly string[] }
  | { readonly kind: 'confirm'; readonly by: string }
  | { readonly kind: 'name'; readonly by: string; readonly people: readonly string[] }
  | { readonly kind: 'sendBack'; readonly task: number; readonly to: number }
  | { readonly kind: 'resubmit'; readonly amount: number }
  | { readonly kind: 'late'; readonly task: number; readonly rung: number }
  | {
      readonly kind: 'edit';
      readonly task: number;
      readonly amount: number;
      /** How many changes of the field the editor has not seen. */
      readonly behind: number;
      readonly decides: boolean;
    }
  | { readonly kind: 'end'; readonly verb: 'terminate' | 'revoke'; readonly by: string }
  | {
      readonly kind: 'add';
      readonly task: number;
      readonly placement: Placement;
      readonly people: readonly string[];
    }
  | { readonly kind: 'remove'; readonly nth: number }
  | { readonly kind: 'consult'; readonly task: number; readonly person: string }
  | { readonly kind: 'answer'; readonly consult: number }
  | { readonly kind: 'assign'; readonly seat: number; readonly person: string }
  | {
      readonly kind: 'replace';
      readonly person: string;
      readonly successor: string | null;
      readonly viaAgents: boolean;
    }
  | { readonly kind: 'handToAgent' | 'handBack'; readonly person: string; readonly agent: string }
  | Agency
  | Lock;

const person = fc.constantFrom<string>(...PEOPLE);
const MOVE: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      verb: fc.constantFrom('approve' as const, 'approve' as const, 'reject' as const, 'transfer' as const),
      task: fc.nat(12),
      to: person,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('other' as const),
      verb: fc.constantFrom('remind' as const, 'comment' as const, 'read' as const, 'withdraw' as const),
      by: person,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('circulate' as const, 'circulate' as const, 'name' as const),
      by: person,
      people: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('confirm' as const), by: person }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('sendBack' as const), task: fc.nat(12), to: fc.nat(5) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('resubmit' as const), amount: fc.nat(6) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('late' as const), task: fc.nat(12), rung: fc.nat(2) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      task: fc.nat(12),
      amount: fc.nat(6),
      behind: fc.constantFrom(0, 0, 0, 1),
      decides: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      verb: fc.constantFrom('terminate' as const, 'revoke' as const, 'revoke' as const),
      by: person,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      task: fc.nat(12),
      placement: fc.constantFrom('before' as const, 'after' as const, 'parallel' as const),
      people: fc.uniqueArray(person, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), nth: fc.nat(9) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('consult' as const), task: fc.nat(12), person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer' as const), consult: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('assign' as const), seat: fc.nat(4), person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      person,
      successor: fc.option(person, { nil: null }),
      viaAgents: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('lock' as const, 'unlock' as const), person }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('agency' as const),
      person,
      agent: fc.option(person, { nil: null, freq: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('handToAgent' as const, 'handBack' as const),
      person,
      agent: person,
    }),
  },
);

type Watch = (life: Life, before: InstanceState, fresh: readonly InstanceEvent[]) => void;

interface Life {
  readonly template: Template;
  state: InstanceState;
  readonly history: InstanceEvent[];
  world: WorldData;
  readonly agents: Map<string, string>;
  now: number;
  ids: number;
}

function live(template: Template, moves: readonly Move[], watch: Watch): Life {
  const life = begin(template);
  for (const move of moves) {
    const before = life.state;
    const known = life.history.length;
    life.now += 3_600_000;
    apply(life, move);
    watch(life, before, life.history.slice(known));
  }
  return life;
}

function begin(template: Template): Life {
  const life = { template, history: [], world: WORLD, agents: new Map<string, string>(), now: START, ids: 0 };
  const by = { personId: APPLICANT, name: APPLICANT };
  const command: Command = {
    type: 'submit',
    by,
    instanceId: 'i',
    number: 'CS-1',
    assignmentId: `post-${APPLICANT}`,
    title: '申请',
    form: {},
    values: { amount: 5 },
    chosen: {},
    forecast: [],
  };
  const { events, state } = decide(null, command, contextOf(life));
  return { ...life, history: [...events], state };
}

const contextOf = (life: Pick<Life, 'now' | 'ids' | 'template' | 'world' | 'agents'>) => ({
  now: life.now,
  newId: () => `x${String((life.ids += 1))}-${String(life.now)}`,
  template: life.template,
  org: orgOf(life.world),
  agentOf: (personId: string) => life.agents.get(personId) ?? null,
});

function apply(life: Life, move: Move): void {
  if (isLock(move)) {
    life.world = changeWorld(life.world, WorldChange.parse({ [move.kind]: [move.person] }));
    return;
  }
  if (move.kind === 'agency') {
    if (move.agent === null || move.agent === move.person) life.agents.delete(move.person);
    else life.agents.set(move.person, move.agent);
    return;
  }
  const command = commandOf(life, move);
  if (command === null) return;
  try {
    // Pure: whatever went in or came out of a decision is never written to.
    const { events, state } = decide(frozen(life.state), frozen(command), contextOf(life));
    life.history.push(...frozen(events));
    life.state = frozen(state);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function commandOf(life: Life, move: Exclude<Move, Lock | Agency>): Command | null {
  const named = (id: string) => ({ personId: id, name: id });
  switch (move.kind) {
    case 'act': {
      const task = life.state.tasks[move.task % Math.max(1, life.state.tasks.length)];
      if (task === undefined) return null;
      const by = named(task.person.personId);
      const { taskId } = task;
      const handled = life.state.steps.find((s) => s.stepId === task.stepId)?.role === 'handle';
      if (handled && move.verb !== 'transfer') {
        const result = move.verb === 'approve' ? 'done' : 'cannot';
        return { type: 'handle', by, taskId, result, comment: '结果' };
      }
      if (move.verb === 'transfer') return { type: 'transfer', by, taskId, toPersonId: move.to };
      return { type: move.verb, by, taskId, comment: '意见' };
    }
    case 'other':
      switch (move.verb) {
        case 'comment':
          return { type: 'comment', by: named(move.by), text: '看过' };
        case 'read':
          return { type: 'markRead', by: named(move.by) };
        case 'remind':
          return { type: 'remind', by: named(move.by) };
        case 'withdraw':
          return { type: 'withdraw', by: named(move.by) };
      }
      return null;
    case 'circulate':
      return { type: 'circulate', by: named(move.by), personIds: move.people };
    case 'confirm':
      return { type: 'confirmRead', by: named(move.by) };
    case 'name':
      return { type: 'comment', by: named(move.by), text: '请看', mentions: move.people };
    case 'sendBack': {
      const task = life.state.tasks[move.task % Math.max(1, life.state.tasks.length)];
      if (task === undefined) return null;
      const toStepKey = move.to === 5 ? null : `s${String(move.to)}`;
      const by = named(task.person.personId);
      return { type: 'sendBack', by, taskId: task.taskId, toStepKey, reason: '请补充' };
    }
    case 'resubmit':
      return {
        type: 'resubmit',
        by: named(APPLICANT),
        title: '申请',
        form: { amount: move.amount },
        values: { amount: move.amount },
        chosen: {},
        forecast: [],
      };
    case 'late': {
      const task = life.state.tasks[move.task % Math.max(1, life.state.tasks.length)];
      if (task === undefined) return null;
      return { type: 'timeOut', by: SYSTEM, taskId: task.taskId, rung: move.rung };
    }
    case 'edit': {
      const task = life.state.tasks[move.task % Math.max(1, life.state.tasks.length)];
      if (task === undefined) return null;
      const version = fieldVersion(life.state, 'amount') - move.behind;
      const edit = {
        edits: [{ key: 'amount', version, value: move.amount }],
        title: '申请',
        values: { amount: move.amount },
      };
      const by = named(task.person.personId);
      const { taskId } = task;
      if (!move.decides) return { type: 'editForm', by, taskId, edit };
      return { type: 'approve', by, taskId, comment: '意见', edit };
    }
    case 'end': {
      const by = named(move.by);
      if (move.verb === 'terminate') return { type: 'terminate', by, reason: '重复' };
      return { type: 'revoke', by, reason: '不去了', released: ['会议室'], kept: [] };
    }
    case 'add':
    case 'remove':
    case 'consult':
    case 'answer':
      return askingCommand(life.state, move);
    case 'assign': {
      const empty = ({ outcome, seats }: StepState) =>
        outcome === null && seats.some((seat) => seat.person === null);
      const stepId = life.state.steps.findLast(empty)?.stepId ?? '';
      return {
        type: 'assignSeats',
        by: named('admin'),
        stepId,
        seats: [{ seat: move.seat, personId: move.person }],
      };
    }
    case 'handToAgent':
    case 'handBack':
      return { type: move.kind, by: named('admin'), personId: move.person, agentId: move.agent };
    case 'replace':
      return {
        type: 'replacePerson',
        by: named('admin'),
        personId: move.person,
        successorId: move.successor,
        viaAgents: move.viaAgents,
      };
  }
}

function askingCommand(
  state: InstanceState,
  move: Extract<Move, { kind: 'add' | 'remove' | 'consult' | 'answer' }>,
): Command | null {
  const named = (id: string) => ({ personId: id, name: id });
  if (move.kind === 'answer') {
    const consults = state.consults ?? [];
    const asked = consults[move.consult % Math.max(1, consults.length)];
    if (asked === undefined) return null;
    const { consultId, person: who } = asked;
    return { type: 'answerConsult', by: named(who.personId), consultId, text: '可以' };
  }
  if (move.kind === 'remove') return removalOf(state, move.nth);
  const task = state.tasks[move.task % Math.max(1, state.tasks.length)];
  if (task === undefined) return null;
  const by = named(task.person.personId);
  const { taskId } = task;
  switch (move.kind) {
    case 'add':
      return {
        type: 'addApprovers',
        by,
        taskId,
        placement: move.placement,
        personIds: move.people,
        comment: '请看',
      };
    case 'consult':
      return { type: 'consult', by, taskId, personIds: [move.person], question: '合适吗' };
  }
}

/** The nth added person, taken back by whoever was the last to hold the seat they were added from. */
function removalOf(state: InstanceState, nth: number): Command | null {
  const added = state.steps.flatMap((step) =>
    step.seats.flatMap(({ seat, addition }) =>
      state.tasks
        .filter((t) => addition !== undefined && t.stepId === step.stepId && t.seat === seat)
        .map((t) => ({ taskId: t.taskId, stepId: step.stepId, host: addition?.bySeat })),
    ),
  );
  const chosen = added[nth % Math.max(1, added.length)];
  const host = state.tasks.findLast((t) => t.stepId === chosen?.stepId && t.seat === chosen.host);
  if (chosen === undefined || host === undefined) return null;
  const by = { personId: host.person.personId, name: host.person.personId };
  return { type: 'removeApprover', by, taskId: chosen.taskId };
}

const SCENARIO = fc.tuple(TEMPLATE, fc.array(MOVE, { maxLength: 30, size: 'max' }));
const RUNS = { numRuns: 400 };
const always = (watch: Watch, end?: (life: Life) => void): void =>
  fc.assert(
    fc.property(SCENARIO, ([template, moves]) => {
      const life = live(template, moves, watch);
      end?.(life);
    }),
    RUNS,
  );

const pending = (state: InstanceState) => state.tasks.filter((t) => t.status === 'pending');
const waiting = (state: InstanceState) => state.tasks.filter((t) => t.status === 'waiting');
/** Counted as a yes; what passed by time is one that nobody said (R46). */
const isYes = (t: TaskState) => t.status === 'approved' || t.status === 'done' || isPassedByTime(t);

const isPassedByTime = (t: TaskState) => t.status === 'timed_out';
const isNo = (t: TaskState) => t.status === 'rejected' || t.status === 'cannot';
const seatOf = (step: StepState, task: TaskState) => step.seats.find((s) => s.seat === task.seat);
const inForce = (seat: Seat | undefined) =>
  seat !== undefined && seat.mergedInto === null && seat.addition?.removed !== true;

describe('the engine, whatever happens', () => {
  it('replays its history to the same state, from every prefix', () => {
    always(
      (life) => expect(replay(life.history)).toEqual(life.state),
      (life) => {
        const half = life.history.slice(0, Math.ceil(life.history.length / 2));
        const rest = life.history.slice(half.length);
        const whole = rest.reduce((state, event) => evolve(frozen(state), event), replay(half));
        expect(whole).toEqual(life.state);
      },
    );
  });

  it('R1 R28: a request has at most one outcome and nothing is decided after it', () => {
    const ends = ['approved', 'rejected', 'withdrawn', 'terminated'];
    always(
      () => undefined,
      ({ history, state }) => {
        const last = history.findIndex((e) => ends.includes(e.type));
        expect(history.filter((e) => ends.includes(e.type)).length).toBe(state.status === 'running' ? 0 : 1);
        if (last < 0) return;
        const after = history.slice(last + 1).map((e) => e.type);
        const told = ['commented', 'readMarked', 'circulated', 'readConfirmed'];
        const late = after.filter((type) => !told.includes(type));
        // What was approved may be revoked, once.
        expect(late).toEqual(state.status === 'revoked' ? ['revoked'] : []);
        if (state.status === 'revoked') expect(history[last]?.type).toBe('approved');
      },
    );
  });

  it('R18: a running request has an open task, a waiting seat or lies with its applicant; a finished one none', () => {
    always(({ state }) => {
      const held = pending(state).length + waitingKeys(state).length + (state.returned ? 1 : 0);
      if (state.status === 'running') expect(held).toBeGreaterThan(0);
      else expect(held + waiting(state).length).toBe(0);
    });
  });

  it('R4: the seats of a step change only by a logged act', () => {
    const seatActs = ['seatFilled', 'seatVacated', 'seatMerged', 'approversAdded', 'approverRemoved'];
    always((life, before, fresh) => {
      if (fresh.some((e) => seatActs.includes(e.type))) return;
      for (const step of before.steps) {
        expect(life.state.steps.find((s) => s.stepId === step.stepId)?.seats).toEqual(step.seats);
      }
    });
  });

  it('R5: 依次 has at most one open task, and nobody gets one before the one before agreed', () => {
    always(({ state }) => {
      for (const step of state.steps.filter((s) => s.mode === 'sequential')) {
        const tasks = state.tasks.filter((t) => t.stepId === step.stepId);
        const own = tasks.filter((t) => seatOf(step, t)?.addition === undefined);
        const open = own.filter((t) => t.status === 'pending' || t.status === 'waiting');
        expect(open.length).toBeLessThanOrEqual(1);
        // Who is open among those added belongs to that turn, or to the one that just agreed.
        const turn = Math.max(...own.map((t) => t.seat), 0);
        for (const task of tasks.filter((t) => t.status === 'pending' && !own.includes(t))) {
          const seat = seatOf(step, task);
          // Whoever added them may have gone since, and the seat be one with a later one: they were asked in its turn.
          const asked = seat && Math.min(hostOf(step, seat), seat.addition?.bySeat ?? Infinity);
          expect(asked ?? Infinity).toBeLessThanOrEqual(turn);
        }
      }
    });
  });

  it('R6: every task is decided at most once, by its holder', () => {
    always(
      () => undefined,
      ({ history, state }) => {
        const decided = history.flatMap((e) =>
          e.type === 'taskDecided' || e.type === 'taskHandled' ? [e] : [],
        );
        expect(new Set(decided.map((e) => e.taskId)).size).toBe(decided.length);
        for (const event of decided) {
          const task = state.tasks.find((t) => t.taskId === event.taskId);
          expect(event.by.personId).toBe(task?.person.personId);
        }
      },
    );
  });

  it('R17 R25: the applicant never holds a task, and nobody holds two at one step', () => {
    always(({ state }) => {
      expect(state.tasks.some((t) => t.person.personId === APPLICANT)).toBe(false);
      const holders = [...pending(state), ...waiting(state)].map((t) => `${t.stepId} ${t.person.personId}`);
      expect(new Set(holders).size).toBe(holders.length);
    });
  });

  it('R30 R32: nobody is stood in for twice at a step or where they sit, nor by the applicant or themselves', () => {
    always(({ state }) => {
      for (const step of state.steps) {
        const open = [...pending(state), ...waiting(state)].filter((t) => t.stepId === step.stepId);
        const concerned = open.flatMap(({ person: { personId }, onBehalfOf }) =>
          onBehalfOf === undefined ? [personId] : [personId, onBehalfOf.personId],
        );
        expect(new Set(concerned).size).toBe(concerned.length);
        expect(concerned).not.toContain(APPLICANT);
      }
    });
  });

  it('R2 R3 R7: every closed step agrees with a plain recount of its own votes', () => {
    always(({ state }) => {
      for (const step of state.steps) {
        if (['withdrawn', 'returned', 'terminated', 'not_needed'].includes(step.outcome ?? '')) continue;
        expect(recount(state, step)).toBe(step.outcome ?? 'open');
      }
    });
  });

  it('R1: FIRST_ACTION steps have exactly one decision when closed', () => {
    always(({ state }) => {
      for (const step of state.steps.filter((s) => s.refusal === 'FIRST_ACTION')) {
        const decided = state.tasks.filter((t) => t.stepId === step.stepId && (isYes(t) || isNo(t)));
        // R8, R9: of those added before or after only a refusal ends it.
        const pool = decided.filter(
          (t) => (seatOf(step, t)?.addition?.placement ?? 'parallel') === 'parallel',
        );
        // R15: whose decision in this round was relied on decided here as well.
        const passed = passedAt(state, step);
        expect(pool.length + passed).toBeLessThanOrEqual(1);
        const ended = pool.length === 1 || decided.some(isNo);
        if (step.outcome === 'approved') expect(pool.filter(isYes).length + passed).toBe(1);
        if (step.outcome === 'rejected') expect(ended && decided.some(isNo)).toBe(true);
      }
    });
  });

  it('R8: a task waits exactly while somebody added before it is undecided, and then nobody can decide it', () => {
    always(({ state }) => {
      for (const step of state.steps.filter((s) => s.outcome === null)) {
        const open = step.seats.filter((seat) => {
          if (seat.addition?.placement !== 'before' || !inForce(seat)) return false;
          const last = state.tasks.findLast((t) => t.stepId === step.stepId && t.seat === seat.seat);
          return last === undefined || !(isYes(last) || isNo(last) || last.status === 'not_needed');
        });
        for (const task of state.tasks.filter((t) => t.stepId === step.stepId)) {
          if (task.status !== 'waiting' && task.status !== 'pending') continue;
          const gated = open.some((seat) => seat.seat !== task.seat && hostOf(step, seat) === task.seat);
          expect(task.status).toBe(gated ? 'waiting' : 'pending');
        }
      }
    });
  });

  it('R9: no step passes while somebody added after is undecided, and no yes is ever erased', () => {
    always((life, before) => {
      for (const step of life.state.steps.filter((s) => s.outcome === 'approved')) {
        for (const seat of step.seats.filter((s) => s.addition?.placement === 'after' && inForce(s))) {
          const last = life.state.tasks.findLast((t) => t.stepId === step.stepId && t.seat === seat.seat);
          expect(last !== undefined && (isYes(last) || isNo(last))).toBe(true);
        }
      }
      for (const task of before.tasks.filter((t) => isYes(t) || isNo(t))) {
        const now = life.state.tasks.find((t) => t.taskId === task.taskId);
        // Who let the time pass may look at it afterwards.
        expect(now).toEqual(isPassedByTime(task) ? { ...task, readAt: now?.readAt } : task);
      }
    });
  });

  it('R11: nobody is added by one who was added, nor before and after from one seat', () => {
    always(({ state }) => {
      for (const step of state.steps) {
        const added = step.seats.filter((seat) => seat.addition !== undefined);
        for (const { addition } of added) {
          expect(step.seats.find((s) => s.seat === addition?.bySeat)?.addition).toBeUndefined();
        }
        const placed = added
          .filter(inForce)
          .map((seat) => [seat.addition?.bySeat, seat.addition?.placement] as const);
        for (const [host, placement] of placed) {
          if (placement !== 'before') continue;
          expect(placed.some(([by, other]) => by === host && other === 'after')).toBe(false);
        }
      }
    });
  });

  it('R30: an opinion moves no task, and is open only while its seat is undecided', () => {
    always((life, before, fresh) => {
      if (fresh.some((e) => e.type === 'consulted' || e.type === 'consultAnswered')) {
        expect(life.state.tasks).toEqual(before.tasks);
        expect(life.state.steps).toEqual(before.steps);
      }
      for (const asked of openConsults(life.state)) {
        const step = life.state.steps.find((s) => s.stepId === asked.stepId);
        expect([step?.outcome, life.state.status]).toEqual([null, 'running']);
      }
    });
  });

  it('R32: whoever stands in for others votes once at a step, and the applicant never', () => {
    always(
      () => undefined,
      ({ history, state }) => {
        const votes = history.flatMap((event) => {
          if (event.type !== 'taskDecided' && event.type !== 'taskHandled') return [];
          const task = state.tasks.find(({ taskId }) => taskId === event.taskId);
          return [{ stepId: event.stepId, by: event.by.personId, whose: task?.onBehalfOf?.personId }];
        });
        const voters = votes.map(({ stepId, by }) => `${stepId} ${by ?? ''}`);
        expect(new Set(voters).size).toBe(voters.length);
        expect(votes.map(({ by }) => by)).not.toContain(APPLICANT);
        // Nor is anybody's seat voted from twice, by themselves and by an agent of theirs.
        const owners = votes.map(({ stepId, by, whose }) => `${stepId} ${whose ?? by ?? ''}`);
        expect(new Set(owners).size).toBe(owners.length);
      },
    );
  });

  it('R29: reading moves no task, nobody is sent it twice, and none reads more than who sent it to them', () => {
    always((life, before, fresh) => {
      const { state, template } = life;
      const readers = (state.circulations ?? []).flatMap((one) =>
        one.readers.map(({ person: who }) => who.personId),
      );
      expect(new Set(readers).size).toBe(readers.length);
      expect(readers).not.toContain(APPLICANT);
      for (const event of fresh) {
        if (event.type === 'circulated') {
          const seen = (personId: string) => hiddenFrom(template, state, { personId, roles: [] });
          expect(takesPart(before, event.by.personId ?? '')).toBe(true);
          for (const { personId } of event.people.filter((who) => !takesPart(before, who.personId)))
            expect(seen(personId)).toEqual(seen(event.by.personId ?? ''));
        }
        if (event.type === 'readConfirmed') expect(readers).toContain(event.by.personId);
        if (event.type === 'commented')
          for (const { personId } of event.mentions ?? []) expect(takesPart(before, personId)).toBe(true);
        if (!['circulated', 'readConfirmed', 'commented'].includes(event.type)) continue;
        expect([state.tasks, state.steps]).toEqual([before.tasks, before.steps]);
      }
    });
  });

  it('办理 is never called an approval, and a decision never 办理', () => {
    always(({ state }) => {
      for (const step of state.steps) {
        const tasks = state.tasks.filter((t) => t.stepId === step.stepId);
        const foreign = step.role === 'handle' ? ['approved', 'rejected'] : ['done', 'cannot'];
        expect(tasks.filter((t) => foreign.includes(t.status))).toEqual([]);
      }
    });
  });

  it('R12: sending back closes what is open, begins the next round, and touches no decision', () => {
    always((life, before, fresh) => {
      const back = fresh.find((event) => event.type === 'sentBack');
      if (back === undefined) return;
      expect(life.state.round).toBe(before.round + 1);
      for (const task of before.tasks) {
        const now = life.state.tasks.find(({ taskId }) => taskId === task.taskId);
        const open = task.status === 'pending' || task.status === 'waiting';
        // What lies in a branch beside the target's stays.
        if (!open || !back.stepIds.includes(task.stepId)) expect(now).toEqual(task);
        else expect(now?.status).toBe(task.taskId === back.taskId ? 'sent_back' : 'returned');
      }
      const stays = before.steps.filter((one) => one.outcome === null && !back.stepIds.includes(one.stepId));
      expect(stays.length === 0 || back.branchId !== undefined).toBe(true);
      if (back.toStepKey === null) expect(pending(life.state)).toEqual([]);
    });
  });

  it('R7 R14: tasks are opened, decided and relied on in the present round only', () => {
    always((life, _before, fresh) => {
      const { tasks, round } = life.state;
      const inBranch = (task: TaskState) =>
        life.state.steps.find(({ stepId }) => stepId === task.stepId)?.branchId !== undefined;
      // A branch beside the one that was sent back goes on in the round it began in.
      expect(pending(life.state).every((task) => task.round === round || inBranch(task))).toBe(true);
      for (const event of fresh) {
        if (event.type !== 'seatPassed') continue;
        const task = tasks.find(({ taskId }) => taskId === event.reliedOn.taskId);
        expect([task?.round, task?.status]).toEqual([round, 'approved']);
      }
    });
  });

  it('R15: a passed seat is none of 会签, needs no comment, and is never asked', () => {
    always(({ state, template }) => {
      for (const { stepId, seat, reliedOn } of state.passed ?? []) {
        const step = state.steps.find((one) => one.stepId === stepId);
        expect(template.dedupe).not.toBe('off');
        expect(['any', 'sequential']).toContain(step?.mode);
        expect([step?.role === 'handle', step?.requiresComment]).toEqual([false, false]);
        expect(step?.seats.find((one) => one.seat === seat)?.person?.personId).toBe(reliedOn.person.personId);
        expect(state.tasks.some((task) => task.stepId === stepId && task.seat === seat)).toBe(false);
      }
    });
  });

  it('R40: a change is made by a holder, of a field their step may change, having seen it as it was', () => {
    always((life, before, fresh) => {
      for (const event of fresh) {
        if (event.type !== 'formEdited') continue;
        const task = before.tasks.find(({ taskId }) => taskId === event.taskId);
        const step = before.steps.find(({ stepId }) => stepId === task?.stepId);
        expect([task?.status, task?.person.personId]).toEqual(['pending', event.by.personId]);
        for (const { key, before: was, after } of event.changes) {
          expect(rightAt(life.template, step?.stepKey ?? '', key)).toBe('edit');
          expect(before.form[key] ?? null).toBe(was);
          expect(life.state.form[key]).toBe(after);
        }
      }
      const edited = fresh.filter(({ type }) => type === 'formEdited' || type === 'resubmitted');
      if (edited.length === 0) expect(life.state.form).toEqual(before.form);
      expect(formVersion(life.state)).toBeGreaterThanOrEqual(formVersion(before));
    });
  });

  it('R15: what is relied on was said of the form as it is', () => {
    always(({ state }, _before, fresh) => {
      for (const event of fresh) {
        if (event.type !== 'seatPassed') continue;
        const task = state.tasks.find(({ taskId }) => taskId === event.reliedOn.taskId);
        expect(task && sawVersion(state, task)).toBe(formVersion(state));
      }
    });
  });

  it('R37 R46: each rung once per task, to an open one, and what passes by itself carries no name', () => {
    always(
      (_life, before, fresh) => {
        for (const event of fresh) {
          if (event.type !== 'timedOut') continue;
          expect(before.tasks.find(({ taskId }) => taskId === event.taskId)?.status).toBe('pending');
          expect([event.by.personId, event.by.name]).toEqual([null, 'SYSTEM']);
          expect(event.people.map(({ personId }) => personId)).not.toContain(APPLICANT);
        }
      },
      ({ history, state }) => {
        const fired = history.flatMap((event) => (event.type === 'timedOut' ? [event] : []));
        const keys = fired.map(({ taskId, rung }) => `${taskId} ${String(rung)}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const task of state.tasks.filter(isPassedByTime)) {
          const step = state.steps.find(({ stepId }) => stepId === task.stepId);
          expect(task.closedBy?.personId).toBeNull();
          expect([step?.role === 'handle', step?.requiresComment]).toEqual([false, false]);
        }
      },
    );
  });

  it('R16: consecutive relies on the decision made last before it', () => {
    always(
      () => undefined,
      ({ history, template }) => {
        if (template.dedupe !== 'consecutive') return;
        history.forEach((event, n) => {
          if (event.type !== 'seatPassed' || groupsOf(template).length > 0) return;
          const last = history
            .slice(0, n)
            .findLast((one) => one.type === 'taskDecided' || one.type === 'taskHandled');
          expect(last?.type === 'taskDecided' && last.taskId).toBe(event.reliedOn.taskId);
        });
      },
    );
  });

  it('R13: nothing is approved without a decision of its last round, and passed over is only what was agreed', () => {
    always(({ state }) => {
      for (const { stepKey, jumpedOver } of state.skipped) {
        if (jumpedOver === undefined) continue;
        expect(state.steps.some((one) => one.stepKey === stepKey && one.outcome === 'approved')).toBe(true);
      }
      if (state.status !== 'approved') return;
      const decided = state.tasks.filter((t) => t.round === state.round && isYes(t));
      expect(decided.length).toBeGreaterThan(0);
    });
  });

  it('R15 R16: nobody is passed on what they decided in a branch beside', () => {
    always(({ state, template }, _before, fresh) => {
      for (const event of fresh) {
        if (event.type !== 'seatPassed') continue;
        const key = (id: string | undefined) =>
          state.steps.find(({ stepId }) => stepId === id)?.stepKey ?? '';
        const here = placeOf(template, key(event.stepId));
        const relied = placeOf(template, event.reliedOn.stepKey);
        const joined = state.groups?.some(({ outcome }) => outcome === 'joined');
        if (here && relied && !joined) expect(areBeside(here, relied)).toBe(false);
      }
    });
  });

  it('every branch that is gone ends before the path goes on, or the request ends', () => {
    always(({ state }) => {
      const { groups = [], steps } = state;
      const within = (id: string) => steps.filter(({ branchId }) => branchId === id);
      for (const group of groups) {
        const open = group.branches.filter(({ endedAt }) => endedAt === null);
        if (group.outcome === null) expect([state.status, open.length > 0]).toEqual(['running', true]);
        if (group.outcome === 'joined') expect(open).toEqual([]);
        for (const { branchId, endedAt } of group.branches) {
          const inner = groups.filter(({ inBranch }) => inBranch === branchId);
          const busy = [...within(branchId), ...inner].filter(({ outcome }) => outcome === null);
          // One thing at a time in each branch, and something in each that has not ended.
          if (group.outcome === null) expect(busy.length).toBe(endedAt === null ? 1 : 0);
          else expect(busy).toEqual([]);
        }
        if (group.mode === 'first') expect(group.branches.length).toBeLessThanOrEqual(1);
      }
      const main = [
        ...steps.filter(({ branchId }) => branchId === undefined),
        ...groups.filter(({ inBranch }) => inBranch === null),
      ];
      const busy = main.filter(({ outcome }) => outcome === null).length;
      expect(busy).toBe(state.status === 'running' && !state.returned ? 1 : 0);
    });
  });

  it('R3: a refusal in one branch ends the request, and nobody is asked in the others', () => {
    always(({ state }) => {
      const unneeded = state.steps.filter(({ outcome }) => outcome === 'not_needed');
      if (unneeded.length === 0) return;
      const refused = state.steps.filter(({ outcome }) => outcome === 'rejected');
      expect([state.status, refused.length]).toEqual(['rejected', 1]);
      for (const step of unneeded) expect(step.branchId).toBeDefined();
    });
  });

  it('R44: every event carries the clock of its decision', () => {
    always(({ history, now }) => {
      expect(history.every((e, n) => e.at <= now && e.at >= (history[n - 1]?.at ?? START))).toBe(true);
    });
  });
});

const passedAt = ({ passed = [] }: InstanceState, { stepId }: StepState): number =>
  passed.filter((one) => one.stepId === stepId).length;

/** Counted another way than the engine does: from the tasks alone. */
function recount(state: InstanceState, step: StepState): 'approved' | 'rejected' | 'open' {
  const all = state.tasks.filter((t) => t.stepId === step.stepId && inForce(seatOf(step, t)));
  const pool = step.mode === 'any' || step.mode === 'quorum';
  const outside = (seat: Seat | undefined) =>
    pool && (seat?.addition?.placement ?? 'parallel') !== 'parallel';
  const tasks = all.filter((t) => !outside(seatOf(step, t)));
  const yes = tasks.filter(isYes).length + passedAt(state, step);
  const no = (step.refusal === 'FIRST_ACTION' ? all : tasks).filter(isNo).length;
  const seats = step.seats.filter((s) => inForce(s) && !outside(s)).length;
  const after = step.seats.filter((s) => inForce(s) && s.addition?.placement === 'after');
  const heard = after.every((s) => all.some((t) => t.seat === s.seat && (isYes(t) || isNo(t))));
  const result = counted(step, { yes, no, seats });
  return result === 'approved' && !heard ? 'open' : result;
}

function counted(
  step: StepState,
  { yes, no, seats }: { readonly yes: number; readonly no: number; readonly seats: number },
): 'approved' | 'rejected' | 'open' {
  if (step.mode === 'quorum') {
    const { needed = seats } = step;
    const wanted = Math.min(
      seats,
      typeof needed === 'number' ? needed : Math.ceil((seats * needed.percent) / 100),
    );
    if (step.refusal === 'COLLECT_ALL' && yes + no < seats) return 'open';
    if (yes >= wanted) return 'approved';
    return seats - no < wanted ? 'rejected' : 'open';
  }
  if (step.refusal === 'ANY_YES') {
    if (yes > 0) return 'approved';
    return no === seats ? 'rejected' : 'open';
  }
  if (step.refusal === 'FIRST_ACTION') {
    if (no > 0) return 'rejected';
    return yes > 0 ? 'approved' : 'open';
  }
  if (no > 0 && (step.refusal === 'FAIL_FAST' || yes + no === seats)) return 'rejected';
  return no === 0 && yes === seats ? 'approved' : 'open';
}
