import type { Reads } from '../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../platform/http/route.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import type { JobDefinition, Schedule } from '../../platform/jobs/index.ts';
import type { Approvals } from '../approvals/index.ts';
import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';
import type { ChatCommand } from '../messaging/index.ts';
import { EntriesAnswer, HomeAnswer, TodosAnswer, TodosQuery } from './contract.ts';
import { digest } from './digest.ts';
import { workbench, type WorkbenchDeps } from './workbench.ts';
import { atHome, grouped, searchable, type HomeEntry } from './entries.ts';
import { todoChat } from './todo-chat.ts';
import { countTodos, listOthers, mostUrgent, mustDiffer, type TodoCursor } from './todos.ts';

export type { HomeEntry } from './entries.ts';
export { portalTables } from './tables.ts';
export type { TodoCounts, TodoSource } from './todos.ts';
export { enqueueWorkbench, noteMoved } from './workbench.ts';

export interface PortalDeps extends WorkbenchDeps {
  readonly approvals: Approvals;
  readonly calendar: Calendar;
  /** Entries of rooms without a template, for whoever may use them; they stand in groups of their names. */
  readonly entriesOf: (reads: Reads, personId: string) => Promise<readonly HomeEntry[]>;
}

export interface Portal {
  readonly routes: readonly Route[];
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
  readonly keepings: readonly Keeping[];
  /** Fill for `messaging.onChat`. */
  readonly chat: ChatCommand;
}

const MOST_URGENT = 3;

/** The home page: to-dos of every room in one place, and the entries this person may use. */
export function createPortal(deps: PortalDeps): Portal {
  const { db } = deps;
  mustDiffer(deps.todoSources);
  const [daily, tile] = [digest(deps), workbench(deps)];
  return {
    jobs: [...daily.jobs, ...tile.jobs],
    schedules: [...daily.schedules, ...tile.schedules],
    keepings: [
      deleteRows(db, { kind: 'portal.tiles', atLeastDays: 30, table: 'workbench_tile', since: 'saidAt' }),
    ],
    chat: todoChat(deps),
    routes: [
      route({
        method: 'get',
        path: '/api/home',
        summary: 'What I owe, what concerns me, where I can go',
        auth: 'person',
        answer: HomeAnswer,
        handle: ({ actor }) => db.read((reads) => home(deps, reads, actor.personId)),
      }),
      route({
        method: 'get',
        path: '/api/todos',
        summary: 'What waits for me besides approvals, most urgent first',
        auth: 'person',
        query: TodosQuery,
        answer: TodosAnswer,
        handle: ({ actor, query }) => db.read((reads) => todos(deps, reads, actor.personId, query)),
      }),
      route({
        method: 'get',
        path: '/api/home/entries',
        summary: 'Everything I may apply for or use, by group',
        auth: 'person',
        answer: EntriesAnswer,
        handle: ({ actor }) =>
          db.read(async (reads) => searchable(await allEntries(deps, reads, actor.personId))),
      }),
    ],
  };
}

async function allEntries({ approvals, entriesOf }: PortalDeps, reads: Reads, personId: string) {
  const [templates, rooms] = await Promise.all([
    approvals.templatesOffered(reads),
    entriesOf(reads, personId),
  ]);
  return grouped([...rooms, ...templates.map(entryOf)]);
}

async function home(deps: PortalDeps, reads: Reads, personId: string): Promise<HomeAnswer> {
  const { approvals } = deps;
  const [{ all, others, ...counts }, items, own, entries] = await Promise.all([
    countTodos(deps, reads, personId),
    mostUrgent(deps, reads, personId, MOST_URGENT),
    approvals.ownRunning(reads, personId, MOST_URGENT),
    allEntries(deps, reads, personId),
  ]);
  return {
    todo: { count: all.total, overdue: all.overdue, dueToday: all.today, items },
    mine: own.map(ownRow),
    ...atHome(entries),
    badges: { approvals: counts.approvals.total, others: others.total, cc: counts.unread },
  };
}

async function todos(
  deps: PortalDeps,
  reads: Reads,
  personId: string,
  { cursor, limit }: TodosQuery,
): Promise<TodosAnswer> {
  const [{ all, others }, { items, next, isWhole }] = await Promise.all([
    countTodos(deps, reads, personId),
    listOthers(deps, reads, personId, { limit, after: cursorOf(cursor) }),
  ]);
  return {
    items,
    next: next === null ? null : `${String(next.sortAt)}.${next.id}`,
    count: others.total,
    all: all.total,
    whole: isWhole,
  };
}

function cursorOf(cursor: string | undefined): TodoCursor | null {
  const [sortAt, id] = cursor?.split('.') ?? [];
  return sortAt === undefined || id === undefined ? null : { sortAt: Number(sortAt), id };
}

type Template = Awaited<ReturnType<Approvals['templatesOffered']>>[number];
const entryOf = ({ group, key, title, icon, hue }: Template) => ({
  group,
  id: key,
  title,
  icon,
  hue,
  path: `/apply/${key}`,
});

type Mine = HomeAnswer['mine'][number];
type Own = Awaited<ReturnType<Approvals['ownRunning']>>[number];

const ownRow = ({ id, icon, title, state, instanceId }: Own): Mine => ({
  id,
  icon,
  text: `${title}，${state.words}`,
  path: `/approvals/${instanceId}`,
});
