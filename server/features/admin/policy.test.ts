import { describe, expect, it } from 'vitest';
import type { PersonActor, Role } from '../../kernel/actor.ts';
import { systemActor } from '../../kernel/actor.ts';
import {
  type ForgetFacts,
  mayOpenPersonal,
  mustAudit,
  whyNotConfirm,
  whyNotForget,
  whyNotPropose,
} from './policy.ts';

const as = (...roles: Role[]): PersonActor => ({
  kind: 'person',
  personId: 'me',
  name: '甲',
  roles,
  via: 'console',
});
const NOW = Date.parse('2026-11-23T10:20:00+08:00');
const facts: ForgetFacts = {
  personId: 'p1',
  status: 'left',
  statusOn: '2023-11-23',
  accounts: ['cancelled', 'none'],
  keepDays: 1096,
};
const security = as('staff', 'securityAdmin');
const code = (part: Partial<ForgetFacts>, actor = security) =>
  whyNotForget(actor, { ...facts, ...part }, NOW)?.code ?? 'yes';

describe('H9 who may be forgotten', () => {
  it.each<[string, Partial<ForgetFacts>]>([
    ['yes', {}],
    ['yes', { status: 'retired', accounts: [] }],
    ['audit.unknown_person', { status: null }],
    ['audit.still_here', { status: 'working' }],
    ['audit.still_here', { status: 'suspended' }],
    ['audit.still_here', { status: 'secondedOut' }],
    ['audit.accounts_open', { accounts: ['cancelled', 'locked'] }],
    ['audit.accounts_open', { accounts: ['open'] }],
    ['audit.accounts_open', { accounts: ['cancelling'] }],
    // Half-open: the day the period ends is the first day it may be done.
    ['audit.still_kept', { statusOn: '2023-11-24' }],
    ['yes', { statusOn: '2023-11-22' }],
    ['audit.still_kept', { statusOn: null }],
    ['audit.own_key', { personId: 'me' }],
  ])('H9 %s: %j', (wanted, part) => {
    expect(code(part)).toBe(wanted);
  });

  it.each<[string, ReturnType<typeof as>]>([
    ['yes', as('securityAdmin')],
    ['audit.may_not_forget', as('staff')],
    ['audit.may_not_forget', as('auditAdmin')],
    ['audit.may_not_forget', as('systemAdmin')],
    ['audit.may_not_forget', as('hrMaintainer')],
    ['audit.may_not_forget', as('superAdmin', 'creator')],
  ])('H4 H9 %s for %j', (wanted, actor) => {
    expect(code({}, actor)).toBe(wanted);
  });

  it('H9 is not done by a mechanism', () => {
    expect(whyNotForget(systemActor('job'), facts, NOW)?.code).toBe('audit.may_not_forget');
  });

  const HOUR = 3_600_000;
  const proposal = (hoursAgo: number, proposedBy = 'other') => ({
    proposedAt: NOW - hoursAgo * HOUR,
    proposedBy,
  });
  it.each<[string, ReturnType<typeof proposal> | null, string]>([
    ['yes', proposal(0), '销毁密钥'],
    ['yes', proposal(23.9), ' 销毁 密钥 '],
    // Half-open: after a day it has lapsed.
    ['audit.no_proposal', proposal(24), '销毁密钥'],
    ['audit.no_proposal', null, '销毁密钥'],
    ['audit.own_proposal', proposal(1, 'me'), '销毁密钥'],
    ['audit.phrase', proposal(1), ''],
    ['audit.phrase', proposal(1), '销毁'],
  ])('H9 H3 confirmed by another within a day, typed: %s for %j, %j', (wanted, known, phrase) => {
    expect(whyNotConfirm(security, known, phrase, NOW)?.code ?? 'yes').toBe(wanted);
  });

  it('H9 a standing proposal is not made twice, a lapsed one anew', () => {
    expect(whyNotPropose(null, NOW)).toBeNull();
    expect(whyNotPropose(proposal(24), NOW)).toBeNull();
    expect(whyNotPropose(proposal(1, 'me'), NOW)?.code).toBe('audit.proposed_already');
  });
});

describe('H4 who reads the record', () => {
  it.each<[Role, boolean]>([
    ['auditAdmin', true],
    ['systemAdmin', false],
    ['securityAdmin', false],
    ['superAdmin', false],
    ['creator', false],
    ['hrMaintainer', false],
    ['staff', false],
  ])('H4 %s: %s', (role, may) => {
    const ask = () => mustAudit(as(role));
    if (may) expect(ask).not.toThrow();
    else expect(ask).toThrow('audit.auditors_only');
  });

  it('H5 what somebody looked up a lock reason for is closed to whom the reason may not be told', () => {
    expect(mayOpenPersonal('accounts.read_lock_reason', false)).toBe(false);
    expect(mayOpenPersonal('accounts.read_lock_reason', true)).toBe(true);
    expect(mayOpenPersonal('directory.changed', false)).toBe(true);
  });
});
