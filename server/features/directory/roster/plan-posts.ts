import type { AssignmentRow } from '../tables.ts';
import type { PostRecord } from './records.ts';

export interface Change<Row> {
  readonly row: Row;
  readonly changes: Partial<Row>;
}

export type PostGoal = Pick<
  AssignmentRow,
  'unitId' | 'kind' | 'title' | 'isHead' | 'headRank' | 'sinceOn' | 'untilOn' | 'place'
>;

export interface PostPlan {
  readonly created: readonly AssignmentRow[];
  readonly changed: readonly Change<AssignmentRow>[];
}

/**
 * From the posts a person has to the posts they shall have. A post is recognised by unit and first day, else by
 * unit among the open ones; an open post that is not wanted any more ends today and stays as history (C12).
 */
export function planPosts(
  personId: string,
  stored: readonly AssignmentRow[],
  goals: readonly PostGoal[],
  today: string,
  newId: () => string,
): PostPlan {
  const left = new Set(stored);
  const take = (fits: (row: AssignmentRow) => boolean) => {
    const found = [...left].find(fits);
    if (found) left.delete(found);
    return found;
  };
  const isOpen = (row: AssignmentRow) => row.untilOn === null || row.untilOn > today;
  const created: AssignmentRow[] = [];
  const changed: Change<AssignmentRow>[] = [];
  const exact = goals.map((goal) =>
    take((row) => row.unitId === goal.unitId && row.sinceOn === goal.sinceOn),
  );
  goals.forEach((goal, at) => {
    const row = exact[at] ?? take((other) => other.unitId === goal.unitId && isOpen(other));
    if (!row) created.push({ id: newId(), personId, version: 1, ...goal });
    else changed.push(...changeOf(row, goal));
  });
  for (const row of left) {
    if (isOpen(row)) changed.push({ row, changes: { untilOn: row.sinceOn < today ? today : row.sinceOn } });
  }
  // A future post that ends before it begins was already taken back.
  return { created, changed: changed.filter(({ row, changes }) => differs(row, changes)) };
}

/** Only the fields that differ; nothing when none does. */
export function changeOf<Row extends object>(row: Row, goal: Partial<Row>): Change<Row>[] {
  const keys = (Object.keys(goal) as (keyof Row)[]).filter(
    (key) => goal[key] !== undefined && goal[key] !== row[key],
  );
  if (keys.length === 0) return [];
  return [{ row, changes: Object.fromEntries(keys.map((key) => [key, goal[key]])) as Partial<Row> }];
}

const differs = <Row extends object>(row: Row, changes: Partial<Row>) => changeOf(row, changes).length > 0;

export function postGoal(record: PostRecord, unitId: string): PostGoal {
  const { kind, title, isHead, headRank, sinceOn, untilOn, place } = record;
  return { unitId, kind, title, isHead, headRank, sinceOn, untilOn, place };
}
