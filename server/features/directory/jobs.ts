import { z } from 'zod';
import type { Db } from '../../platform/db/unit-of-work.ts';
import {
  enqueue,
  dailyAt,
  everyMinutes,
  RunAgain,
  type Job,
  type JobDefinition,
  type Schedule,
} from '../../platform/jobs/index.ts';
import { PUSH_ALL, PUSH_PEOPLE, PUSH_PERSON, PUSH_UNITS, pushPerson } from './commands/consequences.ts';
import { DELETE_MEMBER } from './commands/member-acts.ts';
import { deleteMemberNow } from './push/delete-member.ts';
import type { Pass } from './push/difference.ts';
import { holdAlone, holdTogether, type Holding } from './push/hold-members.ts';
import { PUSH_ACTOR } from './push/push-actor.ts';
import { createDepartmentPusher, type DepartmentPusher } from './push/push-departments.ts';
import { pushMembers, type Left } from './push/push-members.ts';
import { notInSheet, pushPeople, type PeoplePush } from './push/push-people.ts';
import { PUSH_SHEETS, pushSheets, sheetPass } from './push/sheet/jobs.ts';
import { waitingForSheet } from './push/sheet/store.ts';
import { waitingForCure } from './push/waiting-for-cure.ts';
import type { PushDeps } from './push/write-member.ts';
import { compareTagsJob, nightlyTags } from './tags/compare/jobs.ts';
import { PUSH_TAGS } from './tags/commands.ts';
import { pushTags, type TagDeps } from './tags/push-tags.ts';

const SLICE = 200;
/** Posts that begin or end today reach 企业微信 before people come to work (A6). */
const DAILY_HOUR = 5;
/** Tags follow the directory at their leisure: one look for all changes of five minutes. */
const TAG_MINUTES = 5;

const PASSES = [
  'departments',
  'sheet',
  'people',
  'leaders',
  'managers',
  'order',
  'leavers',
  'removals',
] as const;

const Step = z.object({
  /** Names the run; the keys of its steps carry it. A scheduled run has none and takes the job's own id. */
  run: z.string().optional(),
  pass: z.enum(PASSES).default('departments'),
  /** Last person done in this pass. */
  after: z.string().default(''),
});
type Step = z.infer<typeof Step> & { run: string };

const OnePerson = z.object({ personId: z.string() });
const SeveralPeople = z.object({ personIds: z.array(z.string()) });

/**
 * In bulk, the walk of rule C1 as a chain of short jobs: departments top-down, many new people by sheet, people, leader flags, direct superiors,
 * order values, those who left, departments of dissolved units bottom-up. A crash repeats at most one slice, and
 * repeating costs no call for what the mirror already holds. A change of one person has a job of its own, which waits
 * for nobody else's; people changed by one act share one (D9).
 */
export function directoryJobs(
  deps: PushDeps & TagDeps,
  pushes: boolean,
): { definitions: JobDefinition[]; schedules: Schedule[] } {
  const departments = createDepartmentPusher(deps);
  const alone = holdAlone(deps, 'whole');
  const together = holdTogether(deps);
  const people = { ...deps, departments };
  const pushing = (handle: (job: Job) => Promise<void>) => (pushes ? handle : () => Promise.resolve());
  const afterCure = waitingForCure();
  const tagComparison = compareTagsJob(deps);
  return {
    definitions: [
      { name: PUSH_ALL, handle: pushing((job) => pushAll(deps, departments, job)), exclusive: true },
      {
        name: PUSH_UNITS,
        handle: pushing(async ({ now }) => {
          await departments.write(now);
          await departments.remove(now);
        }),
      },
      {
        name: PUSH_PERSON,
        handle: pushing(afterCure((job) => pushOne(people, together, job))),
      },
      {
        name: PUSH_PEOPLE,
        handle: pushing(afterCure((job) => pushSeveral(people, alone, job))),
      },
      {
        name: DELETE_MEMBER,
        handle: pushing(({ payload, now }) => deleteMemberNow(deps, OnePerson.parse(payload).personId, now)),
      },
      {
        name: PUSH_SHEETS,
        handle: pushing((job) => pushSheets(people, job)),
        exclusive: true,
      },
      { name: PUSH_TAGS, handle: pushing(({ now }) => pushTags(deps, now)) },
      { ...tagComparison, handle: pushing(tagComparison.handle) },
    ],
    schedules: [
      dailyAt(PUSH_ALL, DAILY_HOUR),
      everyMinutes(PUSH_TAGS, TAG_MINUTES),
      ...(pushes ? [nightlyTags] : []),
    ],
  };
}

async function pushOne(deps: PeoplePush, holding: Holding, { id, payload, now }: Job): Promise<void> {
  const [left] = await pushPeople(deps, holding, [OnePerson.parse(payload).personId], { run: id, now });
  if (left) throw new RunAgain(left.at, 'another push writes to this member, or 企业微信 gave no answer');
}

/** Who has to wait does so alone: the others are done (D9). */
async function pushSeveral(deps: PeoplePush, holding: Holding, { id, payload, now }: Job): Promise<void> {
  const left = await pushPeople(deps, holding, SeveralPeople.parse(payload).personIds, { run: id, now });
  if (left.length > 0) await pushLater(deps.db, left, id);
}

const pushLater = (db: Db, left: readonly Left[], stamp: string): Promise<void> =>
  db.write(PUSH_ACTOR, async (tx) => {
    for (const { personId, at } of left) pushPerson(tx, personId, stamp, at);
  });

async function pushAll(deps: PushDeps, departments: DepartmentPusher, job: Job): Promise<void> {
  const payload = Step.parse(job.payload);
  const step: Step = { ...payload, run: payload.run ?? job.id };
  const next = await takeStep(deps, departments, step, job);
  if (!next) return;
  await deps.db.write(PUSH_ACTOR, async (tx) => {
    enqueue(tx, { name: PUSH_ALL, key: `${next.run}:${next.pass}:${next.after}`, payload: next });
  });
}

async function takeStep(
  deps: PushDeps,
  departments: DepartmentPusher,
  step: Step,
  job: Job,
): Promise<Step | null> {
  const { now } = job;
  const following = PASSES[PASSES.indexOf(step.pass) + 1];
  const next = following ? { run: step.run, pass: following, after: '' } : null;
  if (step.pass === 'departments') await departments.write(now);
  else if (step.pass === 'sheet') await sheetPass({ ...deps, departments }, step.run, job);
  else if (step.pass === 'removals') await departments.remove(now);
  else return pushSlice(deps, step, step.pass, next, now);
  return next;
}

async function pushSlice(
  deps: PushDeps,
  step: Step,
  pass: Pass,
  next: Step | null,
  now: number,
): Promise<Step | null> {
  const personIds = await slice(deps, step.after, pass === 'leavers');
  const waiting = await deps.db.read((reads) => waitingForSheet(reads, step.after, SLICE));
  const own = personIds.filter((id) => !waiting.has(id));
  const left = await pushMembers(deps, own, pass, now);
  const later = await notInSheet(deps.db, left);
  if (later.length > 0) await pushLater(deps.db, later, `${step.run}:${pass}`);
  const last = personIds.at(-1);
  return last !== undefined && personIds.length === SLICE ? { ...step, after: last } : next;
}

function slice({ db }: PushDeps, after: string, left: boolean): Promise<string[]> {
  return db.read(async ({ em }) => {
    const rows: { id: string }[] = await em.query(
      `select id from person where id > ? and state ${left ? '=' : '<>'} 'left' order by id limit ?`,
      [after, SLICE],
    );
    return rows.map((row) => row.id);
  });
}
