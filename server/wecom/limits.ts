import type { Clock } from '../kernel/clock.ts';
import { createBlocks } from './blocks.ts';
import { createBudgets } from './budgets.ts';
import type { Demand, Shortage } from './budgets.ts';
import { FixData, RetryLater } from './errors.ts';
import type { LateMember } from './errors.ts';
import { quotaRules } from './quota-rules.ts';
import type { QuotaRules, QuotaSettings } from './quota-rules.ts';
import type { QuotaStore } from './quota-store.ts';
import { useridKey } from './userid.ts';

/** APIs that the base quota does not count (90312: message/send has its own, getuserinfo with a code is exempt). */
const OUTSIDE_BASE = new Set(['message/send', 'auth/getuserinfo', 'gettoken', 'webhook/send']);

export interface Limits {
  /** Before a call: throws RetryLater when a budget is empty or the server's own block still runs. */
  admit(api: string, demands?: readonly Demand[]): Promise<void>;
  /** After a 45009: nothing more to this API until its window ends. */
  close(api: string): number;
  succeed(api: string): void;
  giveBack(demands: readonly Demand[]): void;
  /**
   * Which members can be written to now. For those in `now` the budget is reserved for some seconds, so a send to
   * them right after this finds it; the others are told from when on.
   */
  split(request: { readonly members: readonly string[] }): Promise<{
    readonly now: readonly string[];
    readonly later: readonly LateMember[];
  }>;
  readonly demands: Demands;
}

/** What each kind of call asks of the budgets. */
export type Demands = ReturnType<typeof demandsOf>;

export interface LimitsDeps {
  readonly store: QuotaStore;
  readonly clock: Clock;
  readonly corpId: string;
  readonly agentId: number;
  readonly settings?: QuotaSettings | undefined;
}

export function createLimits({ store, clock, corpId, agentId, settings }: LimitsDeps): Limits {
  const budgets = createBudgets(store, clock);
  const blocks = createBlocks(clock);
  const rules = quotaRules(settings);
  const demands = demandsOf(rules, corpId, `${corpId}:${agentId}`);

  async function admit(api: string, own: readonly Demand[] = []): Promise<void> {
    const closedUntil = blocks.closedUntil(api);
    if (closedUntil !== undefined)
      throw new RetryLater({ api, reason: 'closed', errcode: 45009, retryAt: closedUntil });
    const base = OUTSIDE_BASE.has(api) ? [] : demands.base(api);
    const short = await budgets.take([...base, ...own]);
    if (short.length > 0) throw shortageError(api, short, rules);
  }

  async function split(request: { readonly members: readonly string[] }) {
    const members = [...new Map(request.members.map((userid) => [useridKey(userid), userid])).values()];
    const groups = members.map((userid) => demands.member(userid));
    const shortages = await budgets.takeEach(groups);
    const now: string[] = [];
    const later: LateMember[] = [];
    members.forEach((userid, index) => {
      const short = shortages[index] ?? [];
      if (short.length > 0) {
        later.push({ userid, retryAt: latest(short) });
        return;
      }
      now.push(userid);
      budgets.giveBack(groups[index] ?? []);
    });
    return { now, later };
  }

  return {
    admit,
    close: blocks.close,
    succeed: blocks.succeed,
    giveBack: budgets.giveBack,
    split,
    demands,
  };
}

function demandsOf(rules: QuotaRules, corp: string, app: string) {
  const one = (rule: Demand['rule'], subject: string, amount = 1): Demand => ({ rule, subject, amount });
  const member = (userid: string): Demand[] => [
    one(rules.memberMinute, `${app}:${useridKey(userid)}`),
    one(rules.memberHour, `${app}:${useridKey(userid)}`),
  ];
  return {
    base: (api: string) => [one(rules.baseMinute, `${corp}:${api}`), one(rules.baseHour, `${corp}:${api}`)],
    member,
    /** message/send: each known member's budget and the app's day. */
    send: (members: readonly string[], personTimes: number) => [
      ...members.flatMap(member),
      ...(rules.sendDay ? [one(rules.sendDay, app, personTimes)] : []),
    ],
    /** Accounts that a call will create. */
    accounts: (count: number) => (rules.accountsMonth ? [one(rules.accountsMonth, corp, count)] : []),
    operLog: (api: string) => [one(rules.operLogMinute, `${corp}:${api}`)],
    nativeApproval: (api: string) => [one(rules.nativeApprovalMinute, `${corp}:${api}`)],
    appchatCreate: () => [one(rules.appchatCreateDay, corp)],
    appchatUpdate: () => [one(rules.appchatUpdateHour, corp)],
    appchatSend: (members: readonly string[]) => [
      one(rules.appchatSendMinute, corp, members.length),
      one(rules.appchatSendHour, corp, members.length),
      ...members.flatMap((userid) => [
        one(rules.appchatMemberMinute, `${app}:${useridKey(userid)}`),
        one(rules.appchatMemberDay, `${app}:${useridKey(userid)}`),
      ]),
    ],
    /** `robot` is a fingerprint of the webhook's key, never the key. */
    webhook: (robot: string) => [one(rules.webhookMinute, robot)],
    corpTicket: () => [one(rules.ticketAppHour, `${app}:corp`), one(rules.ticketCorpHour, corp)],
    agentTicket: () => [one(rules.ticketAppHour, `${app}:agent`)],
    workbenchUser: (userid: string) => [one(rules.workbenchUserMinute, `${app}:${useridKey(userid)}`)],
    workbenchBatch: (count: number) => [one(rules.workbenchBatchMinute, app, count)],
    getuseridMiss: () => [one(rules.getuseridMissDay, corp)],
  };
}

const latest = (short: readonly Shortage[]): number => Math.max(...short.map((shortage) => shortage.retryAt));

function shortageError(api: string, short: readonly Shortage[], rules: QuotaRules): RetryLater | FixData {
  const names = [...new Set(short.map(({ demand }) => demand.rule.id))].join(', ');
  const retryAt = latest(short);
  if (retryAt === Infinity)
    return new FixData({ api, reason: 'input', stem: `more than the whole limit: ${names}` });
  return new RetryLater({ api, reason: 'quota', stem: names, retryAt, later: lateMembers(short, rules) });
}

function lateMembers(short: readonly Shortage[], rules: QuotaRules): LateMember[] {
  const late = new Map<string, number>();
  for (const { demand, retryAt } of short) {
    if (demand.rule !== rules.memberMinute && demand.rule !== rules.memberHour) continue;
    const userid = demand.subject.split(':')[2] ?? '';
    late.set(userid, Math.max(retryAt, late.get(userid) ?? 0));
  }
  return [...late].map(([userid, retryAt]) => ({ userid, retryAt }));
}
