/** Lives of requests whose path goes in branches, for property tests. */
import fc from 'fast-check';
import { AppError } from '../../../kernel/errors.ts';
import type { Command } from '../model/commands.ts';
import type { InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { Template } from '../template/template.ts';
import { decide } from '../engine/decide.ts';
import { returnTargets } from '../engine/send-back.ts';
import { frozen } from './frozen.ts';
import { templateWith } from './template.ts';
import { orgOf, WorldData } from './world.ts';

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

const group = (key: string, mode: string, branches: readonly object[], more: object = {}): Node => ({
  key,
  title: key,
  kind: 'branches',
  mode,
  ...more,
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

/** R3: shapes where a refusal does not end the request before everybody was heard. */
const HEARS = { refusal: 'COLLECT_ALL' };
const HEARING_SHAPES: Readonly<Record<string, (leaf: Leaves) => Node[]>> = {
  two: (leaf) => [
    ...leaf(),
    group('g', 'all', [{ steps: [...leaf(), ...leaf()] }, { steps: leaf() }], HEARS),
    ...leaf(),
  ],
  three: (leaf) => [
    group('g', 'all', [{ steps: leaf() }, { when: ABOVE, steps: leaf() }, { steps: leaf() }], HEARS),
    ...leaf(),
  ],
  inner: (leaf) => [
    group('g', 'all', [
      { steps: [...leaf(), group('i', 'all', [{ steps: leaf() }, { steps: leaf() }], HEARS), ...leaf()] },
      { steps: leaf() },
    ]),
    ...leaf(),
  ],
  outer: (leaf) => [
    group(
      'g',
      'all',
      [
        { steps: [...leaf(), group('i', 'all', [{ steps: leaf() }, { steps: leaf() }]), ...leaf()] },
        { steps: [group('j', 'first', [{ when: ABOVE, steps: leaf() }, { steps: [] }]), ...leaf()] },
      ],
      HEARS,
    ),
    ...leaf(),
  ],
  both: (leaf) => [
    group(
      'g',
      'all',
      [{ steps: [group('i', 'all', [{ steps: leaf() }, { steps: leaf() }], HEARS)] }, { steps: leaf() }],
      HEARS,
    ),
    ...leaf(),
  ],
};

const templateFrom = (shapes: typeof SHAPES) =>
  fc
    .record({
      shape: fc.constantFrom(...Object.keys(shapes)),
      holders: fc.array(fc.constantFrom(...PEOPLE.slice(1)), { minLength: 3, maxLength: 8 }),
      onReturn: fc.constantFrom('REDO_ALL', 'BACK_TO_RETURNER'),
      dedupe: fc.constantFrom('off', 'off', 'oncePerCase', 'consecutive'),
    })
    .map(({ shape, holders, onReturn, dedupe }) =>
      templateWith({
        fields: [{ key: 'amount', type: 'number', label: '数量' }],
        onReturn,
        dedupe,
        steps: shapes[shape]?.(leavesFrom(holders)),
      }),
    );
export const TEMPLATE = templateFrom(SHAPES);
export const HEARING = templateFrom(HEARING_SHAPES);

/* ---------- lives ---------- */

export type Move =
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
export const REJECT: fc.Arbitrary<Move> = fc.record({ kind: fc.constant('reject' as const), nth: fc.nat(5) });

export interface Life {
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

export function begin(template: Template): Life {
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

export function act(life: Life, command: Command | null): readonly InstanceEvent[] {
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

export const openTasks = ({ tasks }: InstanceState) => tasks.filter(({ status }) => status === 'pending');

export function commandOf({ state, template }: Life, move: Move): Command | null {
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

export const LIFE = fc.tuple(TEMPLATE, fc.array(MOVE, { maxLength: 24, size: 'max' }));
/** The same where groups hear everybody, with refusals among the acts. */
export const HEARD_LIFE = fc.tuple(
  HEARING,
  fc.array(fc.oneof({ weight: 5, arbitrary: MOVE }, { weight: 2, arbitrary: REJECT }), {
    maxLength: 24,
    size: 'max',
  }),
);
export const RUNS = { numRuns: 300 };
