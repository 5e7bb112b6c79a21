import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { notFound, refused } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import { type SourceDraft, SourceSettings } from './contract.ts';
import { FeedTable, type FeedRow } from './tables.ts';

const PURPOSE = 'hr.source';

/** @throws notFound `hr.unknown_source` */
export async function loadFeed(reads: Reads, sourceId: string): Promise<FeedRow> {
  const row = await reads.em.getRepository(FeedTable).findOneBy({ id: sourceId });
  if (!row) throw notFound('hr.unknown_source');
  return row;
}

export interface OpenFeed {
  readonly settings: SourceSettings;
  /** '' where none is needed. */
  readonly secret: string;
}

interface Sealed {
  readonly connection: unknown;
  readonly secret: string;
}

/** What was set up, with its secret: only for reading the source, never for an answer. */
export function openFeed({ kind, name, rules, connectionSealed, hour }: FeedRow, vault: Vault): OpenFeed {
  if (connectionSealed === null)
    return { settings: SourceSettings.parse({ kind, name, ...rules }), secret: '' };
  const { connection, secret } = JSON.parse(vault.open(PURPOSE, connectionSealed)) as Sealed;
  return { settings: SourceSettings.parse({ kind, name, hour, connection, ...rules }), secret };
}

export type StoredFeed = Pick<FeedRow, 'kind' | 'name' | 'rules' | 'connectionSealed' | 'hour'>;

/**
 * A draft as it is stored, its connection and secret sealed.
 * @param before what was set up until now
 * @throws refused `hr.source_secret_again` when the stored secret would go elsewhere than before
 */
export function storedFeed(draft: SourceDraft, vault: Vault, before?: OpenFeed): StoredFeed {
  if (draft.kind === 'push') {
    const { kind, name, ...rules } = draft;
    return { kind, name, rules, connectionSealed: null, hour: null };
  }
  const { kind, name, hour, connection, secret: _given, ...rules } = draft;
  const sealed: Sealed = { connection, secret: secretOf(draft, before) };
  return { kind, name, rules, hour, connectionSealed: vault.seal(PURPOSE, JSON.stringify(sealed)) };
}

/**
 * The secret to use with a draft: the one given, or the stored one if it goes to where it went. Else whoever may change
 * a source could have its password sent to a place of their own.
 * @throws refused `hr.source_secret_again`
 */
export function secretOf(draft: Exclude<SourceDraft, { kind: 'push' }>, before?: OpenFeed): string {
  if (draft.secret !== null) return draft.secret;
  if (draft.kind === 'http' && draft.connection.auth === 'none') return '';
  const settings = before?.settings;
  const same =
    settings !== undefined &&
    settings.kind !== 'push' &&
    canonicalJson(settings.connection) === canonicalJson(draft.connection);
  if (!same) throw refused('hr.source_secret_again');
  return before?.secret ?? '';
}

/** For lists and the audit: where it is, without what is secret. */
export function whereOf(settings: SourceSettings): string | null {
  switch (settings.kind) {
    case 'push':
      return null;
    case 'http':
      return settings.connection.origin;
    case 'sql':
      return `${settings.connection.host}:${settings.connection.port} / ${settings.connection.database}`;
  }
}

/** 256 random bits: guessing is hopeless, so its plain hash is enough to know it again. */
export function newPushKey(): { pushKey: string; keyHash: string } {
  const pushKey = `hrk_${randomBytes(32).toString('base64url')}`;
  return { pushKey, keyHash: hashOfKey(pushKey) };
}

export const hashOfKey = (pushKey: string): string => createHash('sha256').update(pushKey).digest('hex');
