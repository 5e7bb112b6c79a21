import { DAY_MS } from '../../../../kernel/dates.ts';
import { newId } from '../../../../kernel/id.ts';
import { insertRows } from '../../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../../platform/db/unit-of-work.ts';
import type { Finding, FindingKind } from './compare-tag.ts';
import { takesOut } from './guard.ts';
import { TagFindingTable, type TagFindingRow } from './tables.ts';

const PER_STATEMENT = 500;
const WEEK_MS = 7 * DAY_MS;

export interface Source {
  readonly foundBy: TagFindingRow['foundBy'];
  readonly happenedAt: number | null;
}

/** Of these sets, or of all. */
export function unsettled(reads: Reads, setId?: string): Promise<TagFindingRow[]> {
  const query = reads.em
    .getRepository(TagFindingTable)
    .createQueryBuilder('f')
    .where('f.openKey is not null');
  if (setId !== undefined) query.andWhere('f.setId = :setId', { setId });
  return query.orderBy('f.id').getMany();
}

const keyOf = (setId: string, { kind, subject }: Finding): string => `${setId}:${kind}:${subject}`;

/** What was known before stays as it was found first. */
export async function noteFindings(
  tx: Tx,
  setId: string,
  found: readonly Finding[],
  { foundBy, happenedAt }: Source,
): Promise<void> {
  const known = new Set((await unsettled(tx, setId)).map(({ openKey }) => openKey));
  const rows = found
    .filter((one) => !known.has(keyOf(setId, one)))
    .map((one): TagFindingRow => ({
      ...one,
      id: newId(),
      setId,
      openKey: keyOf(setId, one),
      state: 'open',
      foundBy,
      happenedAt,
      foundAt: tx.now,
      byUserid: null,
      byAt: null,
      actedAt: null,
      releasedBy: null,
      settledAt: null,
    }));
  await insertRows(tx, TagFindingTable, rows, 'keep');
}

type Changes = Partial<
  Pick<TagFindingRow, 'state' | 'openKey' | 'settledAt' | 'actedAt' | 'releasedBy' | 'byUserid' | 'byAt'>
>;

/** Only of what is not settled yet. */
export async function changeFindings(tx: Tx, ids: readonly string[], changes: Changes): Promise<void> {
  const columns = Object.entries(changes);
  for (let at = 0; at < ids.length; at += PER_STATEMENT) {
    const some = ids.slice(at, at + PER_STATEMENT);
    await tx.em.query(
      `update wecom_tag_finding set ${columns.map(([name]) => `${name} = ?`).join(', ')}
       where openKey is not null and id in (${some.map(() => '?').join(', ')})`,
      [...columns.map(([, value]) => value), ...some],
    );
  }
}

/** `putBack` for what was begun, `gone` for what came right before. */
export async function settle(tx: Tx, rows: readonly TagFindingRow[]): Promise<void> {
  const done = { openKey: null, settledAt: tx.now };
  const idsOf = (some: readonly TagFindingRow[]) => some.map(({ id }) => id);
  const acted = rows.filter(({ actedAt }) => actedAt !== null);
  await changeFindings(tx, idsOf(acted), { ...done, state: 'putBack' });
  await changeFindings(tx, idsOf(rows.filter(({ actedAt }) => actedAt === null)), { ...done, state: 'gone' });
}

/** How often each was put back within a week. */
export async function returnsOf(reads: Reads): Promise<(row: TagFindingRow) => number> {
  const rows: { setId: string; kind: FindingKind; subject: string; n: number | string }[] =
    await reads.em.query(
      `select setId, kind, subject, count(*) as n from wecom_tag_finding
       where state = 'putBack' and settledAt > ? group by setId, kind, subject`,
      [reads.now - WEEK_MS],
    );
  const times = new Map(rows.map((row) => [keyOf(row.setId, { ...row, words: null }), Number(row.n)]));
  return (row) => times.get(row.openKey ?? '') ?? 0;
}

/** How many were taken out of tags within a day by putting back without asking. */
export async function takenSince(reads: Reads, since: number): Promise<number> {
  const rows: { kind: FindingKind; n: number | string }[] = await reads.em.query(
    `select kind, count(*) as n from wecom_tag_finding
     where state = 'putBack' and settledAt > ? and releasedBy is null group by kind`,
    [since],
  );
  return rows.filter(({ kind }) => takesOut(kind)).reduce((sum, { n }) => sum + Number(n), 0);
}

export async function everybodyTagged(reads: Reads): Promise<number> {
  const [row]: { n: number | string }[] = await reads.em.query('select count(*) as n from wecom_tag_member');
  return Number(row?.n ?? 0);
}
