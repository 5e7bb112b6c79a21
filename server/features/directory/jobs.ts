import { z } from 'zod';
import {
  enqueue,
  dailyAt,
  everyMinutes,
  RunAgain,
  type Job,
  type JobDefinition,
  type Schedule,
} from '../../platform/jobs/index.ts';
import { PUSH_ALL, PUSH_PERSON, PUSH_UNITS, pushPerson } from './commands/consequences.ts';
import { DELETE_MEMBER } from './commands/member-acts.ts';
import { deleteMemberNow } from './push/delete-member.ts';
import type { Pass } from './push/difference.ts';
import { holdTogether, type Holding } from './push/hold-members.ts';
import { memberMirrors } from './push/mirror-store.ts';
import { PUSH_ACTOR } from './push/push-actor.ts';
import { createDepartmentPusher, type DepartmentPusher } from './push/push-departments.ts';
import { pushDue, pushMembers } from './push/push-members.ts';
import { PUSH_SHEETS, pushSheets, sheetPass } from './push/sheet/jobs.ts';
import { isGathering, membersInSheet, waitingForSheet } from './push/sheet/store.ts';
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

/**
 * In bulk, the walk of rule C1 as a chain of short jobs: departments top-down, many new people by sheet, people, leader flags, direct superiors,
 * order values, those who left, departments of dissolved units bottom-up. A crash repeats at most one slice, and
 * repeating costs no call for what the mirror already holds. A change of one person has a job of its own, which waits
 * for nobody else's (D9).
 */
export function directoryJobs(
  deps: PushDeps & TagDeps,
  pushes: boolean,
): { definitions: JobDefinition[]; schedules: Schedule[] } {
  const departments = createDepartmentPusher(deps);
  const together = holdTogether(deps);
  const pushing = (handle: (job: Job) => Promise<void>) => (pushes ? handle : () => Promise.resolve());
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
        handle: pushing(waitingForCure((job) => pushOne(deps, departments, together, job))),
      },
      {
        name: DELETE_MEMBER,
        handle: pushing(({ payload, now }) => deleteMemberNow(deps, OnePerson.parse(payload).personId, now)),
      },
      {
        name: PUSH_SHEETS,
        handle: pushing((job) => pushSheets({ ...deps, departments }, job)),
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

async function pushOne(
  deps: PushDeps,
  departments: DepartmentPusher,
  holding: Holding,
  { id, payload, now }: Job,
): Promise<void> {
  const { personId } = OnePerson.parse(payload);
  const [due] = await holding.due([personId]);
  if (!due) return;
  const isNew = due.call?.kind === 'create';
  // Newcomers of a personnel run go together; who was refused before has a cure of their own to wait for.
  if (isNew && due.mirror?.state !== 'failed' && (await deps.db.read(isGathering))) return;
  // A member can only be put into a department that is there.
  if (due.missing.length > 0) await departments.write(now);
  const [left] = await pushDue(deps, holding, [due], now);
  // Looked at again when the sheet is done.
  if (left && (await deps.db.read((reads) => membersInSheet(reads, [personId]))).size > 0) return;
  if (left) throw new RunAgain(left.at, 'another push writes to this member, or 企业微信 gave no answer');
  if (isNew) await pushReports(deps, personId, id);
}

/** People who could not be shown under their superior while 企业微信 did not know the superior. */
async function pushReports({ db }: PushDeps, managerId: string, run: string): Promise<void> {
  await db.write(PUSH_ACTOR, async (tx) => {
    const isThere = (await memberMirrors(tx, [managerId])).get(managerId)?.state === 'written';
    if (!isThere) return;
    const reports: { id: string }[] = await tx.em.query(
      `select p.id as id from person p join wecom_member_mirror m on m.id = p.id
       where p.managerId = ? and p.state <> 'left' and m.written <> '{}'`,
      [managerId],
    );
    for (const { id } of reports) pushPerson(tx, id, `under:${run}`);
  });
}

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
  // Whoever is in somebody else's sheet is looked at again when it is done.
  const inSheet = await deps.db.read((reads) =>
    membersInSheet(
      reads,
      left.map(({ personId }) => personId),
    ),
  );
  if (left.length > inSheet.size)
    await deps.db.write(PUSH_ACTOR, async (tx) => {
      for (const { personId, at } of left)
        if (!inSheet.has(personId)) pushPerson(tx, personId, `${step.run}:${pass}`, at);
    });
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
