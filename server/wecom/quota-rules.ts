import { DAY_MS, dateOf, HOUR_MS, instantOf, MINUTE_MS } from '../kernel/dates.ts';

/** 企业微信's published limits (page 90312, Aug 2026, and the pages of the single APIs). */
export interface QuotaRule {
  readonly id: string;
  readonly limit: number;
  readonly window: 'minute' | 'hour' | 'day' | 'month';
  /** How much an instance leases at once and then spends without asking the store. 1 where the limit is small. */
  readonly chunk: number;
}

/**
 * Minute windows carry a slack for requests that arrive late, because what exceeds 30 messages per member and minute
 * is dropped without an error. The day is the natural day in Shanghai. A month is any 31 days, counted by days: what
 * exceeds it closes an API for 30 days, so we stay below wherever 企业微信 lets its month begin.
 */
const GEOMETRY = {
  minute: { bucketMs: 10_000, lifeMs: MINUTE_MS + 10_000 + 10_000 },
  hour: { bucketMs: 5 * MINUTE_MS, lifeMs: HOUR_MS + 5 * MINUTE_MS },
  day: { bucketMs: DAY_MS, lifeMs: DAY_MS },
  month: { bucketMs: DAY_MS, lifeMs: 32 * DAY_MS },
} as const;

export const lifeOf = (rule: QuotaRule): number => GEOMETRY[rule.window].lifeMs;

export function bucketOf(rule: QuotaRule, now: number): number {
  if (rule.window === 'day' || rule.window === 'month') return instantOf(dateOf(now));
  const { bucketMs } = GEOMETRY[rule.window];
  return Math.floor(now / bucketMs) * bucketMs;
}

const rule = (
  id: string,
  limit: number,
  window: QuotaRule['window'],
  chunk = 1,
): QuotaRule & { readonly chunk: number } => ({ id, limit, window, chunk });

export interface QuotaSettings {
  /** Seats of the corp (账号上限). Without it the daily budget of message/send is left to the server's own 45009. */
  readonly accountCeiling?: number | undefined;
  /** 150,000 for unverified or small corps, 350,000 medium, 700,000 large (page 90248). */
  readonly appchatPersonTimesPerHour?: number | undefined;
}

export type QuotaRules = ReturnType<typeof quotaRules>;

export function quotaRules(settings: QuotaSettings = {}) {
  const seats = settings.accountCeiling;
  return {
    /** Every API but message/send and auth/getuserinfo, per corp and API. */
    baseMinute: rule('base.m', 10_000, 'minute', 100),
    baseHour: rule('base.h', 150_000, 'hour', 500),
    /** Per app and member; the excess is dropped in silence (errcode stays 0). */
    memberMinute: rule('send.member.m', 30, 'minute'),
    memberHour: rule('send.member.h', 1000, 'hour'),
    /** Person-times per app: seats × 200. */
    sendDay: seats === undefined ? undefined : rule('send.d', seats * 200, 'day', Math.min(200, seats)),
    /** Accounts created, per corp: three times the seats a month (90312, C10). Unknown size: left to the server. */
    accountsMonth: seats === undefined ? undefined : rule('accounts.month', seats * 3, 'month'),
    /** Each of the two operation logs (100178, 100179). */
    operLogMinute: rule('operlog.m', 600, 'minute', 20),
    nativeApprovalMinute: rule('approval.m', 600, 'minute', 20),
    appchatCreateDay: rule('appchat.create.d', 1000, 'day'),
    appchatUpdateHour: rule('appchat.update.h', 1000, 'hour'),
    /** Person-times per corp. */
    appchatSendMinute: rule('appchat.send.m', 20_000, 'minute', 200),
    appchatSendHour: rule('appchat.send.h', settings.appchatPersonTimesPerHour ?? 150_000, 'hour', 1000),
    /** Per member over all groups of the app; dropped in silence. */
    appchatMemberMinute: rule('appchat.member.m', 200, 'minute'),
    appchatMemberDay: rule('appchat.member.d', 10_000, 'day'),
    webhookMinute: rule('webhook.m', 20, 'minute'),
    ticketAppHour: rule('ticket.app.h', 100, 'hour'),
    ticketCorpHour: rule('ticket.corp.h', 400, 'hour'),
    workbenchUserMinute: rule('workbench.user.m', 10, 'minute'),
    workbenchBatchMinute: rule('workbench.batch.m', 100_000, 'minute', 1000),
    /**
     * B6: wrong look-ups by mobile beyond 20 % of the seats block user/getuserid for a day; half of that is ours.
     * Unknown size: 20, right for every corp of 100 seats or more.
     */
    getuseridMissDay: rule(
      'getuserid.miss.d',
      seats === undefined ? 20 : Math.max(1, Math.floor(seats / 10)),
      'day',
    ),
  };
}
