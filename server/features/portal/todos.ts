/**
 * Everything that waits for a person, from every room (S1-2b). Approvals have a list of their own; every other room offers
 * what it asks people for through a source. A source that fails is told of, and the others are still shown.
 */
import { groupBy } from '../../kernel/group-by.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { Approvals } from '../approvals/index.ts';
import { sortAtOf } from '../supervision/index.ts';
import type { Todo } from './contract.ts';

/** How much, and how urgent, as the lists are grouped (`bucketOf`). */
export interface TodoCounts {
  readonly total: number;
  readonly overdue: number;
  readonly today: number;
}

/** The last one shown: what it is sorted by, and its id. */
export interface TodoCursor {
  readonly sortAt: number;
  readonly id: string;
}

export interface TodoSource {
  /** Unique; a person's last known numbers are kept under it. */
  readonly key: string;
  countOf(reads: Reads, personId: string): Promise<TodoCounts>;
  /** By due time (`sortAtOf`), then id. */
  list(
    reads: Reads,
    personId: string,
    page: { readonly limit: number; readonly after: TodoCursor | null },
  ): Promise<readonly Todo[]>;
  /** Who has any, by id, after the one given. */
  holdersAfter(reads: Reads, personId: string, limit: number): Promise<readonly string[]>;
}

export interface TodoDeps {
  readonly approvals: Pick<Approvals, 'countsOf' | 'mostUrgent' | 'holdersAfter'>;
  readonly todoSources: readonly TodoSource[];
  /** A source could not be read. */
  readonly onTrouble: (fields: { readonly source: string; readonly err: unknown }, message: string) => void;
}

export interface AllCounts {
  readonly approvals: TodoCounts;
  /** What other rooms ask for, of the sources that could be read. */
  readonly others: TodoCounts;
  /** All of it. */
  readonly all: TodoCounts;
  /** Copies not read yet. */
  readonly unread: number;
  /** By source; null: it could not be read. */
  readonly bySource: Readonly<Record<string, number | null>>;
}

const APPROVALS = 'approvals';
const NOTHING: TodoCounts = { total: 0, overdue: 0, today: 0 };
const sum = (a: TodoCounts, b: TodoCounts): TodoCounts => ({
  total: a.total + b.total,
  overdue: a.overdue + b.overdue,
  today: a.today + b.today,
});

export async function countTodos(deps: TodoDeps, reads: Reads, personId: string): Promise<AllCounts> {
  const [{ todo, overdue, today, cc }, answers] = await Promise.all([
    deps.approvals.countsOf(reads, personId),
    askEach(deps, (source) => source.countOf(reads, personId)),
  ]);
  const approvals = { total: todo, overdue, today };
  const others = answers.map(({ answer }) => answer ?? NOTHING).reduce(sum, NOTHING);
  return {
    approvals,
    others,
    all: sum(approvals, others),
    unread: cc,
    bySource: Object.fromEntries([
      [APPROVALS, todo],
      ...answers.map(({ key, answer }): [string, number | null] => [key, answer?.total ?? null]),
    ]),
  };
}

/** What other rooms ask this person for, most urgent first. `isWhole`: every source could be read. */
export async function listOthers(
  deps: TodoDeps,
  reads: Reads,
  personId: string,
  page: { readonly limit: number; readonly after: TodoCursor | null },
): Promise<{ items: Todo[]; next: TodoCursor | null; isWhole: boolean }> {
  const more = { ...page, limit: page.limit + 1 };
  const answers = await askEach(deps, (source) => source.list(reads, personId, more));
  const found = answers.flatMap(({ answer }) => answer ?? []).sort(byUrgency);
  const items = found.slice(0, page.limit);
  const last = found.length > page.limit ? items.at(-1) : undefined;
  return {
    items,
    next: last ? { sortAt: sortAtOf(last.due.dueAt), id: last.id } : null,
    isWhole: answers.every(({ answer }) => answer !== null),
  };
}

/** The most urgent of everything. */
export async function mostUrgent(
  deps: TodoDeps,
  reads: Reads,
  personId: string,
  limit: number,
): Promise<Todo[]> {
  const [approvals, { items }] = await Promise.all([
    deps.approvals.mostUrgent(reads, personId, limit),
    listOthers(deps, reads, personId, { limit, after: null }),
  ]);
  return [...approvals.map(todoOf), ...items].sort(byUrgency).slice(0, limit);
}

/** Who holds anything, by id, after the one given. */
export async function holdersAfter(
  deps: TodoDeps,
  reads: Reads,
  personId: string,
  limit: number,
): Promise<string[]> {
  const answers = await askEach(deps, (source) => source.holdersAfter(reads, personId, limit));
  const approvals = await deps.approvals.holdersAfter(reads, personId, limit);
  return firstOf([approvals, ...answers.map(({ answer }) => answer ?? [])], limit);
}

/** The first ids of several lists that are each in order. */
export const firstOf = (lists: readonly (readonly string[])[], limit: number): string[] =>
  [...new Set(lists.flat())].sort().slice(0, limit);

/** `todo` items as the approvals' own list has them. */
type Task = Awaited<ReturnType<Approvals['mostUrgent']>>[number];
const todoOf = ({ id, icon, hue, title, who, unitName, note, state, due, instanceId }: Task): Todo => ({
  id,
  icon,
  hue,
  title,
  who,
  note: [state.words, who, note || unitName].filter(Boolean).join(' · '),
  due,
  path: `/approvals/${instanceId}`,
});

const byUrgency = (a: Todo, b: Todo): number =>
  sortAtOf(a.due.dueAt) - sortAtOf(b.due.dueAt) || (a.id < b.id ? -1 : 1);

interface Answered<T> {
  readonly key: string;
  /** Null: it could not be read. */
  readonly answer: T | null;
}

const askEach = <T>(
  { todoSources, onTrouble }: TodoDeps,
  ask: (source: TodoSource) => Promise<T>,
): Promise<Answered<T>[]> =>
  Promise.all(
    todoSources.map(async (source) => {
      try {
        return { key: source.key, answer: await ask(source) };
      } catch (err) {
        onTrouble({ source: source.key, err }, 'to-dos of a room could not be read');
        return { key: source.key, answer: null };
      }
    }),
  );

/** @throws RangeError when two sources have one key */
export function mustDiffer(sources: readonly TodoSource[]): void {
  const keys = groupBy([{ key: APPROVALS }, ...sources], ({ key }) => key);
  for (const [key, same] of keys) if (same.length > 1) throw new RangeError(`two sources of to-dos: ${key}`);
}
