import { EntitySchema } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import type { Buckets } from '../wecom/index.ts';

export interface TokenRow {
  tokenKey: string;
  /** Sealed by the vault; empty until the first refresh. */
  sealedToken: string;
  expiresAt: number;
  tokenVersion: number;
  leaseHolder: string | null;
  leaseUntil: number;
}

export const TokenTable = new EntitySchema<TokenRow>({
  name: 'wecom_token',
  tableName: 'wecom_token',
  columns: {
    tokenKey: { ...c.code(120), primary: true },
    sealedToken: c.sealed(c.longText(), 'wecom.token'),
    expiresAt: c.instant(),
    tokenVersion: c.integer(),
    leaseHolder: c.nullable(c.code(64)),
    leaseUntil: c.instant(),
  },
});

export interface QuotaRow {
  quotaKey: string;
  buckets: Buckets;
  deleteAfter: number;
}

export const QuotaTable = new EntitySchema<QuotaRow>({
  name: 'wecom_quota',
  tableName: 'wecom_quota',
  columns: {
    quotaKey: { ...c.code(190), primary: true },
    buckets: c.json(),
    deleteAfter: c.instant(),
  },
  indices: [{ name: 'wecom_quota_old', columns: ['deleteAfter'] }],
});
