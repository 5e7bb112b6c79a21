import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/dates.ts';
import {
  agentAt,
  conflictOf,
  covers,
  type Days,
  daysWithoutAgent,
  isInForce,
  type Scope,
  type Standing,
} from './rules.ts';

const ALL: Scope = { kind: 'all' };
const KINDS = [
  { key: 'leave', group: '人事' },
  { key: 'travel', group: '人事' },
  { key: 'seal', group: '用印' },
];
const kindOf = (key: string) => KINDS.find((kind) => kind.key === key) ?? { key, group: '其他' };
const within = (...groups: string[]): Scope => ({ kind: 'groups', groups });
const only = (...keys: string[]): Scope => ({ kind: 'templates', keys });
const rule = (principalId: string, agentId: string, more: Partial<Standing> = {}): Standing => ({
  principalId,
  agentId,
  fromOn: '2026-11-23',
  untilOn: '2026-11-26',
  scope: ALL,
  ...more,
});

describe('who stands in for whom', () => {
  it('R31 is half-open: from the first day, no more on the last', () => {
    const days = ['2026-11-22', '2026-11-23', '2026-11-25', '2026-11-26'];
    expect(days.map((today) => isInForce(rule('a', 'b'), today))).toEqual([false, true, true, false]);
  });

  it('R31 follows a chain, falls back to the original on a cycle and beyond three steps', () => {
    const chain = [rule('a', 'b'), rule('b', 'c'), rule('c', 'd')];
    expect(agentAt(chain, kindOf('leave'), 'a')).toBe('d');
    expect(agentAt(chain, kindOf('leave'), 'c')).toBe('d');
    expect(agentAt(chain, kindOf('leave'), 'd')).toBeNull();
    expect(agentAt([...chain, rule('d', 'e')], kindOf('leave'), 'a')).toBeNull();
    expect(agentAt([...chain, rule('d', 'a')], kindOf('leave'), 'b')).toBeNull();
    expect(agentAt([rule('a', 'a')], kindOf('leave'), 'a')).toBeNull();
  });

  it('holds for the kinds of request it names', () => {
    const rules = [rule('a', 'b', { scope: only('leave') }), rule('a', 'c', { scope: only('seal') })];
    expect(['leave', 'seal', 'travel'].map((key) => agentAt(rules, kindOf(key), 'a'))).toEqual([
      'b',
      'c',
      null,
    ]);
  });

  it('holds for whatever stands in the groups it names, also what comes into them later', () => {
    const rules = [rule('a', 'b', { scope: within('人事') })];
    const later = { key: 'overtime', group: '人事' };
    expect([...KINDS, later].map((kind) => agentAt(rules, kind, 'a'))).toEqual(['b', 'b', null, 'b']);
  });
});

describe('R31 what is refused on saving', () => {
  const refused = (proposed: Standing, ...others: Standing[]) =>
    conflictOf(proposed, others, KINDS)?.why ?? null;

  it.each([
    ['oneself', rule('a', 'a'), [], 'self'],
    ['a second agent for the same', rule('a', 'b'), [rule('a', 'c')], 'twice'],
    ['the same again', rule('a', 'b'), [rule('a', 'b')], 'twice'],
    ['part of the same', rule('a', 'b', { scope: only('leave') }), [rule('a', 'c')], 'twice'],
    [
      'other requests',
      rule('a', 'b', { scope: only('leave') }),
      [rule('a', 'c', { scope: only('seal') })],
      null,
    ],
    [
      'the days after',
      rule('a', 'b', { fromOn: '2026-11-26', untilOn: '2026-11-27' }),
      [rule('a', 'c')],
      null,
    ],
    [
      'one kind of a group that has an agent',
      rule('a', 'b', { scope: only('travel', 'seal') }),
      [rule('a', 'c', { scope: within('人事') })],
      'twice',
    ],
    [
      'a group that has an agent already',
      rule('a', 'b', { scope: within('用印', '人事') }),
      [rule('a', 'c', { scope: within('人事') })],
      'twice',
    ],
    [
      'a group beside kinds of another',
      rule('a', 'b', { scope: within('人事') }),
      [rule('a', 'c', { scope: only('seal') })],
      null,
    ],
    [
      'back for a kind of the group',
      rule('a', 'b', { scope: within('人事') }),
      [rule('b', 'a', { scope: only('leave') })],
      'cycle',
    ],
    [
      'back for another group',
      rule('a', 'b', { scope: within('人事') }),
      [rule('b', 'a', { scope: within('用印') })],
      null,
    ],
    ['there and back', rule('a', 'b'), [rule('b', 'a')], 'cycle'],
    [
      'back on other days',
      rule('a', 'b'),
      [rule('b', 'a', { fromOn: '2026-11-26', untilOn: '2026-11-30' })],
      null,
    ],
    ['back through a third', rule('a', 'b'), [rule('b', 'c'), rule('c', 'a')], 'cycle'],
    [
      'back for other requests',
      rule('a', 'b', { scope: only('leave') }),
      [rule('b', 'c'), rule('c', 'a', { scope: only('seal') })],
      null,
    ],
    [
      'back through rules of days that do not meet',
      rule('a', 'b'),
      [
        rule('b', 'c', { fromOn: '2026-11-23', untilOn: '2026-11-24' }),
        rule('c', 'a', { fromOn: '2026-11-24', untilOn: '2026-11-26' }),
      ],
      null,
    ],
  ] as const)('%s', (_name, proposed, others, why) => {
    expect(refused(proposed, ...others)).toBe(why);
  });
});

const people = ['a', 'b', 'c', 'd', 'e'];
const templates = ['leave', 'seal', 'travel'];
const standing = fc
  .record({
    principalId: fc.constantFrom(...people),
    agentId: fc.constantFrom(...people),
    from: fc.nat(8),
    days: fc.integer({ min: 1, max: 6 }),
    scope: fc.oneof(
      fc.constant(ALL),
      fc.subarray(templates, { minLength: 1 }).map((keys): Scope => ({ kind: 'templates', keys })),
      fc.subarray(['人事', '用印'], { minLength: 1 }).map((groups): Scope => ({ kind: 'groups', groups })),
    ),
  })
  .map(({ from, days, ...one }): Standing => ({
    ...one,
    fromOn: addDays('2026-11-20', from),
    untilOn: addDays('2026-11-20', from + days),
  }));

describe('whatever is proposed', () => {
  it('R31 rules saved one after the other never lead in a circle, and everybody has one agent at most', () => {
    fc.assert(
      fc.property(fc.array(standing, { maxLength: 14 }), (proposals) => {
        const saved: Standing[] = [];
        for (const one of proposals) if (conflictOf(one, saved, KINDS) === null) saved.push(one);
        for (let day = 0; day < 15; day += 1) {
          const today = addDays('2026-11-20', day);
          const inForce = saved.filter((one) => isInForce(one, today));
          const isPlain = templates.every((key) => people.every((id) => leadsOn(inForce, key, id)));
          expect(isPlain).toBe(true);
        }
      }),
    );
  });

  it('R31 a refusal has a reason: without the proposed rule there is no circle, with it there would be', () => {
    fc.assert(
      fc.property(fc.array(standing, { maxLength: 10 }), standing, (proposals, proposed) => {
        const saved: Standing[] = [];
        for (const one of proposals) if (conflictOf(one, saved, KINDS) === null) saved.push(one);
        if (conflictOf(proposed, saved, KINDS)?.why !== 'cycle') return;
        const together = [...saved, proposed];
        const isCircular = (day: number, key: string): boolean => {
          const inForce = together.filter((one) => isInForce(one, addDays('2026-11-20', day)));
          return circleFrom(inForce, key, proposed.principalId);
        };
        const days = Array.from({ length: 15 }, (_, day) => day);
        expect(days.some((day) => templates.some((key) => isCircular(day, key)))).toBe(true);
      }),
    );
  });
});

/** Follows the rules by hand: no person twice, one agent each. */
function leadsOn(inForce: readonly Standing[], key: string, from: string): boolean {
  const met = new Set([from]);
  for (let id = from; ;) {
    const agents = inForce.filter((one) => one.principalId === id && covers(one.scope, kindOf(key)));
    const next = agents[0]?.agentId;
    if (next === undefined) return true;
    if (agents.length > 1 || met.has(next)) return false;
    met.add(next);
    id = next;
  }
}

function circleFrom(inForce: readonly Standing[], key: string, from: string): boolean {
  const met = new Set<string>();
  for (let id: string | undefined = from; id !== undefined;) {
    if (met.has(id)) return true;
    met.add(id);
    const at: string = id;
    id = inForce.find((one) => one.principalId === at && covers(one.scope, kindOf(key)))?.agentId;
  }
  return false;
}

describe('R38 days of an absence for which somebody could stand in', () => {
  const on = (from: number, until: number): Days => ({
    fromOn: addDays('2026-11-23', from),
    untilOn: addDays('2026-11-23', until),
  });
  it.each([
    ['a leave alone: all of it', on(0, 5), on(0, 5), [], on(0, 5)],
    ['with somebody on one of its days: they thought of it', on(0, 5), on(0, 5), [on(4, 9)], null],
    ['grown, nobody stands in: all of it', on(0, 9), on(5, 9), [], on(0, 9)],
    ['grown behind: what follows the agent’s days', on(0, 12), on(7, 12), [on(0, 5)], on(5, 12)],
    ['grown in front: what comes before them', on(0, 12), on(0, 5), [on(7, 12)], on(0, 7)],
    ['the gap between two agents', on(0, 12), on(5, 7), [on(0, 5), on(7, 12)], on(5, 7)],
    ['grown, and the agent named for longer before', on(0, 12), on(7, 12), [on(0, 12)], null],
  ])('%s', (_, absence, added, own, days) => {
    expect(daysWithoutAgent(absence, added, own)).toEqual(days);
  });

  it('hold the added ones, lie within the absence, and nobody stands in on any of them; one more day would not do', () => {
    const range = (least: number, most: number) =>
      fc
        .tuple(fc.integer({ min: least, max: most - 1 }), fc.integer({ min: 1, max: 6 }))
        .map(([from, length]) => ({ from, until: Math.min(most, from + length) }));
    fc.assert(
      fc.property(range(0, 20), fc.array(range(-5, 25), { maxLength: 5 }), (part, rules) => {
        const [absence, added] = [on(0, 20), on(part.from, part.until)];
        const own = rules
          .map(({ from, until }) => on(from, until))
          .filter((one) => one.fromOn < absence.untilOn && absence.fromOn < one.untilOn);
        const meets = (a: Days, b: Days) => a.fromOn < b.untilOn && b.fromOn < a.untilOn;
        const days = daysWithoutAgent(absence, added, own);
        expect(days === null).toBe(own.some((one) => meets(one, added)));
        if (days === null) return;
        expect(days.fromOn <= added.fromOn && added.untilOn <= days.untilOn).toBe(true);
        expect(absence.fromOn <= days.fromOn && days.untilOn <= absence.untilOn).toBe(true);
        expect(own.some((one) => meets(one, days))).toBe(false);
        for (const wider of [
          { ...days, fromOn: addDays(days.fromOn, -1) },
          { ...days, untilOn: addDays(days.untilOn, 1) },
        ]) {
          const isOutside = wider.fromOn < absence.fromOn || wider.untilOn > absence.untilOn;
          expect(isOutside || own.some((one) => meets(one, wider))).toBe(true);
        }
      }),
    );
  });
});
