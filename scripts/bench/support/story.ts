import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../../server/app.ts';
import type { PersonActor } from '../../../server/kernel/actor.ts';
import { addDays, dateOf } from '../../../server/kernel/dates.ts';
import { actOnTask } from '../../../server/features/approvals/commands/act.ts';
import { forecastRequest, submitRequest } from '../../../server/features/approvals/commands/submit.ts';
import type { SubmitRequest } from '../../../server/features/approvals/contract.ts';
import { seedDemo } from '../../seed.ts';

export interface Applicant {
  readonly actor: PersonActor;
  readonly userid: string;
  readonly assignmentId: string;
}

/** Leave of 3.5 working days: the head of the department, then two leaders who must both agree. */
export interface StoryBook {
  readonly applicants: readonly Applicant[];
  /** How many different requests there are: every applicant once a week. */
  readonly size: number;
  /** @param n 0, 1, 2 …; no two overlap (R39) */
  request(n: number): { applicant: Applicant; request: SubmitRequest };
}

/** The demo college, in an empty database. */
export async function seed(app: App): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-seed-'));
  await seedDemo(join(folder, 'roster.xlsx'), app);
  rmSync(folder, { recursive: true, force: true });
}

/** Session epochs by person; 0 for who is not in it. Whoever was given a role had earlier sessions revoked. */
export async function epochsOf(app: App): Promise<ReadonlyMap<string, number>> {
  const rows = await app.db.read((reads) =>
    reads.em.query<{ id: string; epoch: number }[]>('select id, epoch from person_session'),
  );
  return new Map(rows.map(({ id, epoch }) => [id, Number(epoch)]));
}

export async function openStoryBook(app: App): Promise<StoryBook> {
  const ctx = app.approvals.context;
  const { version } = await app.db.read((reads) => ctx.templates.latest(reads, 'leave'));
  const weeks = plainWeeks(app, dateOf(ctx.clock.now()));
  const draft = (assignmentId: string, monday: string) => ({
    templateKey: 'leave',
    version,
    assignmentId,
    form: {
      type: 'personal',
      range: { from: monday, fromHalf: 'pm' as const, to: addDays(monday, 3), toHalf: 'pm' as const },
      reason: '回乡处理家中事务',
    },
  });
  const applicants: Applicant[] = [];
  const org = await app.db.read(ctx.orgOf);
  const { people } = await app.db.read(async (reads) => ({
    people: (await app.directory.orgOf(reads)).people(),
  }));
  for (const { personId, name, userid } of people) {
    const [post] = org.assignmentsOf(personId);
    if (!post) continue;
    const actor: PersonActor = { kind: 'person', personId, name, roles: ['staff'], via: 'h5' };
    const { canSubmit, path } = await app.db.read((reads) =>
      forecastRequest(ctx, reads, actor, draft(post.assignmentId, weeks[0] ?? '')),
    );
    const [head, joint] = path.filter((step) => step.mode !== 'cc').map((step) => step.people);
    const approvers = [...(head ?? []), ...(joint ?? [])].map((person) => person.personId);
    const usual = head?.length === 1 && joint?.length === 2 && new Set(approvers).size === 3;
    if (canSubmit && usual && !approvers.includes(personId))
      applicants.push({ actor, userid, assignmentId: post.assignmentId });
  }
  return {
    applicants,
    size: applicants.length * weeks.length,
    request(n) {
      const applicant = applicants[n % applicants.length];
      const monday = weeks[Math.floor(n / applicants.length)];
      if (!applicant || monday === undefined) throw new RangeError(`the story book ends before ${n}`);
      return { applicant, request: { ...draft(applicant.assignmentId, monday), clientKey: randomUUID() } };
    },
  };
}

const LAST_DAY_BACK = 28;
const WEEKS_AHEAD = 52;

/** Mondays of weeks whose first four days are ordinary working days, four weeks back and a year ahead. */
function plainWeeks(app: App, today: string): string[] {
  const first = addDays(today, -LAST_DAY_BACK);
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay();
  const monday = addDays(first, (8 - weekday) % 7);
  return Array.from({ length: WEEKS_AHEAD }, (_, week) => addDays(monday, week * 7)).filter((from) =>
    [0, 1, 2, 3].every((day) => app.supervision.calendar.dayKind(addDays(from, day)) === 'workday'),
  );
}

export interface OpenTask {
  readonly taskId: string;
  readonly personId: string;
}

export async function submitStory(app: App, book: StoryBook, n: number): Promise<string> {
  const { applicant, request } = book.request(n);
  return (await submitRequest(app.approvals.context, applicant.actor, request)).instanceId;
}

export const openTasks = (app: App, instanceId: string): Promise<OpenTask[]> =>
  app.db.read((reads) =>
    reads.em.query<OpenTask[]>(
      `select id as taskId, personId from approval_task where instanceId = ? and status = 'pending' order by id`,
      [instanceId],
    ),
  );

/** 同意 by the holder; answers who has the ball now. */
export async function approve(app: App, { taskId, personId }: OpenTask): Promise<OpenTask[]> {
  const actor: PersonActor = { kind: 'person', personId, name: '审批人', roles: ['staff'], via: 'h5' };
  const { decision } = await actOnTask(app.approvals.context, actor, taskId, { type: 'approve' });
  return decision.state.tasks
    .filter((task) => task.status === 'pending')
    .map((task) => ({ taskId: task.taskId, personId: task.person.personId }));
}

/** Create and three approvals, each by its command. */
export async function tellStory(app: App, book: StoryBook, n: number): Promise<void> {
  const instanceId = await submitStory(app, book, n);
  let waiting = await openTasks(app, instanceId);
  let approvals = 0;
  for (let [task] = waiting; task; [task] = waiting) {
    waiting = await approve(app, task);
    approvals += 1;
  }
  if (approvals !== 3) throw new Error(`expected 3 approvals, there were ${approvals}`);
}
