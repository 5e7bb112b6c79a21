import { dateOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { PostGoal } from './roster/plan-posts.ts';
import { AssignmentTable } from './tables.ts';

export interface Lookups {
  personIdOf(reads: Reads, staffNo: string): Promise<string | null>;
  unitIdOf(reads: Reads, code: string): Promise<string | null>;
  /** As goals, so that they can be given back changed to `changePosts`. The main post first. */
  postsOf(reads: Reads, personId: string): Promise<PostGoal[]>;
}

const idIn = async (reads: Reads, sql: string, value: string): Promise<string | null> => {
  const rows: { id: string }[] = await reads.em.query(sql, [value]);
  return rows[0]?.id ?? null;
};

export const lookups: Lookups = {
  personIdOf: (reads, staffNo) => idIn(reads, 'select id from person where staffNo = ?', staffNo),
  unitIdOf: (reads, code) => idIn(reads, 'select id from unit where code = ?', code),
  async postsOf(reads, personId) {
    const today = dateOf(reads.now);
    const rows = await reads.em.getRepository(AssignmentTable).findBy({ personId });
    return rows
      .filter((row) => row.untilOn === null || row.untilOn > today)
      .sort((a, b) => (a.kind === b.kind ? (a.sinceOn < b.sinceOn ? -1 : 1) : a.kind === 'main' ? -1 : 1))
      .map(({ id: _id, personId: _personId, version: _version, ...post }) => post);
  },
};
