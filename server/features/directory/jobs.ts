import { z } from 'zod';
import { enqueue, dailyAt, type Job, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import { PUSH_ALL, PUSH_PERSON } from './commands/consequences.ts';
import { revisionStamp } from './load-org.ts';
import { pushDepartments } from './push/push-departments.ts';
import { PUSH_ACTOR, pushMembers, type PushDeps } from './push/push-members.ts';
import type { Pass } from './push/difference.ts';

const SLICE = 200;
/** Posts that begin or end today reach 企业微信 before people come to work (A6). */
const DAILY_HOUR = 5;

const NEXT_PASS = { departments: 'people', people: 'leaders', leaders: 'order', order: null } as const;

const Step = z.object({
  /** Names the run; the keys of its steps carry it. A scheduled run has none and takes the job's own id. */
  run: z.string().optional(),
  pass: z.enum(['departments', 'people', 'leaders', 'order']).default('departments'),
  /** Last person done in this pass. */
  after: z.string().default(''),
});
type Step = z.infer<typeof Step> & { run: string };

const OnePerson = z.object({ personId: z.string() });

/**
 * The walk of rule C1 as a chain of short jobs: departments top-down, then people, then leader flags, then order
 * values. A crash repeats at most one slice, and repeating costs no call for what the mirror already holds.
 */
export function directoryJobs(
  deps: PushDeps,
  pushes: boolean,
): { definitions: JobDefinition[]; schedules: Schedule[] } {
  const pushAll = async (job: Job) => {
    if (!pushes) return;
    const payload = Step.parse(job.payload);
    const step: Step = { ...payload, run: payload.run ?? job.id };
    const next = await takeStep(deps, step, job.now);
    if (next) await enqueueStep(deps, next);
  };
  const pushPerson = async (job: Job) => {
    if (!pushes) return;
    const { personId } = OnePerson.parse(job.payload);
    const stamp = await pushMembers(deps, [personId], 'whole', job.now);
    await pushAgainIfChanged(deps, stamp);
  };
  return {
    definitions: [
      { name: PUSH_ALL, handle: pushAll, exclusive: true },
      { name: PUSH_PERSON, handle: pushPerson },
    ],
    schedules: [dailyAt(PUSH_ALL, DAILY_HOUR)],
  };
}

async function takeStep(deps: PushDeps, step: Step, now: number): Promise<Step | null> {
  const { pass } = step;
  if (pass === 'departments') {
    await pushDepartments(deps, now);
    return { run: step.run, pass: 'people', after: '' };
  }
  const personIds = await slice(deps, step.after);
  const stamp = await pushMembers(deps, personIds, pass satisfies Pass, now);
  const last = personIds.at(-1);
  if (last !== undefined && personIds.length === SLICE) return { ...step, after: last };
  const following = NEXT_PASS[pass];
  if (following) return { run: step.run, pass: following, after: '' };
  await pushAgainIfChanged(deps, stamp);
  return null;
}

function slice({ db }: PushDeps, after: string): Promise<string[]> {
  return db.read(async ({ em }) => {
    const rows: { id: string }[] = await em.query('select id from person where id > ? order by id limit ?', [
      after,
      SLICE,
    ]);
    return rows.map((row) => row.id);
  });
}

function enqueueStep({ db }: PushDeps, step: Step): Promise<void> {
  return db.write(PUSH_ACTOR, async (tx) => {
    enqueue(tx, { name: PUSH_ALL, key: `${step.run}:${step.pass}:${step.after}`, payload: step });
  });
}

/** What changed while we wrote may have been written from the old state by us after the change's own job: look again. */
async function pushAgainIfChanged(deps: PushDeps, stamp: string): Promise<void> {
  const present = await deps.db.read(revisionStamp);
  if (present === stamp) return;
  await enqueueStep(deps, { run: `${present}:again`, pass: 'departments', after: '' });
}
