import { dateOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Personal } from '../commands/protect-personal.ts';
import { groupBy } from '../group-by.ts';
import type { MemberFacts, MemberPost } from './desired.ts';
import type { DesiredManager } from './difference.ts';
import { marks } from './mirror-store.ts';

/** What a push looks at for one person. */
export interface PushFacts extends MemberFacts {
  /** The superior to be shown; null while 企业微信 does not know them yet: then nothing is said about it. */
  readonly manager: DesiredManager | null;
}

interface PersonColumns extends Pick<MemberFacts, 'personId' | 'userid' | 'name' | 'state' | 'email'> {
  readonly mobileSealed: string | null;
  readonly managerId: string | null;
  /** 0: nobody gave one. */
  readonly sortOrder: number;
}

type PostColumns = Omit<MemberPost, 'isHead'> & { personId: string; isHead: number | boolean };

/**
 * Read for these people only, always the present state: the read model of everybody would have to be built again
 * after each of a thousand changes.
 * @param personIds at most a few hundred
 */
export async function factsOf(
  reads: Reads,
  personIds: readonly string[],
  personal: Personal,
): Promise<PushFacts[]> {
  if (personIds.length === 0) return [];
  const today = dateOf(reads.now);
  const people: PersonColumns[] = await reads.em.query(
    `select id as personId, userid, name, state, email, mobileSealed, managerId, sortOrder
     from person where id in (${marks(personIds)})`,
    [...personIds],
  );
  const posts: PostColumns[] = await reads.em.query(
    `select a.id as assignmentId, a.personId as personId, a.unitId as unitId, u.departmentId as departmentId,
       a.kind as kind, a.title as title, a.isHead as isHead, a.place as place, a.sinceOn as sinceOn
     from assignment a join unit u on u.id = a.unitId
     where a.personId in (${marks(personIds)}) and u.state = 'active'
       and a.sinceOn <= ? and (a.untilOn is null or a.untilOn > ?)`,
    [...personIds, today, today],
  );
  const postsOf = groupBy(posts, (post) => post.personId);
  const managers = await managersOf(reads, people);
  return people.map(({ mobileSealed, managerId, sortOrder, ...person }) => ({
    ...person,
    sortOrder: sortOrder === 0 ? null : sortOrder,
    mobile: mobileSealed === null ? null : personal.reveal('mobile', mobileSealed),
    posts: (postsOf.get(person.personId) ?? []).map((post) => ({ ...post, isHead: Boolean(post.isHead) })),
    manager: managerId === null ? NOBODY : (managers.get(managerId) ?? null),
  }));
}

const NOBODY: DesiredManager = { personId: null, userid: '' };

/** Superiors who are members of 企业微信 now, by person id. */
async function managersOf(
  reads: Reads,
  people: readonly PersonColumns[],
): Promise<ReadonlyMap<string, DesiredManager>> {
  const ids = [...new Set(people.flatMap((person) => person.managerId ?? []))];
  if (ids.length === 0) return new Map();
  const rows: { personId: string; userid: string }[] = await reads.em.query(
    `select m.id as personId, m.userid as userid from wecom_member_mirror m join person p on p.id = m.id
     where m.id in (${marks(ids)}) and m.written <> '{}' and p.state <> 'left'`,
    ids,
  );
  return new Map(rows.map((row) => [row.personId, row]));
}
