import type { Actor } from '../../../../kernel/actor.ts';
import { badRequest } from '../../../../kernel/errors.ts';
import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import type { Org } from '../../org.ts';
import { mustMaintain } from '../../policy.ts';
import type { FindingsPage, FindingsQuery, TagFinding } from '../contract.ts';
import { mustBeSet } from '../store.ts';
import { TagFindingTable, type TagFindingRow } from './tables.ts';

/** What is not put back yet, and of it what waits for a person. */
export async function countsOf(reads: Reads, setId: string): Promise<{ changes: number; held: number }> {
  const rows: { state: string; n: number | string }[] = await reads.em.query(
    'select state, count(*) as n from wecom_tag_finding where setId = ? and openKey is not null group by state',
    [setId],
  );
  const of = (state?: string) =>
    rows
      .filter((row) => state === undefined || row.state === state)
      .reduce((sum, { n }) => sum + Number(n), 0);
  return { changes: of(), held: of('held') };
}

/** Newest first: ids follow time. */
export async function listFindings(
  reads: Reads,
  org: Org,
  actor: Actor,
  setId: string,
  { cursor, limit }: FindingsQuery,
): Promise<FindingsPage> {
  mustMaintain(actor);
  await mustBeSet(reads, setId);
  if (cursor !== undefined && !/^[0-9a-f]{32}$/.test(cursor)) throw badRequest('directory.bad_cursor');
  const findings = reads.em.getRepository(TagFindingTable);
  const query = findings.createQueryBuilder('f').where('f.setId = :setId', { setId });
  if (cursor !== undefined) query.andWhere('f.id < :cursor', { cursor });
  const rows = await query
    .orderBy('f.id', 'DESC')
    .limit(limit + 1)
    .getMany();
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => shown(row, org)),
    next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null,
    total: await findings.countBy({ setId }),
  };
}

function shown(row: TagFindingRow, org: Org): TagFinding {
  const { kind, subject, words, byUserid, byAt, releasedBy } = row;
  const isPerson = kind === 'takenOut' || kind === 'putIn';
  return {
    findingId: row.id,
    kind,
    state: row.state,
    name: isPerson
      ? (org.person(subject)?.name ?? '')
      : kind === 'department'
        ? unitName(org, subject)
        : (words ?? subject),
    personId: isPerson ? subject : null,
    foundBy: row.foundBy,
    happenedAt: row.happenedAt,
    foundAt: row.foundAt,
    by:
      byUserid === null || byAt === null
        ? null
        : { userid: byUserid, name: org.personByUserid(byUserid)?.name ?? null, at: byAt },
    releasedBy: releasedBy === null ? null : (org.person(releasedBy)?.name ?? null),
    settledAt: row.settledAt,
  };
}

/** A department that is not ours has no name here. */
const unitName = (org: Org, departmentId: string): string =>
  org.units().find((unit) => unit.departmentId === Number(departmentId))?.name ?? departmentId;
