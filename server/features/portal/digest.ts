import { dateOf, instantOf, MINUTE_MS } from '../../kernel/dates.ts';
import { systemActor } from '../../kernel/actor.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import { dailyAt, type Job, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { CardContent } from '../../wecom/cards/index.ts';
import { queueCard } from '../messaging/index.ts';
import { bucketOf } from '../supervision/index.ts';
import type { Todo } from './contract.ts';
import { countTodos, holdersAfter, mostUrgent, type TodoCounts, type TodoDeps } from './todos.ts';

export interface DigestDeps extends TodoDeps {
  readonly db: Db;
  readonly calendar: Calendar;
  readonly publicUrl: string;
}

const DIGEST_JOB = 'portal.digest';
const SHOWN = 3;
const PEOPLE_PER_UNIT = 200;
/** 企业微信 advises against minutes 0 and 30; everybody's digest goes out spread over this many minutes. */
const SPREAD_MINUTES = 20;
const actor = systemActor(`job:${DIGEST_JOB}`);

/** 每日汇总: on working days at 8:35, one notice to each person who holds anything; nothing to the others. */
export function digest(deps: DigestDeps): { jobs: readonly JobDefinition[]; schedules: readonly Schedule[] } {
  return {
    jobs: [{ name: DIGEST_JOB, handle: (job) => sendDigests(deps, job) }],
    schedules: [dailyAt(DIGEST_JOB, 8, 35)],
  };
}

async function sendDigests(deps: DigestDeps, job: Job): Promise<void> {
  const today = dateOf(job.now);
  const isLate = job.now > instantOf(today, 12 * 60);
  // Caught up after downtime: a morning's digest in the afternoon is noise.
  if (deps.calendar.isWorkday(today) !== true || isLate) return;
  let after = '';
  for (;;) {
    const people = await deps.db.read((reads) => holdersAfter(deps, reads, after, PEOPLE_PER_UNIT));
    if (people.length === 0) return;
    await queueFor(deps, people, today, job.now);
    after = people.at(-1) ?? after;
  }
}

async function queueFor(
  deps: DigestDeps,
  people: readonly string[],
  today: string,
  now: number,
): Promise<void> {
  const cards = await deps.db.read((reads) =>
    Promise.all(
      people.map(async (personId) => ({
        personId,
        counts: (await countTodos(deps, reads, personId)).all,
        items: await mostUrgent(deps, reads, personId, SHOWN),
      })),
    ),
  );
  await deps.db.write(actor, async (tx) => {
    for (const { personId, counts, items } of cards) {
      if (counts.total === 0) continue;
      queueCard(
        tx,
        {
          kind: 'portal.digest',
          personId,
          subjectType: 'day',
          subjectId: today,
          ref: today,
          notBefore: now + spread(personId),
        },
        digestCard(counts, items, tx.now, deps.publicUrl),
      );
    }
  });
}

/** The same person at the same minute every day. */
const spread = (personId: string): number =>
  (Number.parseInt(personId.slice(-6), 16) % SPREAD_MINUTES) * MINUTE_MS;

const LABELS = { overdue: '超时', today: '今天', later: '之后' } as const;

export function digestCard(
  counts: TodoCounts,
  items: readonly Todo[],
  now: number,
  publicUrl: string,
): CardContent {
  const parts = [
    ...(counts.overdue > 0 ? [`${counts.overdue} 件超时`] : []),
    ...(counts.today > 0 ? [`${counts.today} 件今天到期`] : []),
  ];
  return {
    cardType: 'text_notice',
    source: { desc: '办公助手' },
    title: `今天有 ${counts.total} 件待办`,
    desc: parts.length > 0 ? parts.join('，') : '都还没到期',
    rows: items.map((item) => ({
      label: LABELS[bucketOf(item.due, now)],
      value: [item.who, item.title].filter(Boolean).join(' '),
    })),
    actionUrl: `${publicUrl}/todo`,
  };
}
