import type { Db, Reads } from '../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../platform/http/route.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import type { JobDefinition, Schedule } from '../../platform/jobs/index.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Supervision } from '../supervision/index.ts';
import { EntriesAnswer, HomeAnswer } from './contract.ts';
import { digest } from './digest.ts';
import { workbench, type WorkbenchDeps } from './workbench.ts';
import { atHome, grouped, searchable, type HomeEntry } from './entries.ts';

export type { HomeEntry } from './entries.ts';
export { enqueueWorkbench, noteMoved } from './workbench.ts';

export interface PortalDeps extends Pick<WorkbenchDeps, 'workbench' | 'useridOf'> {
  readonly db: Db;
  readonly approvals: Approvals;
  readonly supervision: Pick<Supervision, 'listHeld' | 'dueOf'>;
  readonly calendar: Calendar;
  readonly publicUrl: string;
  /** Entries of rooms without a template, for whoever may use them; they stand in groups of their names. */
  readonly entriesOf: (reads: Reads, personId: string) => Promise<readonly HomeEntry[]>;
}

export interface Portal {
  readonly routes: readonly Route[];
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
}

const MOST_URGENT = 3;
const APPROVALS = 'approval';

/** The home page: to-dos of every room in one place, and the entries this person may use. */
export function createPortal(deps: PortalDeps): Portal {
  const { db } = deps;
  const [daily, tile] = [digest(deps), workbench(deps)];
  return {
    jobs: [...daily.jobs, ...tile.jobs],
    schedules: [...daily.schedules, ...tile.schedules],
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
  const { approvals, supervision } = deps;
  const [counts, items, own, duties, entries] = await Promise.all([
    approvals.countsOf(reads, personId),
    approvals.mostUrgent(reads, personId, MOST_URGENT),
    approvals.ownRunning(reads, personId, MOST_URGENT),
    // What is to be approved is told above.
    supervision.listHeld(reads, personId, { limit: MOST_URGENT, besides: APPROVALS }),
    allEntries(deps, reads, personId),
  ]);
  return {
    todo: { count: counts.todo, overdue: counts.overdue, dueToday: counts.today, items },
    mine: [...duties.map((row) => dutyRow(row, supervision.dueOf(row, reads.now))), ...own.map(ownRow)].slice(
      0,
      MOST_URGENT,
    ),
    ...atHome(entries),
    badges: { todo: counts.todo, cc: counts.cc },
  };
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
type Duty = Awaited<ReturnType<Supervision['listHeld']>>[number];
type Due = ReturnType<Supervision['dueOf']>;

const ownRow = ({ id, icon, title, state, instanceId }: Own): Mine => ({
  id,
  icon,
  text: `${title}，${state.words}`,
  path: `/approvals/${instanceId}`,
  tone: 'normal',
});

/** What somebody owes besides approvals: a report to send in, a letter to answer, a source that cannot be read. */
const dutyRow = ({ id, title, path }: Duty, { words, state }: Due): Mine => ({
  id,
  icon: 'clock',
  text: words === '' ? title : `${title}，${words}`,
  path,
  tone: state === 'overdue' ? 'red' : state === 'today' || state === 'amber' ? 'amber' : 'normal',
});
