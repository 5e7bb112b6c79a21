import { systemActor } from '../kernel/actor.ts';
import { isUniqueViolation, updateCount } from '../platform/db/rows.ts';
import type { Db } from '../platform/db/unit-of-work.ts';
import type { Vault } from '../platform/vault/index.ts';
import type { TokenStore } from '../wecom/index.ts';
import { TokenTable } from './tables.ts';

const actor = systemActor('connector.token');
const PURPOSE = 'wecom.token';

/** Tokens and tickets in the database, sealed, so that all instances use one and refresh one at a time. */
export function createTokenStore(db: Db, vault: Pick<Vault, 'seal' | 'open'>): TokenStore {
  const change = (sql: string, params: unknown[]): Promise<number> =>
    db.write(actor, (tx) => updateCount(tx.em, sql, params));

  async function ensureRow(key: string): Promise<void> {
    const known = await db.read((r) => r.em.getRepository(TokenTable).countBy({ tokenKey: key }));
    if (known > 0) return;
    const row = {
      tokenKey: key,
      sealedToken: '',
      expiresAt: 0,
      tokenVersion: 0,
      leaseHolder: null,
      leaseUntil: 0,
    };
    await db.insert(TokenTable, row).catch((error: unknown) => {
      // Another instance made the row at the same moment.
      if (!isUniqueViolation(error)) throw error;
    });
  }

  return {
    async load(key) {
      const row = await db.read((r) => r.em.getRepository(TokenTable).findOneBy({ tokenKey: key }));
      if (!row || row.tokenVersion === 0) return undefined;
      return {
        token: vault.open(PURPOSE, row.sealedToken),
        expiresAt: row.expiresAt,
        version: row.tokenVersion,
      };
    },
    async save(key, { token, expiresAt, version }) {
      await ensureRow(key);
      const changed = await change(
        `update wecom_token set sealedToken = ?, expiresAt = ?, tokenVersion = ?
         where tokenKey = ? and tokenVersion < ?`,
        [vault.seal(PURPOSE, token), expiresAt, version, key, version],
      );
      return changed === 1;
    },
    async lease(key, holder, now, until) {
      await ensureRow(key);
      const changed = await change(
        `update wecom_token set leaseHolder = ?, leaseUntil = ?
         where tokenKey = ? and (leaseHolder is null or leaseHolder = ? or leaseUntil <= ?)`,
        [holder, until, key, holder, now],
      );
      return changed === 1;
    },
    async release(key, holder) {
      await change('update wecom_token set leaseHolder = null where tokenKey = ? and leaseHolder = ?', [
        key,
        holder,
      ]);
    },
  };
}
