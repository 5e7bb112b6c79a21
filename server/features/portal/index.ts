import { groupBy } from '../../kernel/group-by.ts';
import type { Db, Reads } from '../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../platform/http/route.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import type { JobDefinition, Schedule } from '../../platform/jobs/index.ts';
import type { Approvals } from '../approvals/index.ts';
import { HomeAnswer } from './contract.ts';
import { digest } from './digest.ts';

export interface PortalDeps {
  readonly db: Db;
  readonly approvals: Approvals;
  readonly calendar: Calendar;
  readonly publicUrl: string;
}

export interface Portal {
  readonly routes: readonly Route[];
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
}

const MOST_URGENT = 3;

/** The home page: to-dos of every room in one place, and the entries this person may use. */
export function createPortal(deps: PortalDeps): Portal {
  const { db, approvals } = deps;
  return {
    ...digest(deps),
    routes: [
      route({
        method: 'get',
        path: '/api/home',
        summary: 'What I owe, what concerns me, where I can go',
        auth: 'person',
        answer: HomeAnswer,
        handle: ({ actor }) => db.read((reads) => home(reads, approvals, actor.personId)),
      }),
    ],
  };
}

async function home(reads: Reads, approvals: Approvals, personId: string): Promise<HomeAnswer> {
  const [counts, items, templates, own] = await Promise.all([
    approvals.countsOf(reads, personId),
    approvals.mostUrgent(reads, personId, MOST_URGENT),
    approvals.templatesInForce(reads),
    approvals.ownRunning(reads, personId, MOST_URGENT),
  ]);
  return {
    todo: { count: counts.todo, overdue: counts.overdue, dueToday: counts.today, items },
    mine: own.map((item) => ({
      id: item.id,
      icon: item.icon,
      text: `${item.title}，${item.state.words}`,
      path: `/approvals/${item.instanceId}`,
      tone: 'normal' as const,
    })),
    entries: [...groupBy(templates, (template) => template.group)].map(([group, members]) => ({
      group,
      items: members.map(({ key, title, icon, hue }) => ({
        id: key,
        title,
        icon,
        hue,
        path: `/apply/${key}`,
      })),
    })),
    badges: { todo: counts.todo, cc: counts.cc },
  };
}
