import { reading } from '../../../connector/reading.ts';
import { systemActor } from '../../../kernel/actor.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { MemberAnswer } from '../../../wecom/index.ts';
import { authorless, noteAuthors, readLog } from './authors.ts';
import { settleAlone } from './automatic.ts';
import { compareDetails, DEPARTMENTS_AT_ONCE, listedFirst, ourDepartmentIds } from './compare-details.ts';
import {
  compareMemberships,
  compareStrangers,
  writtenPeople,
  type Memberships,
} from './compare-memberships.ts';
import { compareUnits } from './compare-units.ts';
import type { DriftContext } from './deps.ts';
import { readDepartments, readMemberships } from './read-wecom.ts';
import { lookAgain } from './recheck.ts';
import { endRun, goOn } from './run-store.ts';
import type { Source } from './store.ts';
import { DriftRunTable, type DriftRunRow, type Phase } from './tables.ts';

export const DRIFT_ACTOR = systemActor('job:directory.drift');

const nightly = ({ sockets: { answeredHr } }: DriftContext): Source => ({
  foundBy: 'nightly',
  happenedAt: null,
  answeredHr,
});

/**
 * One step of a run. What it read is recorded together with the place it got to and the job of the next step, so a
 * crash repeats the step's reading and nothing else; a step that comes twice finds the run further on.
 */
export async function takeStep(ctx: DriftContext, runId: string, now: number): Promise<void> {
  const run = await ctx.db.read((reads) => reads.em.getRepository(DriftRunTable).findOneBy({ id: runId }));
  if (run?.state !== 'running') return;
  await STEPS[run.phase](ctx, run, now);
}

const STEPS: Readonly<Record<Phase, (ctx: DriftContext, run: DriftRunRow, now: number) => Promise<void>>> = {
  units: stepUnits,
  members: stepMembers,
  details: stepDetails,
  finish: stepFinish,
};

async function stepUnits(ctx: DriftContext, run: DriftRunRow, now: number): Promise<void> {
  // Nothing was written yet: everything there would look foreign.
  const isEmpty = (await ctx.db.read((reads) => writtenPeople(reads, ''))).length === 0;
  if (isEmpty) return void (await ctx.db.write(DRIFT_ACTOR, (tx) => endRun(tx, run, {})));
  const tree = await readDepartments(ctx.wecom, now);
  await ctx.db.write(DRIFT_ACTOR, async (tx) => {
    const { units, unsure } = await compareUnits(tx, tree, nightly(ctx));
    lookAgain(tx, 'department', unsure.map(String));
    await goOn(tx, run, { phase: 'members', units, refusedCode: tree.refused });
  });
}

async function stepMembers(ctx: DriftContext, run: DriftRunRow, now: number): Promise<void> {
  const members = await compareEverybody(ctx, now, nightly(ctx));
  await ctx.db.write(DRIFT_ACTOR, (tx) => goOn(tx, run, { phase: 'details', members }));
}

/** Existence and departments of everybody, and strangers: user/list_id as a whole, then page by page of ours. */
export async function compareEverybody(ctx: DriftContext, now: number, source: Source): Promise<number> {
  const members: Memberships = await readMemberships(ctx.wecom, now);
  await ctx.db.write(DRIFT_ACTOR, (tx) => compareStrangers(tx, members, source));
  let present = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const personIds: string[] = await ctx.db.read((reads) => writtenPeople(reads, after ?? ''));
    if (personIds.length === 0) break;
    present += await ctx.db.write(DRIFT_ACTOR, async (tx) => {
      const compared = await compareMemberships(ctx, tx, personIds, members, source);
      lookAgain(tx, 'member', compared.unsure);
      return compared.present;
    });
    after = personIds.at(-1);
  }
  return present;
}

async function stepDetails(ctx: DriftContext, run: DriftRunRow, now: number): Promise<void> {
  const ours = await ctx.db.read(ourDepartmentIds);
  const due = [...ours].filter((id) => id > run.afterDepartment).sort((a, b) => a - b);
  const { members, refused, last } = await readDetails(ctx, due.slice(0, DEPARTMENTS_AT_ONCE), ours, now);
  await ctx.db.write(DRIFT_ACTOR, async (tx) => {
    const { detailed, unsure } = await compareDetails(ctx, tx, members, nightly(ctx));
    lookAgain(tx, 'member', unsure);
    const isOver = due.length <= DEPARTMENTS_AT_ONCE;
    await goOn(tx, run, {
      phase: isOver ? 'finish' : 'details',
      afterDepartment: isOver ? run.afterDepartment : last,
      detailed: run.detailed + detailed,
      refusedCode: refused ?? run.refusedCode,
    });
  });
}

/** One call per department, one after another. A department the app may not see is left out and told. */
async function readDetails(
  { wecom }: DriftContext,
  departmentIds: readonly number[],
  ours: ReadonlySet<number>,
  now: number,
): Promise<{ members: MemberAnswer[]; refused: number | null; last: number }> {
  const members: MemberAnswer[] = [];
  let refused: number | null = null;
  for (const id of departmentIds) {
    const answer = await reading(now, () => wecom.user.list(id));
    if ('value' in answer) members.push(...listedFirst(answer.value, id, ours));
    else if (answer.refused !== NO_SUCH_DEPARTMENT) refused = answer.refused;
  }
  return { members, refused, last: departmentIds.at(-1) ?? 0 };
}

/** A unit that is not written yet, or was deleted there, which is told as a difference of its own. */
const NO_SUCH_DEPARTMENT = 60003;

async function stepFinish(ctx: DriftContext, run: DriftRunRow, now: number): Promise<void> {
  await nameAuthors(ctx, run.startedAt, now);
  await ctx.db.write(DRIFT_ACTOR, async (tx) => {
    const found = await foundSince(tx, run.startedAt);
    const { isMass } = await settleAlone(ctx, tx);
    await endRun(tx, run, { found, mass: isMass });
  });
}

/** Ask the administrators' log about what was found since; nothing found, no call. */
export async function nameAuthors(ctx: DriftContext, since: number, now: number): Promise<void> {
  const rows = await ctx.db.read((reads) => authorless(reads, since));
  if (rows.length === 0) return;
  const acts = await readLog(ctx, now);
  if (!acts || acts.length === 0) return;
  await ctx.db.write(DRIFT_ACTOR, async (tx) => noteAuthors(ctx, tx, await authorless(tx, since), acts));
}

async function foundSince(reads: Reads, since: number): Promise<number> {
  const rows: { n: number | string }[] = await reads.em.query(
    'select count(*) as n from directory_difference where openKey is not null and openedAt >= ?',
    [since],
  );
  return Number(rows[0]?.n ?? 0);
}
