import { describe, expect, it } from 'vitest';
import type { Form, Seat, Step } from './form.ts';
import { stateOf } from './form.ts';
import { askedIn, endedAt, planTurns, turnsOf, windowsOf, type HeldTurn } from './plan.ts';

const seat = (userid: string, status = 1, at: number | null = null): Seat => ({
  userid,
  personId: `p-${userid}`,
  status,
  words: '',
  at,
});
const step = (mode: Step['mode'], seats: Seat[], more: Partial<Step> = {}): Step => ({
  kind: 'approve',
  mode,
  status: 1,
  seats,
  ...more,
});
const form = (steps: Step[], state: Form['state'] = 'running') => ({ state, appliedAt: 100, steps });
const held = (userid: string, place: number, since: number): HeldTurn => ({
  id: `${userid}${place}`,
  userid,
  personId: `p-${userid}`,
  step: place,
  since,
});
const briefly = (steps: Step[], state?: Form['state']) =>
  turnsOf(form(steps, state)).map(({ userid, step: place, since }) => [userid, place, since]);

describe('whose turn it is', () => {
  it.each<[string, Step[], unknown[]]>([
    [
      'all: every pending seat',
      [step('all', [seat('a', 2, 150), seat('b'), seat('c')])],
      [
        ['b', 0, 100],
        ['c', 0, 100],
      ],
    ],
    [
      'any: every pending seat',
      [step('any', [seat('a'), seat('b')])],
      [
        ['a', 0, 100],
        ['b', 0, 100],
      ],
    ],
    ['one after the other: the first', [step('sequential', [seat('a'), seat('b')])], [['a', 0, 100]]],
    [
      'one after the other: the next, since the one in front',
      [step('sequential', [seat('a', 2, 150), seat('b'), seat('c')])],
      [['b', 0, 150]],
    ],
    [
      'the step behind, since the last decision before it',
      [step('any', [seat('a', 2, 170), seat('x')], { status: 2 }), step('all', [seat('b')])],
      [['b', 1, 170]],
    ],
    [
      'handed on, since then; the seat beside keeps its time',
      [step('all', [seat('a', 4, 160), seat('b'), seat('c')])],
      [
        ['b', 0, 160],
        ['c', 0, 100],
      ],
    ],
    [
      'added to the step while it runs',
      [step('all', [seat('a', 12, 130), seat('b')], { status: 12 })],
      [['b', 0, 130]],
    ],
    [
      'sent back: nobody behind it is asked, whoever it went to is not guessed',
      [
        step('any', [seat('a', 2, 120)], { status: 2 }),
        step('any', [seat('b', 11, 130)], { status: 11 }),
        step('any', [seat('c')]),
      ],
      [],
    ],
    [
      'sent back, and the step before it is open again: that one is asked',
      [step('any', [seat('a')]), step('any', [seat('b', 11, 130)], { status: 11 }), step('any', [seat('c')])],
      [['a', 0, 100]],
    ],
    [
      'sent back once, and agreed to since: the step behind is asked',
      [step('any', [seat('a', 11, 130), seat('a', 2, 150)], { status: 2 }), step('any', [seat('b')])],
      [['b', 1, 150]],
    ],
    [
      'agreed and added somebody: who was added is asked, since then',
      [step('sequential', [seat('a', 13, 130), seat('n')])],
      [['n', 0, 130]],
    ],
    [
      'a copy asks nobody',
      [step('any', [seat('a')], { kind: 'copy' }), step('any', [seat('b')])],
      [['b', 1, 100]],
    ],
    ['a handler is asked as an approver is', [step('all', [seat('a')], { kind: 'handle' })], [['a', 0, 100]]],
    ['who sits twice holds it once', [step('all', [seat('a'), seat('A')])], [['a', 0, 100]]],
    [
      'nobody where all is decided and the form has not closed yet',
      [step('all', [seat('a', 2, 1)], { status: 2 })],
      [],
    ],
  ])('%s', (_, steps, expected) => {
    expect(briefly(steps)).toEqual(expected);
  });

  it.each(['approved', 'rejected', 'withdrawn', 'revoked', 'deleted', 'unreadable'] as const)(
    'nobody’s, when the form is %s',
    (state) => expect(briefly([step('any', [seat('a')])], state)).toEqual([]),
  );

  it('states of the page; one it does not name runs for nobody', () => {
    expect([1, 2, 3, 4, 6, 7, 10, 99].map(stateOf)).toEqual([
      'running',
      'approved',
      'rejected',
      'withdrawn',
      'revoked',
      'deleted',
      'approved',
      'unreadable',
    ]);
  });
});

describe('what changes', () => {
  const wanted = turnsOf(form([step('all', [seat('b'), seat('c')])]));

  it('nothing, when nothing did; userids are one without case', () => {
    expect(planTurns([held('B', 0, 100), held('c', 0, 100)], wanted)).toEqual({
      ended: [],
      begun: [],
      recognised: [],
    });
  });

  it('ends who is done, begins who is new', () => {
    const changes = planTurns([held('a', 0, 100), held('b', 0, 100)], wanted);
    expect([changes.ended.map(({ id }) => id), changes.begun.map(({ userid }) => userid)]).toEqual([
      ['a0'],
      ['c'],
    ]);
  });

  it('a step that came again after it was sent back is a new turn of the same person', () => {
    const again = turnsOf(form([step('any', [seat('a', 2, 300)], { status: 2 }), step('any', [seat('b')])]));
    const changes = planTurns([held('b', 1, 150)], again);
    expect(changes).toMatchObject({ ended: [{ id: 'b1' }], begun: [{ userid: 'b', since: 300 }] });
  });

  it('somebody the directory knows only now goes on, with their own time', () => {
    const stranger = { ...held('b', 0, 100), personId: null };
    expect(planTurns([stranger, held('c', 0, 100)], wanted)).toMatchObject({
      ended: [],
      begun: [],
      recognised: [{ personId: 'p-b' }],
    });
  });
});

it('a form ends with its last act; one that nobody acted on with its hand-in', () => {
  const decided = [
    step('any', [seat('a', 2, 150)], { status: 2 }),
    step('any', [seat('c', 1)], { kind: 'copy' }),
  ];
  expect(endedAt(form(decided, 'approved'))).toBe(150);
  expect(endedAt(form([step('any', [seat('a')])], 'withdrawn'))).toBe(100);
  expect(endedAt(form(decided))).toBeNull();
});

it('windows touch, are as long as they may be, and end with the span', () => {
  expect(windowsOf(0, 70, 30)).toEqual([
    { from: 0, until: 30 },
    { from: 30, until: 60 },
    { from: 60, until: 70 },
  ]);
  expect(windowsOf(0, 60, 30)).toHaveLength(2);
});

describe('who was asked or told (个保法 6: nobody reads a form that never came to them)', () => {
  const asked = (steps: Step[], state?: Form['state']) =>
    askedIn(form(steps, state)).map(({ userid }) => userid);
  const copy = step('any', [seat('c')], { kind: 'copy' });
  it.each<[string, Step[], Form['state'], string[]]>([
    [
      'while it runs: up to the step it is at',
      [step('any', [seat('a'), seat('b')]), copy, step('any', [seat('d')])],
      'running',
      ['a', 'b'],
    ],
    ['a copy in front of it was told', [copy, step('any', [seat('a')])], 'running', ['c', 'a']],
    [
      'one after the other: those whose turn came',
      [step('sequential', [seat('a', 2, 150), seat('b'), seat('c')])],
      'running',
      ['a', 'b'],
    ],
    [
      'handed on: both',
      [step('any', [seat('a', 4, 150), seat('b')]), step('any', [seat('d')])],
      'running',
      ['a', 'b'],
    ],
    [
      'refused: nobody behind it',
      [step('any', [seat('a', 3, 150)], { status: 3 }), copy, step('any', [seat('d')])],
      'rejected',
      ['a'],
    ],
    [
      'withdrawn: up to where it was',
      [step('any', [seat('a')]), step('any', [seat('d')])],
      'withdrawn',
      ['a'],
    ],
    [
      'not shown any more: as far as it had come',
      [step('any', [seat('a')]), step('any', [seat('d')])],
      'unreadable',
      ['a'],
    ],
    ['approved: everybody', [step('any', [seat('a', 2, 150)], { status: 2 }), copy], 'approved', ['a', 'c']],
    [
      'revoked afterwards: everybody',
      [step('any', [seat('a', 2, 150)], { status: 2 }), copy],
      'revoked',
      ['a', 'c'],
    ],
  ])('%s', (_name, steps, state, users) => {
    expect(asked(steps, state)).toEqual(users);
  });
});
