import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';

export interface ContactCard {
  readonly mobileMasked: string | null;
  readonly email: string | null;
}

export async function contactCard(reads: Reads, personId: string): Promise<ContactCard | null> {
  const rows: ContactCard[] = await reads.em.query('select mobileMasked, email from person where id = ?', [
    personId,
  ]);
  return rows[0] ?? null;
}

export async function activeAmong(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const lock = tx.dialect === 'mysql' ? ' for update' : '';
  const marks = personIds.map(() => '?').join(', ');
  const rows: { id: string }[] = await tx.em.query(
    `select id from person where state = 'active' and id in (${marks})${lock}`,
    [...personIds],
  );
  return rows.map((row) => row.id);
}
