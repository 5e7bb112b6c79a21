import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../kernel/errors.ts';
import type { Command } from '../model/commands.ts';
import type { InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { StepState } from '../model/steps.ts';
import { Template } from '../template/template.ts';
import { orgOf, WorldData } from '../testing/world.ts';
import { decide } from './decide.ts';
import { fieldVersion, rightAt } from './form-edits.ts';
import { replay } from './evolve.ts';
import { changedUnderSignature } from './signed-anew.ts';

const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
const ORG = orgOf(
  WorldData.parse({
    units: [{ id: 'school', name: '学校', parent: null, kind: 'institution' }],
    people: PEOPLE.map((id) => ({ id, name: id })),
    posts: PEOPLE.map((id) => ({ id: `post-${id}`, person: id, unit: 'school', title: '职员' })),
  }),
);
const KEYS = ['a', 'b'] as const;

interface StepKind {
  readonly signed: boolean;
  readonly rights: readonly string[];
}
const templateOf = (steps: readonly StepKind[]): Template =>
  Template.parse({
    key: 'signed',
    version: 1,
    title: '申请',
    numberPrefix: 'CS',
    icon: 'doc',
    hue: 'blue',
    group: '测试',
    titleWords: '申请',
    fields: KEYS.map((key) => ({ key, type: 'number', label: key })),
    steps: steps.map(({ signed, rights }, n) => ({
      key: `s${String(n)}`,
      title: `s${String(n)}`,
      kind: 'approve',
      mode: 'any',
      refusal: 'FIRST_ACTION',
      assignees: [{ label: 's', by: { rule: 'named', personIds: [PEOPLE[n + 1]] } }],
      ...(signed ? { signature: true } : {}),
      fields: Object.fromEntries(KEYS.map((key, at) => [key, rights[at] ?? 'read'])),
    })),
    onReturn: 'BACK_TO_RETURNER',
  });

const STEPS = fc.array(
  fc.record({
    signed: fc.boolean(),
    rights: fc.array(fc.constantFrom('hidden', 'read', 'edit'), { minLength: 2, maxLength: 2 }),
  }),
  { minLength: 3, maxLength: 5 },
);
const MOVE = fc.record({
  kind: fc.constantFrom('approve', 'approve', 'approve', 'sendBack'),
  /** What is changed along with it, where its holder may; -1: nothing. */
  change: fc.record({ key: fc.constantFrom(...KEYS), value: fc.integer({ min: -1, max: 3 }) }),
  to: fc.nat(5),
});
type Move = typeof MOVE extends fc.Arbitrary<infer T> ? T : never;

class Life {
  state: InstanceState | null = null;
  readonly history: InstanceEvent[] = [];
  private ids = 0;
  // The clock stands still: order alone must be enough.
  private readonly now = Date.parse('2026-11-23T10:20:00+08:00');
  constructor(readonly template: Template) {
    this.act({
      type: 'submit',
      by: { personId: 'p0', name: 'p0' },
      instanceId: 'i',
      number: 'CS-1',
      assignmentId: 'post-p0',
      title: '申请',
      form: { a: 0, b: 0 },
      values: {},
      chosen: {},
      forecast: [],
    });
  }
  act(command: Command): void {
    const newId = () => `id${String((this.ids += 1))}`;
    try {
      const decision = decide(this.state, command, {
        now: this.now,
        newId,
        template: this.template,
        org: ORG,
      });
      this.history.push(...decision.events);
      this.state = decision.state;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  move({ kind, change, to }: Move): void {
    const { state, template } = this;
    if (state?.status !== 'running') return;
    const { key, value } = change;
    if (state.returned) {
      const form = value < 0 ? state.form : { ...state.form, [key]: value };
      const by = { personId: 'p0', name: 'p0' };
      return this.act({ type: 'resubmit', by, title: '申请', form, values: {}, chosen: {}, forecast: [] });
    }
    const task = state.tasks.find(({ status }) => status === 'pending');
    const step = state.steps.find(({ stepId }) => stepId === task?.stepId);
    if (!task || !step) return;
    const by = { personId: task.person.personId, name: task.person.name };
    if (kind === 'sendBack') {
      const toStepKey = to === 5 ? null : `s${String(to)}`;
      return this.act({ type: 'sendBack', by, taskId: task.taskId, toStepKey, reason: '请改' });
    }
    const edits =
      value >= 0 && rightAt(template, step.stepKey, key) === 'edit'
        ? [{ key, version: fieldVersion(state, key), value }]
        : [];
    const hash = `h${String(this.history.length)}`;
    this.act({
      type: 'approve',
      by,
      taskId: task.taskId,
      edit: { edits, title: '申请', values: {} },
      ...(step.signature ? { signature: { fileId: hash, hash, how: 'drawn' } } : {}),
    });
  }
}

/** What the people of a step read of the form. */
const shown = (template: Template, stepKey: string, form: InstanceState['form']) =>
  KEYS.filter((key) => rightAt(template, stepKey, key) !== 'hidden').map((key) => form[key]);

const RUNS = { numRuns: 200 };

describe('a signature is for the form it was given for', () => {
  it('R13 R15: a signed step is passed over only while its people see what they signed', () => {
    fc.assert(
      fc.property(STEPS, fc.array(MOVE, { maxLength: 20 }), (steps, moves) => {
        const life = new Life(templateOf(steps));
        for (const move of moves) life.move(move);
        life.history.forEach((event, n) => {
          if (event.type !== 'stepSkipped' || event.jumpedOver === undefined) return;
          const before = replay(life.history.slice(0, n));
          const step = before.steps.findLast(
            (one) => one.stepKey === event.stepKey && one.outcome === 'approved',
          );
          if (step?.signature !== true) return;
          const given = life.history.findIndex(
            (one) => one.type === 'taskDecided' && one.stepId === step.stepId && one.decision === 'approved',
          );
          const then = replay(life.history.slice(0, given + 1));
          expect(shown(life.template, step.stepKey, before.form)).toEqual(
            shown(life.template, step.stepKey, then.form),
          );
        });
      }),
      RUNS,
    );
  });

  it('R13: while nothing changes signed steps are passed over like all others', () => {
    fc.assert(
      fc.property(STEPS, fc.array(MOVE, { maxLength: 20 }), (steps, moves) => {
        const played = [steps, steps.map((one) => ({ ...one, signed: false }))].map((kinds) => {
          const life = new Life(templateOf(kinds));
          for (const move of moves) life.move({ ...move, change: { ...move.change, value: -1 } });
          return life.state;
        });
        const [signed, plain] = played;
        expect(signed?.skipped.map(({ stepKey }) => stepKey)).toEqual(
          plain?.skipped.map(({ stepKey }) => stepKey),
        );
        expect(signed?.status).toBe(plain?.status);
      }),
      RUNS,
    );
  });
});

describe('what changed under a signature', () => {
  const template = Template.parse({
    ...templateOf([{ signed: true, rights: [] }]),
    fields: [
      { key: 'price', type: 'number', label: '单价' },
      { key: 'note', type: 'text', label: '备注' },
      { key: 'check', type: 'signature', label: '核验签名', signer: 'handler' },
      { key: 'sum', type: 'formula', label: '合计', expression: 'price * 2' },
    ],
    steps: [
      {
        ...templateOf([{ signed: true, rights: [] }]).steps[0],
        fields: { price: 'hidden', note: 'read', sum: 'read' },
      },
    ],
  });
  const step = { stepId: 's', stepKey: 's0', signature: true } as unknown as StepState;
  const task = { stepId: 's', status: 'approved', round: 1 };
  const changedIn = (keys: readonly string[], more: object = {}) =>
    changedUnderSignature(
      template,
      {
        tasks: [{ ...task, ...more }],
        resubmissions: [{ round: 2, changed: keys.map((key) => ({ key, label: key })) }],
      } as unknown as InstanceState,
      step,
    );

  it.each([
    [['note'], {}, ['备注']],
    [['price'], {}, ['合计']],
    [[], {}, []],
    [['check'], {}, []],
    [['note'], { formVersion: 2 }, []],
    [['note'], { status: 'timed_out' }, []],
  ])('%j %j', (keys, more, labels) => expect(changedIn(keys, more)).toEqual(labels));

  it('is nothing where nobody signed', () =>
    expect(
      changedUnderSignature(
        template,
        { tasks: [task] } as unknown as InstanceState,
        {
          ...step,
          signature: undefined,
        } as unknown as StepState,
      ),
    ).toEqual([]));
});
