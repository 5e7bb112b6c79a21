import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../kernel/dates.ts';
import { AppError } from '../../kernel/errors.ts';
import { assess, type Rule, type Sign } from './assess.ts';
import { Answer, SignKind, SignSource } from './contract.ts';
import { decide, type Check, type Command } from './engine.ts';
import { parseSignSettings } from './settings.ts';
import { dayOf, deviceKindOf, signsOfVisit, type KnownDevice } from './visit-signs.ts';

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const DAY = dayOf(NOW);
const RULE: Rule = {
  windowDays: 30,
  weights: { device: 2, phone: 3, habit: 2 },
  leastKinds: 2,
  leastWeight: 4,
};
const FREE = { hasOpen: false, lookedAt: null };
const sign = (kind: SignKind, daysAgo = 1, source: SignSource = 'signIn'): Sign => ({
  kind,
  source,
  seenAt: DAY - daysAgo * DAY_MS,
});
const anySign = fc.record({
  kind: fc.constantFrom(...SignKind.options),
  source: fc.constantFrom(...SignSource.options),
  seenAt: fc.integer({ min: -10, max: 90 }).map((days) => DAY - days * DAY_MS),
});
const anyRule: fc.Arbitrary<Rule> = fc.record({
  windowDays: fc.integer({ min: 1, max: 180 }),
  weights: fc.record({
    device: fc.integer({ min: 0, max: 100 }),
    phone: fc.integer({ min: 0, max: 100 }),
    habit: fc.integer({ min: 0, max: 100 }),
  }),
  leastKinds: fc.integer({ min: -1, max: 3 }),
  leastWeight: fc.integer({ min: 0, max: 200 }),
});

describe('S2-15d whether signs ask for a check', () => {
  it.each([
    ['a device and a number', [sign('device'), sign('phone')], true],
    ['a device and a habit', [sign('device'), sign('habit')], true],
    ['all three', [sign('device'), sign('phone'), sign('habit')], true],
    ['many devices, one kind', [sign('device', 1), sign('device', 2), sign('device', 3)], false],
    ['one kind from two sources', [sign('phone', 1, 'record'), sign('phone', 1, 'newWeChat')], false],
    ['two kinds, too far apart', [sign('device', 1), sign('phone', 31)], false],
    ['nothing', [], false],
  ])('%s: %#', (_name, signs, asks) => expect(assess(signs, FREE, RULE, NOW) !== null).toBe(asks));

  it('S2-15d never from one kind of sign alone, whatever the file says and however many there are', () => {
    fc.assert(
      fc.property(fc.array(anySign, { maxLength: 40 }), anyRule, (signs, rule) => {
        const found = assess(signs, FREE, rule, NOW);
        if (found !== null) expect(new Set(found.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(2);
        for (const kind of SignKind.options)
          expect(
            assess(
              signs.filter((one) => one.kind === kind),
              FREE,
              rule,
              NOW,
            ),
          ).toBeNull();
      }),
    );
  });

  it('S2-15d one check at a time, and what was looked at asks no second time', () => {
    fc.assert(
      fc.property(fc.array(anySign), anyRule, (signs, rule) => {
        expect(assess(signs, { hasOpen: true, lookedAt: null }, rule, NOW)).toBeNull();
        expect(assess(signs, { hasOpen: false, lookedAt: NOW }, rule, NOW)).toBeNull();
        const found = assess(signs, FREE, rule, NOW) ?? [];
        for (const { seenAt } of found) {
          expect(seenAt).toBeLessThanOrEqual(NOW);
          expect(seenAt).toBeGreaterThanOrEqual(NOW - rule.windowDays * DAY_MS);
        }
      }),
    );
  });

  it('no site sets it to one kind', () => {
    const file = { ...RULE, settleDays: 30, quietDays: 45, answerWorkdays: 3, settleWorkdays: 3 };
    expect(parseSignSettings(file).leastKinds).toBe(2);
    expect(() => parseSignSettings({ ...file, leastKinds: 1 })).toThrow();
  });
});

describe('S2-15d what happens to a check', () => {
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.constantFrom(...Answer.options).map((answer) => ({ kind: 'answer' as const, answer })),
    fc.constant({ kind: 'settle' as const }),
    fc.constantFrom('locked' as const, 'left' as const).map((reason) => ({ kind: 'void' as const, reason })),
  );
  const NEW: Check = { state: 'open', round: 1, endedAt: null, outcome: null };

  it('S2-15d nothing comes out of any course of it but a question to people: no lock, and it ends once', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 8 }), (commands) => {
        let check = NEW;
        for (const one of commands) {
          try {
            const decided = decide(check, one, NOW);
            expect(Object.keys(decided).sort()).toEqual(['asks', 'event', 'next']);
            expect(['unit', 'security', null]).toContain(decided.asks);
            expect(decided.next.state === 'ended').toBe(decided.asks === null);
            expect(check.state).not.toBe('ended');
            check = decided.next;
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
          }
          expect((check.endedAt === null) === (check.state !== 'ended')).toBe(true);
        }
      }),
    );
  });

  it('不清楚 is asked once more, then reported', () => {
    const unclear = { kind: 'answer', answer: 'unclear' } as const;
    const first = decide(NEW, unclear, NOW);
    expect(first).toMatchObject({ next: { state: 'open', round: 2 }, asks: 'unit' });
    expect(decide(first.next, unclear, NOW)).toMatchObject({ next: { state: 'reported' }, asks: 'security' });
  });
});

describe('S2-15d what a sign-in tells', () => {
  const IPHONE =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 wxwork/4.1.20';
  const android = (model: string, version: number) =>
    `Mozilla/5.0 (Linux; Android ${version}; ${model} Build/TP1A.220624.014; wv) AppleWebKit/537.36 wxwork/4.1.22`;

  it.each([
    [IPHONE, 'iphone'],
    [IPHONE.replace('17_4', '18_1').replace('4.1.20', '4.1.30'), 'iphone'],
    [android('V2183A', 13), 'android v2183a'],
    [android('V2183A', 15), 'android v2183a'],
    ['Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36', 'android 23127pn0cc'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 wxwork/4.1.10', 'windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'macintosh'],
    ['node', null],
    ['', null],
  ])('%s is %s', (userAgent, kind) => expect(deviceKindOf(userAgent)).toBe(kind));

  it('is never more than the kind of device, and reading never fails', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        expect((deviceKindOf(text) ?? '').length).toBeLessThanOrEqual(70);
      }),
    );
  });

  const settings = { settleDays: 30, quietDays: 45 };
  const device = (devicePrint: string, first: number, last: number, keyMark = 'k'): KnownDevice => ({
    devicePrint,
    keyMark,
    firstAt: DAY - first * DAY_MS,
    lastAt: DAY - last * DAY_MS,
  });
  const kinds = (known: readonly KnownDevice[], devicePrint: string | null) =>
    signsOfVisit(known, { devicePrint, keyMark: 'k' }, settings, NOW).map(({ kind }) => kind);

  it.each([
    ['the very first', [], 'a', []],
    ['a second device while learning', [device('a', 29, 1)], 'b', []],
    ['a new one after that', [device('a', 30, 1)], 'b', ['device']],
    ['the same one', [device('a', 100, 1)], 'a', []],
    ['the same one after a long quiet', [device('a', 100, 45)], 'a', ['habit']],
    ['not quite so long', [device('a', 100, 44)], 'a', []],
    ['another one after a long quiet', [device('a', 100, 60)], 'b', ['device', 'habit']],
    ['one that does not say what it is', [device('a', 100, 1)], null, []],
    ['another key of prints: all is learnt anew', [device('a', 100, 1, 'old')], 'b', []],
  ])('%s', (_name, known, print, wanted) => expect(kinds(known, print)).toEqual(wanted));
});
