import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { MemberAnswer } from '../../../wecom/index.ts';
import { compareMember } from './compare-member.ts';
import { ourMembers, personIdsOf, secretsFor, type OurDeps } from './our-side.ts';
import { record, type Compared, type Recorded, type Source } from './store.ts';

/** Departments whose members' details are read together. */
export const DEPARTMENTS_AT_ONCE = 20;
const PEOPLE_AT_ONCE = 300;

export interface DetailsCompared extends Recorded {
  /** Ours whose details were read. */
  readonly detailed: number;
  readonly unsure: readonly string[];
}

/**
 * Names, posts, flags, order, superior, enabled: of those among these members whom we have written. Departments are
 * compared by user/list_id, because here only those are named which the app sees.
 */
export async function compareDetails(
  deps: OurDeps,
  tx: Tx,
  members: readonly MemberAnswer[],
  source: Source,
): Promise<DetailsCompared> {
  const compared: Compared[] = [];
  const unsure: string[] = [];
  let detailed = 0;
  for (let at = 0; at < members.length; at += PEOPLE_AT_ONCE) {
    const some = members.slice(at, at + PEOPLE_AT_ONCE);
    const leaders = some.flatMap(({ direct_leader }) => direct_leader);
    const personIds = await personIdsOf(
      tx,
      some.map(({ userid }) => userid),
    );
    const ours = await ourMembers(deps, tx, [...personIds.values()]);
    const secrets = await secretsFor(deps, tx, leaders);
    for (const details of some) {
      const our = ours.get(personIds.get(details.userid.toLowerCase()) ?? '');
      if (!our) continue;
      detailed += 1;
      const { fields, found } = compareMember({ userid: details.userid, details }, our, secrets);
      if (our.isFresh && found.length > 0) unsure.push(our.useridKey);
      else compared.push({ subjectType: 'person', subjectId: our.personId, fields, found });
    }
  }
  const recorded = await record(tx, await worth(tx, compared), source);
  return { ...recorded, detailed, unsure };
}

/** Those who differ, or did. */
async function worth(tx: Tx, compared: readonly Compared[]): Promise<Compared[]> {
  const rows: { subjectId: string }[] = await tx.em.query(
    `select distinct subjectId from directory_difference where subjectType = 'person' and openKey is not null`,
  );
  const withRows = new Set(rows.map((row) => row.subjectId));
  return compared.filter((one) => one.found.length > 0 || withRows.has(one.subjectId));
}

/** Everybody once: a member of several departments is judged where the first of ours among them is listed. */
export const listedFirst = (
  members: readonly MemberAnswer[],
  departmentId: number,
  ours: ReadonlySet<number>,
): MemberAnswer[] =>
  members.filter(({ department }) => department.find((id) => ours.has(id)) === departmentId);

export async function ourDepartmentIds(reads: Reads): Promise<Set<number>> {
  const rows: { departmentId: number }[] = await reads.em.query(
    `select departmentId from unit where state = 'active'`,
  );
  return new Set(rows.map((row) => Number(row.departmentId)));
}
