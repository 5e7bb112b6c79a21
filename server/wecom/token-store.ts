/**
 * Where tokens and tickets live so that all instances share them. The application implements it on its database;
 * `token` is a credential: encrypt it at rest and never log it. Keys are at most 120 ASCII characters.
 */
export interface StoredToken {
  /** Up to 512 bytes. */
  readonly token: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Grows by one with every refresh. */
  readonly version: number;
}

export interface TokenStore {
  load(key: string): Promise<StoredToken | undefined>;
  /** Writes only if nothing with an equal or higher version is stored; false when it did not write. */
  save(key: string, token: StoredToken): Promise<boolean>;
  /**
   * The right to refresh, for one holder at a time: true if nobody holds it, the old lease ended at or before `now`,
   * or `holder` has it already. Atomic across instances (one conditional UPDATE). Works for keys never saved.
   */
  lease(key: string, holder: string, now: number, until: number): Promise<boolean>;
  /** Ends the lease if `holder` still has it. */
  release(key: string, holder: string): Promise<void>;
}

/** For tests and for one process alone. */
export function memoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  const leases = new Map<string, { holder: string; until: number }>();
  return {
    load: async (key) => tokens.get(key),
    async save(key, token) {
      if ((tokens.get(key)?.version ?? 0) >= token.version) return false;
      tokens.set(key, token);
      return true;
    },
    async lease(key, holder, now, until) {
      const held = leases.get(key);
      if (held && held.holder !== holder && held.until > now) return false;
      leases.set(key, { holder, until });
      return true;
    },
    async release(key, holder) {
      if (leases.get(key)?.holder === holder) leases.delete(key);
    },
  };
}
