/**
 * Frequency limits of page 90312. Over a limit the counter stays closed for one window length: a minute → 60 s,
 * an hour → 60 min, a day → the rest of the natural day (Asia/Shanghai), a month → 30 days.
 */
export interface Limits {
  /** false = over the limit: nothing is counted. `weight` = person-times. */
  take(key: string, rules: readonly Rule[], weight?: number): boolean;
  clear(): void;
}

export interface Rule {
  window: 'minute' | 'hour' | 'day' | 'month';
  max: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Shanghai has no summer time. */
const SHANGHAI = 8 * HOUR;

/** One API, one corp. Sending messages does not count here. */
export const BASE: readonly Rule[] = [
  { window: 'minute', max: 10_000 },
  { window: 'hour', max: 150_000 },
];
/** message/send, per app and member: the excess is dropped without a word. */
export const PER_MEMBER_MINUTE: Rule = { window: 'minute', max: 30 };
export const PER_MEMBER_HOUR: Rule = { window: 'hour', max: 1000 };
export const JSAPI_CORP: readonly Rule[] = [{ window: 'hour', max: 400 }];
export const JSAPI_APP: readonly Rule[] = [{ window: 'hour', max: 100 }];
export const CHAT_CREATE: readonly Rule[] = [{ window: 'day', max: 1000 }];
export const CHAT_UPDATE: readonly Rule[] = [{ window: 'hour', max: 1000 }];
export const CHAT_SEND: readonly Rule[] = [
  { window: 'minute', max: 20_000 },
  { window: 'hour', max: 150_000 },
];
/** appchat/send, per member over all groups of the app: dropped without a word. */
export const CHAT_MEMBER_MINUTE: Rule = { window: 'minute', max: 200 };
export const CHAT_MEMBER_DAY: Rule = { window: 'day', max: 10_000 };
/** Accounts created: three times the account ceiling. */
export const accountsPerMonth = (seats: number): readonly Rule[] => [{ window: 'month', max: seats * 3 }];
export const WEBHOOK: readonly Rule[] = [{ window: 'minute', max: 20 }];
export const WORKBENCH_USER: readonly Rule[] = [{ window: 'minute', max: 10 }];
export const WORKBENCH_BATCH: readonly Rule[] = [{ window: 'minute', max: 100_000 }];
/** An official forum answer: about 2000 wrong secrets an hour ban the address for an hour. */
export const WRONG_SECRET: readonly Rule[] = [{ window: 'hour', max: 2000 }];

interface Counter {
  opened: number;
  count: number;
  closedUntil: number;
}

const LENGTH = { minute: MINUTE, hour: HOUR, day: DAY, month: 30 * DAY } as const;

export function createLimits(now: () => number, enabled: boolean): Limits {
  const counters = new Map<string, Counter>();
  const counterOf = (key: string, rule: Rule, at: number): Counter => {
    const full = `${key}|${rule.window}`;
    const known = counters.get(full);
    if (known !== undefined && isCurrent(known, rule, at)) return known;
    const fresh = { opened: at, count: 0, closedUntil: 0 };
    counters.set(full, fresh);
    return fresh;
  };
  return {
    take: (key, rules, weight = 1) => {
      if (!enabled) return true;
      const at = now();
      const found = rules.map((rule) => ({ rule, counter: counterOf(key, rule, at) }));
      const over = found.find(
        ({ rule, counter }) => counter.closedUntil > at || counter.count + weight > rule.max,
      );
      if (over === undefined) {
        for (const { counter } of found) counter.count += weight;
        return true;
      }
      if (over.counter.closedUntil <= at) over.counter.closedUntil = closedUntil(over.rule, at);
      return false;
    },
    clear: () => counters.clear(),
  };
}

/** A clock set back starts afresh. */
function isCurrent(counter: Counter, rule: Rule, at: number): boolean {
  if (counter.opened > at) return false;
  if (counter.closedUntil > 0) return counter.closedUntil > at;
  return rule.window === 'day'
    ? dayOf(counter.opened) === dayOf(at)
    : at - counter.opened < LENGTH[rule.window];
}

function closedUntil(rule: Rule, at: number): number {
  return rule.window === 'day' ? (dayOf(at) + 1) * DAY - SHANGHAI : at + LENGTH[rule.window];
}

/** Number of the natural day in Shanghai. */
export const dayOf = (at: number): number => Math.floor((at + SHANGHAI) / DAY);
