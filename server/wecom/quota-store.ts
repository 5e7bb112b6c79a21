/**
 * The shared count behind 企业微信's limits. Budgets are counted in small buckets of time, and a bucket counts until
 * its `lifeMs` is over, so that the limit holds in every window of that length, wherever 企业微信 begins its own.
 * The application keeps one row per key: `{ key, buckets (JSON), version or row lock, deleteAfter }`, and calls
 * {@link grant} inside a transaction.
 */
export type Buckets = readonly (readonly [start: number, used: number])[];

export interface LeaseRequest {
  /** At most 190 ASCII characters; holds no secret. */
  readonly key: string;
  /** Epoch ms, the bucket that the leased budget will be spent in. */
  readonly bucketStart: number;
  /** A bucket counts while `start + lifeMs > bucketStart`; the row may be deleted after that. */
  readonly lifeMs: number;
  /** All or nothing below this; 1 ≤ need ≤ want ≤ limit. */
  readonly need: number;
  readonly want: number;
  readonly limit: number;
}

export interface Lease {
  /** 0, or between need and want. */
  readonly granted: number;
  /** When nothing was granted: epoch ms from which `need` would fit, if nobody else takes it. */
  readonly freeAt: number;
}

export interface QuotaStore {
  /**
   * Answers in the order of the requests; keys within one call differ. Each request is atomic across instances and
   * independent of the others. Up to 4,000 requests in one call: work in chunks, in key order (no deadlocks).
   */
  lease(requests: readonly LeaseRequest[]): Promise<readonly Lease[]>;
}

/** The rule of a lease, pure: what to store and what to answer. */
export function grant(buckets: Buckets, request: LeaseRequest): { buckets: Buckets; lease: Lease } {
  const counted = buckets.filter(([start]) => start + request.lifeMs > request.bucketStart);
  const free = request.limit - total(counted);
  if (free < request.need) {
    return { buckets: counted, lease: { granted: 0, freeAt: freeAt(counted, request, request.need - free) } };
  }
  const granted = Math.min(request.want, free);
  return { buckets: add(counted, request.bucketStart, granted), lease: { granted, freeAt: 0 } };
}

const total = (buckets: Buckets): number => buckets.reduce((sum, [, used]) => sum + used, 0);

function add(buckets: Buckets, start: number, amount: number): Buckets {
  const others = buckets.filter(([at]) => at !== start);
  const used = buckets.find(([at]) => at === start)?.[1] ?? 0;
  return [...others, [start, used + amount] as const].sort(([a], [b]) => a - b);
}

function freeAt(counted: Buckets, request: LeaseRequest, missing: number): number {
  let released = 0;
  for (const [start, used] of counted) {
    released += used;
    if (released >= missing) return start + request.lifeMs;
  }
  return request.bucketStart + request.lifeMs;
}

/** For tests and for one process alone. */
export function memoryQuotaStore(): QuotaStore {
  const rows = new Map<string, Buckets>();
  return {
    lease: async (requests) =>
      requests.map((request) => {
        const { buckets, lease } = grant(rows.get(request.key) ?? [], request);
        rows.set(request.key, buckets);
        return lease;
      }),
  };
}
