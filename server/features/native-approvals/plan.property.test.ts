/** Whatever happens in 企业微信, and whenever we hear of it: who holds is who is pending there (D10). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form, Seat, Step } from './form.ts';
import { askedIn, planTurns, turnsOf, type HeldTurn } from './plan.ts';

const RUNS = 300;
const USERS = ['a', 'b', 'c', 'd'] as const;

type Mutable = { state: Form['state']; appliedAt: number; steps: { -readonly [K in keyof Step]: Step[K] }[] };

const Steps = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind']>('approve', 'approve', 'handle', 'copy'),
    mode: fc.constantFrom<Step['mode']>('any', 'all', 'sequential'),
    users: fc.uniqueArray(fc.constantFrom(...USERS), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);
/** What happens there, and whether we look right after it; the same look may come twice. */
const Happening = fc.record({
  act: fc.constantFrom('agree', 'handOn', 'reject', 'withdraw', 'nothing'),
  nth: fc.nat(3),
  to: fc.constantFrom(...USERS),
  looks: fc.nat(2),
});

const seat = (userid: string): Seat => ({ userid, personId: userid, status: 1, words: '', at: null });

/** The pending seats, said in another way than the rule does: by walking until something is still to be done. */
function pendingThere({ state, steps }: Mutable): string[] {
  if (state !== 'running') return [];
  for (const { kind, mode, status, seats } of steps) {
    if (kind === 'copy' || status !== 1) continue;
    const open = seats.filter((one) => one.status === 1).map(({ userid }) => userid);
    if (open.length > 0) return [...new Set(mode === 'sequential' ? open.slice(0, 1) : open)].sort();
  }
  return [];
}

function happen(form: Mutable, { act, nth, to }: { act: string; nth: number; to: string }, at: number): void {
  const place = form.steps.findIndex(
    ({ kind, status, seats }) => kind !== 'copy' && status === 1 && seats.some((one) => one.status === 1),
  );
  const step = form.steps[place];
  if (step === undefined || form.state !== 'running' || act === 'nothing') return;
  if (act === 'withdraw') return void (form.state = 'withdrawn');
  const open = step.seats.filter((one) => one.status === 1);
  const mine = step.mode === 'sequential' ? open[0] : open[nth % open.length];
  if (mine === undefined) return;
  const done = { agree: 2, handOn: 4, reject: 3 }[act] ?? 2;
  const index = step.seats.indexOf(mine);
  step.seats = step.seats.map((one) => (one === mine ? { ...one, status: done, at } : one));
  if (act === 'handOn')
    step.seats = [...step.seats.slice(0, index + 1), seat(to), ...step.seats.slice(index + 1)];
  else if (act === 'reject') {
    step.status = 3;
    form.state = 'rejected';
  } else if (step.mode === 'any' || !step.seats.some((one) => one.status === 1)) step.status = 2;
  if (form.state === 'running' && !form.steps.some(({ kind, status }) => kind !== 'copy' && status === 1))
    form.state = 'approved';
}

/** Turns as we would note them. */
function follow(held: readonly HeldTurn[], form: Mutable, newId: () => string): HeldTurn[] {
  const { ended, begun } = planTurns(held, turnsOf(form));
  const gone = new Set(ended.map(({ id }) => id));
  return [
    ...held.filter(({ id }) => !gone.has(id)),
    ...begun.map(({ userid, personId, step, since }) => ({ id: newId(), userid, personId, step, since })),
  ];
}

describe('late, repeated and lost news', () => {
  it('holders are the pending seats after each look, and a look again changes nothing', () => {
    fc.assert(
      fc.property(Steps, fc.array(Happening, { maxLength: 12 }), (steps, happenings) => {
        const form: Mutable = {
          state: 'running',
          appliedAt: 1_000,
          steps: steps.map(({ users, ...step }) => ({ ...step, status: 1, seats: users.map(seat) })),
        };
        let count = 0;
        const newId = () => `t${(count += 1)}`;
        let held = follow([], form, newId);
        const ever = new Set<string>();
        happenings.forEach((happening, nth) => {
          for (const { userid } of turnsOf(form)) ever.add(userid);
          happen(form, happening, 1_001 + nth);
          for (let look = 0; look < happening.looks; look += 1) {
            held = follow(held, form, newId);
            expect(held.map(({ userid }) => userid).sort()).toEqual(pendingThere(form));
            expect(planTurns(held, turnsOf(form))).toEqual({ ended: [], begun: [], recognised: [] });
          }
        });
        held = follow(held, form, newId);
        expect(held.map(({ userid }) => userid).sort()).toEqual(pendingThere(form));
        // Whoever's turn it ever was may read it, at whichever moment we look.
        for (const { userid } of turnsOf(form)) ever.add(userid);
        const asked = new Set(askedIn(form).map(({ userid }) => userid));
        expect([...ever].filter((userid) => !asked.has(userid))).toEqual([]);
        // Nobody holds anything before it was handed in, nor before the step was reached.
        const turns = turnsOf(form);
        for (const one of held)
          expect(one.since).toBeGreaterThanOrEqual(
            turns.find(({ step }) => step === one.step)?.stepSince ?? 0,
          );
      }),
      { numRuns: RUNS },
    );
  });

  it('looking after every act and looking once at the end find the same holders', () => {
    fc.assert(
      fc.property(Steps, fc.array(Happening, { maxLength: 12 }), (steps, happenings) => {
        const form: Mutable = {
          state: 'running',
          appliedAt: 1_000,
          steps: steps.map(({ users, ...step }) => ({ ...step, status: 1, seats: users.map(seat) })),
        };
        let count = 0;
        const newId = () => `t${(count += 1)}`;
        let each: HeldTurn[] = [];
        happenings.forEach((happening, nth) => {
          happen(form, happening, 1_001 + nth);
          each = follow(each, form, newId);
        });
        each = follow(each, form, newId);
        const once = follow([], form, newId);
        const names = (turns: readonly HeldTurn[]) =>
          turns.map(({ userid, step }) => `${userid}${step}`).sort();
        expect(names(each)).toEqual(names(once));
      }),
      { numRuns: RUNS },
    );
  });
});
