import { conflict } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { SqlColumn } from '../../directory/index.ts';
import { type LinkKind, ScimLinkTable } from './tables.ts';

/** What this identity system calls them, by our id. */
export async function externalIdsOf(
  reads: Reads,
  source: string,
  kind: LinkKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows: { targetId: string; externalId: string }[] = await reads.em.query(
    `select targetId, externalId from scim_link
     where source = ? and kind = ? and targetId in (${ids.map(() => '?').join(', ')})`,
    [source, kind, ...ids],
  );
  return new Map(rows.map(({ targetId, externalId }) => [targetId, externalId]));
}

export async function targetOf(
  reads: Reads,
  source: string,
  kind: LinkKind,
  externalId: string,
): Promise<string | null> {
  const row = await reads.em.getRepository(ScimLinkTable).findOneBy({ source, kind, externalId });
  return row?.targetId ?? null;
}

/** @throws conflict `scim.taken` when the system calls somebody else so */
export async function setExternalId(
  tx: Tx,
  source: string,
  kind: LinkKind,
  targetId: string,
  externalId: string | null,
): Promise<void> {
  const links = tx.em.getRepository(ScimLinkTable);
  const known = externalId === null ? null : await targetOf(tx, source, kind, externalId);
  if (known === targetId) return;
  if (known !== null) throw conflict('scim.taken', { attribute: 'externalId' });
  await links.delete({ source, kind, targetId });
  if (externalId === null) return;
  await insertRows(tx, ScimLinkTable, [{ id: newId(), source, kind, targetId, externalId }]);
}

/** `externalId` in a filter means the asking system's own. */
export const externalIdColumn = (source: string, kind: LinkKind): SqlColumn => ({
  kind: 'among',
  by: 'l.targetId',
  to: kind === 'user' ? 'p.id' : 'u.id',
  rows: { from: 'scim_link l', where: 'l.source = ? and l.kind = ?', params: [source, kind] },
  columns: { '': { kind: 'text', sql: 'l.externalId', fold: 'exact' } },
});
