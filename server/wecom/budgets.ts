import type { Clock } from '../kernel/clock.ts';
import { bucketOf, lifeOf } from './quota-rules.ts';
import type { QuotaRule } from './quota-rules.ts';
import type { Lease, LeaseRequest, QuotaStore } from './quota-store.ts';

/** So much of one rule's budget, for one subject (corp, app, member …). */
export interface Demand {
  readonly rule: QuotaRule;
  readonly subject: string;
  readonly amount: number;
}

export interface Shortage {
  readonly demand: Demand;
  /** Epoch ms; Infinity when the demand is larger than the whole limit. */
  readonly retryAt: number;
}

/**
 * Spends leased budget locally and asks the store only when the local rest is too small, so most calls cost no query
 * and a crash loses one lease. A lease ends with its bucket.
 */
export interface Budgets {
  /** Every demand, or (when some are short) nothing and the list of the short ones. */
  take(demands: readonly Demand[]): Promise<readonly Shortage[]>;
  /** The same for groups that do not depend on each other, with one question to the store. */
  takeEach(groups: Groups): Promise<readonly (readonly Shortage[])[]>;
  /** Back into the local rest: budget taken for something that did not happen, or reserved for a coming call. */
  giveBack(demands: readonly Demand[]): void;
}

interface Rest {
  bucketStart: number;
  lifeMs: number;
  left: number;
}

interface Share {
  readonly demand: Demand;
  readonly key: string;
  readonly bucketStart: number;
  /** Covered by the local rest. */
  fromRest: number;
  lease: Lease | undefined;
}

type Groups = readonly (readonly Demand[])[];

const PRUNE_ABOVE = 10_000;
const MAX_ROUNDS = 4;

export function createBudgets(store: QuotaStore, clock: Clock): Budgets {
  const rests = new Map<string, Rest>();

  function restOf(key: string, bucketStart: number): Rest | undefined {
    const rest = rests.get(key);
    return rest?.bucketStart === bucketStart ? rest : undefined;
  }

  function credit(demand: Demand, bucketStart: number, amount: number): void {
    if (amount <= 0) return;
    const key = keyOf(demand);
    const rest = restOf(key, bucketStart);
    if (rest) rest.left += amount;
    else if ((rests.get(key)?.bucketStart ?? 0) < bucketStart) {
      rests.set(key, { bucketStart, lifeMs: lifeOf(demand.rule), left: amount });
    }
    if (rests.size > PRUNE_ABOVE) prune();
  }

  function prune(): void {
    const now = clock.now();
    for (const [key, rest] of rests) {
      if (rest.left === 0 || rest.bucketStart + rest.lifeMs <= now) rests.delete(key);
    }
  }

  function reserve(demand: Demand): Share {
    const bucketStart = bucketOf(demand.rule, clock.now());
    const key = keyOf(demand);
    const rest = restOf(key, bucketStart);
    const fromRest = Math.min(rest?.left ?? 0, demand.amount);
    if (rest) rest.left -= fromRest;
    return { demand, key, bucketStart, fromRest, lease: undefined };
  }

  function release(share: Share): void {
    credit(share.demand, share.bucketStart, share.fromRest + (share.lease?.granted ?? 0));
  }

  async function lease(shares: readonly Share[]): Promise<void> {
    const lacking = shares.filter((share) => missing(share) > 0 && fits(share.demand));
    if (lacking.length === 0) return;
    const leases = await store.lease(lacking.map(requestOf));
    lacking.forEach((share, index) => (share.lease = leases[index]));
  }

  /** Keeps the surplus of a filled group for later calls; puts everything of a short one back. */
  function settle(shares: readonly Share[]): readonly Shortage[] {
    const short = shares.filter((share) => (share.lease?.granted ?? 0) < missing(share));
    if (short.length > 0) {
      shares.forEach(release);
      return short.map(({ demand, lease: answer }) => ({ demand, retryAt: answer?.freeAt ?? Infinity }));
    }
    for (const share of shares) {
      credit(share.demand, share.bucketStart, (share.lease?.granted ?? 0) - missing(share));
    }
    return [];
  }

  const reserveAll = (groups: Groups): Share[][] => groups.map((group) => merged(group).map(reserve));

  async function attempt(groups: Groups, reserved: Share[][]): Promise<readonly (readonly Shortage[])[]> {
    let shares = reserved;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      await lease(shares.flat());
      // What was leased in a bucket that ended meanwhile would be counted in the wrong place: ask again.
      const now = clock.now();
      const stillNow = shares.flat().every((share) => share.bucketStart === bucketOf(share.demand.rule, now));
      if (stillNow) return shares.map(settle);
      shares.flat().forEach(release);
      shares = reserveAll(groups);
    }
    shares.flat().forEach(release);
    return groups.map((group) => group.map((demand) => ({ demand, retryAt: clock.now() + 1000 })));
  }

  async function takeEach(groups: Groups): Promise<readonly (readonly Shortage[])[]> {
    const shares = reserveAll(groups);
    const wantsChunk = shares.flat().some((share) => missing(share) > 0 && share.demand.rule.chunk > 1);
    if (!wantsChunk) return attempt(groups, shares);
    // One chunk at a time: a hundred calls at once would otherwise each lease a chunk and starve the next minute.
    shares.flat().forEach(release);
    return oneByOne(() => attempt(groups, reserveAll(groups)));
  }

  let tail: Promise<unknown> = Promise.resolve();
  function oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  }

  return {
    takeEach,
    take: async (demands) => (await takeEach([demands]))[0] ?? [],
    giveBack(demands) {
      for (const demand of demands) credit(demand, bucketOf(demand.rule, clock.now()), demand.amount);
    },
  };
}

const keyOf = (demand: Demand): string => `${demand.rule.id}:${demand.subject}`;

const missing = (share: Share): number => share.demand.amount - share.fromRest;

const fits = (demand: Demand): boolean => demand.amount <= demand.rule.limit;

function requestOf(share: Share): LeaseRequest {
  const { rule } = share.demand;
  const need = missing(share);
  return {
    key: share.key,
    bucketStart: share.bucketStart,
    lifeMs: lifeOf(rule),
    need,
    want: Math.min(Math.max(need, rule.chunk), rule.limit),
    limit: rule.limit,
  };
}

function merged(demands: readonly Demand[]): Demand[] {
  const byKey = new Map<string, Demand>();
  for (const demand of demands) {
    if (demand.amount <= 0) continue;
    const same = byKey.get(keyOf(demand));
    byKey.set(keyOf(demand), same ? { ...demand, amount: same.amount + demand.amount } : demand);
  }
  return [...byKey.values()];
}
