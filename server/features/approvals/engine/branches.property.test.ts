/** Properties of branches that are gone to their end: sent back from inside, joined, opened again, and finished. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../kernel/errors.ts';
import type { Command, InstanceEvent, InstanceState } from '../model.ts';
import { areBeside, placeOf } from '../plan.ts';
import { Template } from '../template.ts';
import { frozen } from '../testing/frozen.ts';
import { orgOf, WorldData } from '../testing/world.ts';
import { decide } from './decide.ts';
import { replay } from './evolve.ts';
import { stepsAhead } from './lanes.ts';
import { returnTargets } from './send-back.ts';
import { waitingKeys } from './tally.ts';

const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8'];
const APPLICANT = { personId: 'p0', name: 'p0' };
const START = Date.parse('2026-11-23T10:20:00+08:00');
const ORG = orgOf(
  WorldData.parse({
    units: [{ id: 'school', name: '学校', parent: null, kind: 'institution' }],
    people: PEOPLE.map((id) => ({ id, name: id })),
    posts: PEOPLE.map((id) => ({ id: `post-${id}`, person: id, unit: 'school', title: '职员' })),
  }),
);

/* ---------- templates: up to two groups, one in the other or one after the other ---------- */

const ABOVE = { field: 'amount', op: '>' as const, value: 3 };
type Node = object;
type Leaves = () => Node[];

const leavesFrom = (holders: readonly string[]): Leaves => {
  let n = 0;
  return () => {
    const person = holders[n % holders.length] ?? 'p1';
    const key = `s${String((n += 1))}`;
    const by = { rule: 'named', personIds: [person] };
    const how = { kind: 'approve', mode: 'any', refusal: 'FIRST_ACTION', assignees: [{ label: key, by }] };
    return [{ key, title: key, ...how }];
  };
};

const group = (key: string, mode: string, branches: readonly object[]): Node => ({
  key,
  title: key,
  kind: 'branches',
  mode,
  branches: branches.map((branch, n) => ({ key: `b${String(n)}`, title: `分支${String(n)}`, ...branch })),
});

const SHAPES: Readonly<Record<string, (leaf: Leaves) => Node[]>> = {
  two: (leaf) => [
    ...leaf(),
    group('g', 'all', [{ steps: [...leaf(), ...leaf()] }, { steps: leaf() }]),
    ...leaf(),
  ],
  three: (leaf) => [
    group('g', 'all', [{ steps: leaf() }, { when: ABOVE, steps: leaf() }, { steps: [...leaf(), ...leaf()] }]),
    ...leaf(),
  ],
  first: (leaf) => [
    ...leaf(),
    group('g', 'first', [{ when: ABOVE, steps: [...leaf(), ...leaf()] }, { steps: leaf() }]),
    ...leaf(),
  ],
  nested: (leaf) => [
    ...leaf(),
    group('g', 'all', [
      { steps: [...leaf(), group('i', 'all', [{ steps: leaf() }, { steps: leaf() }]), ...leaf()] },
      { steps: leaf() },
    ]),
    ...leaf(),
  ],
  choice: (leaf) => [
    group('g', 'all', [
      { steps: [group('i', 'first', [{ when: ABOVE, steps: leaf() }, { steps: [] }]), ...leaf()] },
      { steps: leaf() },
    ]),
  ],
  twice: (leaf) => [
    group('g', 'all', [{ steps: leaf() }, { steps: leaf() }]),
    group('h', 'all', [{ steps: leaf() }, { steps: leaf() }]),
  ],
};

const TEMPLATE = fc
  .record({
    shape: fc.constantFrom(...Object.keys(SHAPES)),
    holders: fc.array(fc.constantFrom(...PEOPLE.slice(1)), { minLength: 3, maxLength: 8 }),
    onReturn: fc.constantFrom('REDO_ALL', 'BACK_TO_RETURNER'),
    dedupe: fc.constantFrom('off', 'off', 'oncePerCase', 'consecutive'),
  })
  .map(({ shape, holders, onReturn, dedupe }) =>
    Template.parse({
      key: 'any',
      version: 1,
      title: '申请',
      numberPrefix: 'CS',
      icon: 'doc',
      hue: 'blue',
      group: '测试',
      titleWords: '申请',
      fields: [{ key: 'amount', type: 'number', label: '数量' }],
      onReturn,
      dedupe,
      steps: SHAPES[shape]?.(leavesFrom(holders)),
    }),
  );

/* ---------- lives ---------- */

type Move =
  | { readonly kind: 'approve' | 'reject'; readonly nth: number }
  | { readonly kind: 'sendBack'; readonly nth: number; readonly to: number }
  | { readonly kind: 'resubmit'; readonly amount: number }
  | { readonly kind: 'replace'; readonly who: string; readonly to: string };

const MOVE: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('approve' as const), nth: fc.nat(5) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('sendBack' as const), nth: fc.nat(5), to: fc.nat(9) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('resubmit' as const), amount: fc.constantFrom(2, 5, 5) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      who: fc.constantFrom(...PEOPLE),
      to: fc.constantFrom(...PEOPLE),
    }),
  },
);
const REJECT: fc.Arbitrary<Move> = fc.record({ kind: fc.constant('reject' as const), nth: fc.nat(5) });

interface Life {
  readonly template: Template;
  state: InstanceState;
  readonly history: InstanceEvent[];
  now: number;
  ids: number;
}

const contextOf = (life: Pick<Life, 'template' | 'now' | 'ids'>) => ({
  now: life.now,
  newId: () => `x${String((life.ids += 1))}`,
  template: life.template,
  org: ORG,
});

function begin(template: Template): Life {
  const life = { template, now: START, ids: 0 };
  const { state, events } = decide(
    null,
    {
      type: 'submit',
      by: APPLICANT,
      instanceId: 'i',
      number: 'CS-1',
      assignmentId: 'post-p0',
      title: '申请',
      form: { amount: 5 },
      values: { amount: 5 },
      chosen: {},
      forecast: [],
    },
    contextOf(life),
  );
  return { ...life, state, history: [...events] };
}

function act(life: Life, command: Command | null): readonly InstanceEvent[] {
  life.now += 3_600_000;
  if (command === null) return [];
  try {
    const { events, state } = decide(frozen(life.state), frozen(command), contextOf(life));
    life.history.push(...events);
    life.state = state;
    return events;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [];
  }
}

const openTasks = ({ tasks }: InstanceState) => tasks.filter(({ status }) => status === 'pending');

function commandOf({ state, template }: Life, move: Move): Command | null {
  if (move.kind === 'resubmit') {
    const form = { amount: move.amount };
    return { type: 'resubmit', by: APPLICANT, title: '申请', form, values: form, chosen: {}, forecast: [] };
  }
  if (move.kind === 'replace') {
    const by = { personId: 'admin', name: 'admin' };
    return { type: 'replacePerson', by, personId: move.who, successorId: move.to, viaAgents: false };
  }
  const open = openTasks(state);
  const task = open[move.nth % Math.max(1, open.length)];
  if (task === undefined) return null;
  const by = { personId: task.person.personId, name: task.person.name };
  const { taskId } = task;
  if (move.kind !== 'sendBack') return { type: move.kind, by, taskId, comment: '意见' };
  const stepKey = state.steps.find(({ stepId }) => stepId === task.stepId)?.stepKey ?? '';
  const targets = returnTargets(template, state, stepKey);
  return {
    type: 'sendBack',
    by,
    taskId,
    toStepKey: targets[move.to % targets.length]?.stepKey ?? null,
    reason: '请补充',
  };
}

const LIFE = fc.tuple(TEMPLATE, fc.array(MOVE, { maxLength: 24, size: 'max' }));
const RUNS = { numRuns: 300 };

describe('branches, whatever happens in them', () => {
  it('replay, and always have somebody to decide until they end', () => {
    fc.assert(
      fc.property(LIFE, fc.option(REJECT), ([template, moves], last) => {
        const life = begin(template);
        for (const move of last === null ? moves : [...moves, last]) {
          act(life, commandOf(life, move));
          expect(replay(life.history)).toEqual(life.state);
          const held = openTasks(life.state).length + waitingKeys(life.state).length;
          const lies = life.state.returned ? 1 : 0;
          expect(held + lies > 0).toBe(life.state.status === 'running');
        }
      }),
      RUNS,
    );
  });

  it('come to their end when everybody agrees, whatever was sent back before', () => {
    fc.assert(
      fc.property(LIFE, ([template, moves]) => {
        const life = begin(template);
        for (const move of moves) act(life, commandOf(life, move));
        for (let n = 0; n < 60 && life.state.status === 'running'; n += 1) {
          act(
            life,
            commandOf(
              life,
              life.state.returned ? { kind: 'resubmit', amount: 5 } : { kind: 'approve', nth: 0 },
            ),
          );
          if (openTasks(life.state).length === 0 && !life.state.returned) break;
        }
        // A seat nobody could be found for waits for an administrator; nobody moves it here.
        if (waitingKeys(life.state).length > 0) return;
        expect(life.state.status).toBe('approved');
        expect((life.state.groups ?? []).every(({ outcome }) => outcome !== null)).toBe(true);
        expect(stepsAhead(template, life.state).size).toBe(0);
      }),
      RUNS,
    );
  });

  it('R12: only what lies after the target is closed, and a target is never in a branch beside', () => {
    fc.assert(
      fc.property(LIFE, ([template, moves]) => {
        const life = begin(template);
        for (const move of moves) {
          const before = life.state;
          const events = act(life, commandOf(life, move));
          const back = events.find((event) => event.type === 'sentBack');
          if (back === undefined) continue;
          const keyOf = (stepId: string | undefined) =>
            before.steps.find((step) => step.stepId === stepId)?.stepKey ?? '';
          const from = keyOf(before.tasks.find(({ taskId }) => taskId === back.taskId)?.stepId);
          const here = placeOf(template, from);
          const target = back.toStepKey === null ? undefined : placeOf(template, back.toStepKey);
          if (here && target) expect(areBeside(here, target)).toBe(false);
          for (const task of openTasks(before)) {
            const place = placeOf(template, keyOf(task.stepId));
            const closed = back.cancelled.includes(task.taskId) || task.taskId === back.taskId;
            const beside = place && target ? areBeside(place, target) : false;
            expect(closed).toBe(!beside);
          }
          // The target is decided again; asked at once unless its people are found in the queue.
          if (back.toStepKey !== null)
            expect(life.state.steps.some((s) => s.stepKey === back.toStepKey && s.round === back.round)).toBe(
              true,
            );
        }
      }),
      RUNS,
    );
  });

  it('R13: BACK_TO_RETURNER asks nobody again who agreed, but the target and who sent it back', () => {
    const back = TEMPLATE.filter(
      ({ onReturn, dedupe }) => onReturn === 'BACK_TO_RETURNER' && dedupe === 'off',
    );
    fc.assert(
      fc.property(
        back,
        fc.array(fc.nat(5), { maxLength: 6 }),
        fc.nat(5),
        fc.nat(9),
        (template, agree, nth, to) => {
          const life = begin(template);
          for (const one of agree) act(life, commandOf(life, { kind: 'approve', nth: one }));
          const agreed = life.state.steps
            .filter(({ outcome }) => outcome === 'approved')
            .map((s) => s.stepKey);
          const events = act(life, commandOf(life, { kind: 'sendBack', nth, to }));
          const sent = events.find((event) => event.type === 'sentBack');
          if (sent === undefined) return;
          for (let n = 0; n < 30 && life.state.status === 'running'; n += 1)
            act(
              life,
              commandOf(
                life,
                life.state.returned ? { kind: 'resubmit', amount: 5 } : { kind: 'approve', nth: 0 },
              ),
            );
          expect(life.state.status).toBe('approved');
          const again = life.state.steps.filter(({ round }) => round === sent.round).map((s) => s.stepKey);
          expect(again.filter((key) => agreed.includes(key) && key !== sent.toStepKey)).toEqual([]);
        },
      ),
      RUNS,
    );
  });

  it('R3: a refusal ends the request at once, and closes what is open in the other branches', () => {
    fc.assert(
      fc.property(LIFE, REJECT, ([template, moves], last) => {
        const life = begin(template);
        for (const move of moves) act(life, commandOf(life, move));
        const open = openTasks(life.state);
        if (open.length === 0) return;
        act(life, commandOf(life, last));
        expect(life.state.status).toBe('rejected');
        const now = (id: string) => life.state.tasks.find(({ taskId }) => taskId === id)?.status;
        const ended = open.map(({ taskId }) => now(taskId));
        expect(ended.filter((status) => status === 'rejected').length).toBe(1);
        expect(ended.filter((status) => status === 'not_needed').length).toBe(open.length - 1);
      }),
      RUNS,
    );
  });
});
