import { describe, expect, it } from 'vitest';
import { moveAccount } from './account-state.ts';
import { allowanceUntil, dueDay, lateWorkdays } from './clocks.ts';
import { registerConnectors } from './connectors.ts';
import { LeavingReason, Filled } from './contract.ts';
import { missingOf } from './missing.ts';
import type { SystemSettings } from './model.ts';
import { planItems } from './plan-items.ts';
import { sendersOf } from './senders.ts';
import { parseAccountsSettings } from './settings.ts';
import { at, calendar, filled, forms, settings } from './testing/stage.ts';
import { LEAVING_WORDS } from './words.ts';

const systems: readonly SystemSettings[] = settings.systems;
const ALL_OPEN = { wecom: 'open', oa: 'open', attendance: 'open' } as const;
const plan = (form: Filled, accounts: object = ALL_OPEN) =>
  planItems({ filled: form, accounts: { ...accounts }, systems, lock: null, otherLocks: [] }).items.map(
    ({ systemCode, act, stage }) => `${stage} ${systemCode} ${act}`,
  );

describe('who sends (S3-2)', () => {
  it.each([
    ['S3-2.1 inside a unit: the unit', forms.change(), ['jixie own']],
    [
      'S3-2.2 between units: the receiving one',
      forms.change({ move: 'between', toUnitId: 'jingguan' }),
      ['jingguan receiving'],
    ],
    ['S3-2.6 anything else: the unit', forms.change({ move: 'other' }), ['jixie own']],
    ['S3-2.3 secondment inside: both', forms.secondIn(), ['jidian home', 'jingguan host']],
    [
      'S3-2.4a secondment outside: the home unit, the other side by its letter',
      forms.secondOut(),
      ['jidian home'],
    ],
    [
      'S3-2.4a to a unit of ours that lies outside: both',
      forms.secondOut({ hostUnitId: 'dzb' }),
      ['jidian home', 'dzb host'],
    ],
    ['S3-2.5a suspended: the own unit', forms.lock(), ['jidian own']],
    ['S3-3a leaving: the own unit', forms.cancel(), ['jixie own']],
  ] as const)('%s', (_name, form, expected) => {
    expect(sendersOf(form).map(({ unitId, role }) => `${unitId} ${role}`)).toEqual(expected);
  });
});

describe('what is missing', () => {
  it.each([
    ['S3-1.1 on the establishment: nothing more', forms.open(), []],
    ['S3-1b the missing day is named', forms.open({ reportOn: null }), ['报到日期']],
    [
      'S3-1.2 outside it: which systems, and why',
      forms.open({ category: 'nonEstablished' }),
      ['所需系统', '需要的理由'],
    ],
    [
      'S3-1.3 seconded here: from where, until when',
      forms.open({ category: 'seconded' }),
      ['原单位', '结束日期'],
    ],
    ['S3-1.3 transferred: from where', forms.open({ category: 'transferred' }), ['原单位']],
    ['S3-1.4 other: why', forms.open({ category: 'other' }), ['原因说明']],
    ['S3-2a a change says why and what', forms.change({ reason: '', changes: [] }), ['变更原因', '变更事项']],
    ['S3-2.2 which unit receives', forms.change({ move: 'between' }), ['调入单位']],
    ['S3-2.4a the letter of the other side', forms.secondOut({ hostLetter: null }), ['对方单位的函']],
    [
      'S3-2.4 without a day of return it is a leaving',
      forms.secondOut({ untilOn: null }),
      ['结束日期（没有归期的改报注销）'],
    ],
    ['S3-3.7 other: in words', forms.cancel({ leavingReason: 'other' }), ['原因说明']],
    ['S3-3.1 retired needs no more', forms.cancel(), []],
  ] as const)('%s', (_name, form, expected) => {
    expect(missingOf(form)).toEqual(expected);
  });

  it('S3-3.1 to 3.7 offers exactly seven reasons and stores the chosen one', () => {
    expect(LeavingReason.options).toEqual([
      'retired',
      'resigned',
      'deceased',
      'dismissed',
      'discharged',
      'leftDistrict',
      'other',
    ]);
    expect(Object.keys(LEAVING_WORDS)).toEqual(LeavingReason.options);
    expect(Filled.safeParse({ kind: 'cancel', form: { leavingReason: 'fired' } }).success).toBe(false);
    expect(Filled.parse({ kind: 'cancel', form: { leavingReason: 'deceased' } }).form).toMatchObject({
      leavingReason: 'deceased',
    });
  });
});

describe('what is done where', () => {
  it.each([
    [
      'S3-1.1 newcomer: every default system',
      forms.open(),
      {},
      ['1 wecom open', '1 oa open', '1 attendance open'],
    ],
    ['S3-1.2 only what is asked for', forms.open({ systems: ['oa'] }), {}, ['1 oa open']],
    [
      'C14 after a secondment a new attendance account',
      forms.open({ systems: ['attendance'] }),
      { attendance: 'cancelled' },
      ['1 attendance open'],
    ],
    [
      'S3-2.3 the account gets the concurrent post',
      forms.secondIn(),
      ALL_OPEN,
      ['1 wecom change', '1 oa change', '1 attendance change'],
    ],
    [
      'S3-2.4a C14 OA and 企业微信 locked, attendance cancelled',
      forms.secondOut(),
      ALL_OPEN,
      ['1 wecom lock', '1 oa lock', '1 attendance cancel'],
    ],
    ['S3-2.5a OA and 企业微信 locked', forms.lock(), ALL_OPEN, ['1 wecom lock', '1 oa lock']],
    [
      'S3-3b S2-16 all disabled first, deleted last',
      forms.cancel(),
      { ...ALL_OPEN, oa: 'locked' },
      [
        '1 wecom disable',
        '1 oa disable',
        '1 attendance disable',
        '2 wecom cancel',
        '2 oa cancel',
        '2 attendance cancel',
      ],
    ],
  ] as const)('%s', (_name, form, accounts, expected) => {
    expect(plan(form, accounts)).toEqual(expected);
  });

  it('S2-14a refuses a second account', () => {
    for (const state of ['opening', 'open', 'locked', 'cancelling'] as const) {
      expect(() => plan(forms.open(), { wecom: state })).toThrow('accounts.already_has');
      expect(() => moveAccount(state, 'open', 'start')).toThrow('accounts.already_has');
    }
  });

  it('refuses what has no account to act on, and systems nobody registered', () => {
    expect(() => plan(forms.cancel(), {})).toThrow('accounts.nothing_to_do');
    expect(() => plan(forms.open({ systems: ['fax'] }), {})).toThrow('accounts.unknown_system');
  });
});

describe('clocks', () => {
  it.each([
    ['S3-1a the day itself', '2026-11-23', 0, '2026-11-23'],
    ['S3-1a reported on a Sunday: the next working day', '2026-11-22', 0, '2026-11-23'],
    ['S3-1a on a make-up Saturday: that day (G1)', '2026-02-14', 0, '2026-02-14'],
    ['S3-2a three working days (G2)', '2026-11-20', 3, '2026-11-25'],
    ['S3-3a over Spring Festival (G3)', '2026-02-12', 3, '2026-02-24'],
  ] as const)('%s', (_name, event, workdays, due) => {
    expect(dueDay(event, workdays, calendar)).toEqual({ on: due, provisional: false });
  });

  it.each([
    ['in time', '2026-11-25', 0],
    ['one working day late', '2026-11-26', 1],
    ['over a weekend', '2026-11-30', 3],
    ['on the Saturday after a Friday', '2026-11-28', 2],
  ] as const)('S3-5 late: %s', (_name, on, late) => {
    expect(lateWorkdays({ on: '2026-11-25', provisional: false }, on, calendar)).toBe(late);
  });

  it('S3-5 late on a day off counts one although no working day has passed; nobody is late by a provisional date (G4)', () => {
    expect(lateWorkdays({ on: '2026-11-27', provisional: false }, '2026-11-28', calendar)).toBe(1);
    expect(lateWorkdays({ on: '2026-11-27', provisional: true }, '2026-12-10', calendar)).toBe(0);
  });

  it.each([
    ['past event', '2026-11-20', 3, { openedAt: at('2026-11-20 00:00'), workdays: 3 }],
    ['same day', '2026-11-23', 0, { openedAt: at('2026-11-22 00:00'), workdays: 1 }],
    ['announced for next Monday', '2026-11-30', 0, { openedAt: at('2026-11-23 10:00'), workdays: 5 }],
    ['announced, three days after it', '2026-11-30', 3, { openedAt: at('2026-11-23 10:00'), workdays: 8 }],
  ] as const)('the allowance ends at 24:00 of the due day: %s', (_name, event, workdays, expected) => {
    const { openedAt, budget } = allowanceUntil(event, workdays, at('2026-11-23 10:00'), calendar);
    expect({ openedAt, workdays: budget.workdays }).toEqual(expected);
    const due = dueDay(event, workdays, calendar);
    const opened = new Date(openedAt + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(calendar.workdaysAfter(opened, budget.workdays).on).toBe(due.on);
  });
});

describe('S3-6 another system by configuration', () => {
  const raw = () => structuredClone(settings);
  it('takes part in opening, locking and cancelling without code', () => {
    const more = raw();
    more.systems.push({
      code: 'mail',
      name: '邮箱',
      grade: 'file',
      byDefault: true,
      onLock: 'lock',
      onSecondOut: 'lock',
      inspected: false,
    });
    const parsed = parseAccountsSettings(more);
    const acts = (form: Filled, accounts: object) =>
      planItems({
        filled: form,
        accounts: { ...accounts },
        systems: parsed.systems,
        lock: null,
        otherLocks: [],
      })
        .items.filter(({ systemCode }) => systemCode === 'mail')
        .map(({ act }) => act);
    expect(acts(forms.open(), {})).toEqual(['open']);
    expect(acts(forms.lock(), { mail: 'open' })).toEqual(['lock']);
    expect(acts(forms.cancel(), { mail: 'open' })).toEqual(['disable', 'cancel']);
  });

  it('a file that contradicts itself stops the start, an api system without a hand too', () => {
    const twice = raw();
    twice.systems.push(...twice.systems.slice(0, 1));
    expect(() => parseAccountsSettings(twice)).toThrow('a system is named twice');
    const blind = raw();
    blind.inspection.requiredSources = {};
    expect(() => parseAccountsSettings(blind)).toThrow('no sources for wecom');
    expect(() => registerConnectors(settings, [])).toThrow('no connector for wecom');
  });
});

it('a form that is not the kind’s is refused, a draft may lack everything', () => {
  expect(Filled.safeParse(filled('lock', { leftOn: '2026-11-20' })).success).toBe(false);
  for (const kind of ['open', 'change', 'attach', 'unlock', 'cancel'] as const)
    expect(Filled.safeParse({ kind, form: {} }).success).toBe(true);
});
