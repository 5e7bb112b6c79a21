/** Properties that hold for every template, every order of commands and every change of the directory. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../kernel/errors.ts';
import type { Command, InstanceEvent, InstanceState, Refusal, StepState } from '../model.ts';
import { Template } from '../template.ts';
import { changeWorld, orgOf, WorldChange, WorldData } from '../testing/world.ts';
import { decide } from './decide.ts';
import { evolve, replay } from './evolve.ts';
import { waitingKeys } from './tally.ts';

const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'] as const;
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
    ...(n >= 4 ? { head: 1 } : {}),
  })),
});

const MODES = fc.constantFrom<readonly [string, Refusal]>(
  ['all', 'FAIL_FAST'],
  ['all', 'COLLECT_ALL'],
  ['any', 'FIRST_ACTION'],
  ['any', 'ANY_YES'],
  ['sequential', 'FAIL_FAST'],
);

const RULE = fc.oneof(
  fc.constant({ rule: 'unitHead', level: 1 }),
  fc.constant({ rule: 'managerChain', upTo: 2 }),
  fc
    .uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 1, maxLength: 4 })
    .map((personIds) => ({ rule: 'named', personIds })),
);

const STEP = fc.record({ mode: MODES, rules: fc.array(RULE, { minLength: 1, maxLength: 2 }) });

const TEMPLATE = fc.array(STEP, { minLength: 1, maxLength: 3 }).map((steps) =>
  Template.parse({
    key: 'any',
    version: 1,
    title: '申请',
    numberPrefix: 'CS',
    icon: 'doc',
    hue: 'blue',
    group: '测试',
    titleWords: '申请',
    fields: [{ key: 'reason', type: 'text', label: '事由' }],
    steps: steps.map(({ mode, rules }, n) => ({
      key: `s${String(n)}`,
      kind: 'approve',
      title: '步骤',
      mode: mode[0],
      refusal: mode[1],
      assignees: rules.map((by) => ({ label: '审批人', by })),
    })),
  }),
);

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
  | { readonly kind: 'assign'; readonly seat: number; readonly person: string }
  | { readonly kind: 'replace'; readonly person: string; readonly successor: string | null }
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
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('assign' as const), seat: fc.nat(4), person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      person,
      successor: fc.option(person, { nil: null }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('lock' as const, 'unlock' as const), person }),
  },
);

type Watch = (life: Life, before: InstanceState, fresh: readonly InstanceEvent[]) => void;

interface Life {
  readonly template: Template;
  state: InstanceState;
  readonly history: InstanceEvent[];
  world: WorldData;
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
  const life = { template, history: [], world: WORLD, now: START, ids: 0 };
  const by = { personId: APPLICANT, name: APPLICANT };
  const command: Command = {
    type: 'submit',
    by,
    instanceId: 'i',
    number: 'CS-1',
    assignmentId: `post-${APPLICANT}`,
    title: '申请',
    form: {},
    values: {},
    chosen: {},
    forecast: [],
  };
  const { events, state } = decide(null, command, contextOf(life));
  return { ...life, history: [...events], state };
}

const contextOf = (life: { now: number; ids: number; template: Template; world: WorldData }) => ({
  now: life.now,
  newId: () => `x${String((life.ids += 1))}-${String(life.now)}`,
  template: life.template,
  org: orgOf(life.world),
});

function apply(life: Life, move: Move): void {
  if (isLock(move)) {
    life.world = changeWorld(life.world, WorldChange.parse({ [move.kind]: [move.person] }));
    return;
  }
  const command = commandOf(life, move);
  if (command === null) return;
  try {
    const { events, state } = decide(life.state, command, contextOf(life));
    life.history.push(...events);
    life.state = state;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function commandOf(life: Life, move: Exclude<Move, Lock>): Command | null {
  const named = (id: string) => ({ personId: id, name: id });
  switch (move.kind) {
    case 'act': {
      const task = life.state.tasks[move.task % Math.max(1, life.state.tasks.length)];
      if (task === undefined) return null;
      const by = named(task.person.personId);
      const { taskId } = task;
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
    case 'assign': {
      const stepId = life.state.steps.at(-1)?.stepId ?? '';
      return {
        type: 'assignSeats',
        by: named('admin'),
        stepId,
        seats: [{ seat: move.seat, personId: move.person }],
      };
    }
    case 'replace':
      return {
        type: 'replacePerson',
        by: named('admin'),
        personId: move.person,
        successorId: move.successor,
      };
  }
}

const SCENARIO = fc.tuple(TEMPLATE, fc.array(MOVE, { maxLength: 30 }));
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

describe('the engine, whatever happens', () => {
  it('replays its history to the same state, from every prefix', () => {
    always(
      (life) => expect(replay(life.history)).toEqual(life.state),
      (life) => {
        const half = life.history.slice(0, Math.ceil(life.history.length / 2));
        const rest = life.history.slice(half.length);
        expect(rest.reduce((state, event) => evolve(state, event), replay(half))).toEqual(life.state);
      },
    );
  });

  it('R1 R28: a request has at most one outcome and nothing is decided after it', () => {
    const ends = ['approved', 'rejected', 'withdrawn'];
    always(
      () => undefined,
      ({ history, state }) => {
        const last = history.findIndex((e) => ends.includes(e.type));
        expect(history.filter((e) => ends.includes(e.type)).length).toBe(state.status === 'running' ? 0 : 1);
        if (last < 0) return;
        const after = history.slice(last + 1).map((e) => e.type);
        expect(after.filter((type) => type !== 'commented' && type !== 'readMarked')).toEqual([]);
      },
    );
  });

  it('R18: a running request has an open task or a waiting seat; a finished one has neither', () => {
    always(({ state }) => {
      const held = pending(state).length + waitingKeys(state).length;
      if (state.status === 'running') expect(held).toBeGreaterThan(0);
      else expect(held).toBe(0);
    });
  });

  it('R4: the seats of a step change only by a logged act', () => {
    const seatActs = ['seatFilled', 'seatVacated', 'seatMerged'];
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
        expect(tasks.filter((t) => t.status === 'pending').length).toBeLessThanOrEqual(1);
      }
    });
  });

  it('R6: every task is decided at most once, by its holder', () => {
    always(
      () => undefined,
      ({ history, state }) => {
        const decided = history.flatMap((e) => (e.type === 'taskDecided' ? [e] : []));
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
      const holders = pending(state).map((t) => `${t.stepId} ${t.person.personId}`);
      expect(new Set(holders).size).toBe(holders.length);
    });
  });

  it('R2 R3 R7: every closed step agrees with a plain recount of its own votes', () => {
    always(({ state }) => {
      for (const step of state.steps) {
        if (step.outcome === 'withdrawn') continue;
        expect(recount(state, step)).toBe(step.outcome ?? 'open');
      }
    });
  });

  it('R1: FIRST_ACTION steps have exactly one decision when closed', () => {
    always(({ state }) => {
      for (const step of state.steps.filter((s) => s.refusal === 'FIRST_ACTION')) {
        const decided = state.tasks.filter(
          (t) => t.stepId === step.stepId && (t.status === 'approved' || t.status === 'rejected'),
        );
        const closed = step.outcome === 'approved' || step.outcome === 'rejected';
        expect(decided.length).toBe(closed ? 1 : 0);
      }
    });
  });

  it('R44: every event carries the clock of its decision', () => {
    always(({ history, now }) => {
      expect(history.every((e, n) => e.at <= now && e.at >= (history[n - 1]?.at ?? START))).toBe(true);
    });
  });
});

/** Counted another way than the engine does: from the tasks alone. */
function recount(state: InstanceState, step: StepState): 'approved' | 'rejected' | 'open' {
  const tasks = state.tasks.filter((t) => t.stepId === step.stepId);
  const yes = tasks.filter((t) => t.status === 'approved').length;
  const no = tasks.filter((t) => t.status === 'rejected').length;
  const seats = step.seats.filter((s) => s.mergedInto === null).length;
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
