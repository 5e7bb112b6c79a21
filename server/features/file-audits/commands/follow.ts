/** People leave, move and are locked, liaisons change: a file goes with its person and lies with who can take it. */
import { systemActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { PersonChange } from '../../directory/index.ts';
import { decide, isOpen } from '../engine.ts';
import { countedIn, handsFor, mayDo, viewerOf, type AuditOrg, type Viewer } from '../policy.ts';
import { appendEvent, loadPlan, OPEN, rulesOf, stateOf } from '../store.ts';
import { FileTable, PlanTable, type FileRow, type PlanRow } from '../tables.ts';
import { FILE, type FileAuditsContext } from './context.ts';
import { putFile } from './put-file.ts';

export const FOLLOW_JOB = 'fileaudits.follow';
const MECHANISM = systemActor(`job:${FOLLOW_JOB}`);
const SLICE = 100;

/** Fill for `directory.onPersonChanged`: the work itself is a job's. */
export async function onPersonChanged(tx: Tx, { kind, personId }: PersonChange): Promise<void> {
  if (!['moved', 'locked', 'unlocked', 'left'].includes(kind)) return;
  const [concerned] = await tx.em.query<object[]>(
    `select id from file_audit_file where ${OPEN} and personId = ?
     union all select id from file_audit_file where ${OPEN} and holderId = ? limit 1`,
    [personId, personId],
  );
  if (concerned) enqueue(tx, { name: FOLLOW_JOB, key: newId(), payload: { personId } });
}

export interface Following {
  /** The files of this person and those they hold; all of this plan; all there are. */
  readonly personId?: string;
  readonly planId?: string;
}

/** Looks at the present state first, so a repetition changes nothing. */
export async function follow(ctx: FileAuditsContext, what: Following): Promise<void> {
  let after = '';
  for (;;) {
    const ids = await ctx.db.read((reads) => openAfter(reads, what, after));
    const last = ids.at(-1);
    if (last === undefined) return;
    await ctx.db.write(MECHANISM, async (tx) => {
      const org = await ctx.orgOf(tx);
      const seen: Seen = { plans: new Map(), viewers: new Map() };
      for (const id of ids) await followOne(ctx, tx, org, seen, id);
    });
    after = last;
  }
}

async function openAfter({ em }: Reads, { personId, planId }: Following, after: string): Promise<string[]> {
  const part =
    personId !== undefined
      ? ['(personId = ? or holderId = ?) and', personId, personId]
      : planId !== undefined
        ? ['planId = ? and', planId]
        : [''];
  const [where = '', ...params] = part;
  const rows = await em.query<{ id: string }[]>(
    `select id from file_audit_file where ${where} ${OPEN} and id > ? order by id limit ${SLICE}`,
    [...params, after],
  );
  return rows.map(({ id }) => id);
}

interface Seen {
  readonly plans: Map<string, PlanRow>;
  readonly viewers: Map<string, Viewer>;
}

async function followOne(
  ctx: FileAuditsContext,
  tx: Tx,
  org: AuditOrg,
  seen: Seen,
  fileId: string,
): Promise<void> {
  const row = await tx.em.getRepository(FileTable).findOneBy({ id: fileId });
  if (!row || !isOpen(row.stage)) return;
  const plan = seen.plans.get(row.planId) ?? (await loadPlan(tx, row.planId));
  seen.plans.set(row.planId, plan);
  if (plan.state !== 'running') return;
  const person = org.person(row.personId);
  if (!person || person.state === 'left') {
    const { next, event } = decide(rulesOf(plan), stateOf(row), { kind: 'drop' });
    await putFile(ctx, tx, org, plan, row, next, { kind: event, stage: row.stage });
    return;
  }
  // Whoever has no post for a while stays with the unit of before.
  const unitId = countedIn(org, row.personId) ?? row.unitId;
  const moved = { ...row, unitId };
  const holderStays = row.holderId !== null && canHold(ctx, org, seen, plan, moved, row.holderId);
  if (unitId === row.unitId && holderStays) return;
  const hands = handsFor(org, ctx.settings, plan, moved);
  const { stage } = row;
  if (!holderStays && hands[stage] === null && stage !== 'hr') {
    const { next, event } = decide(rulesOf(plan), stateOf(row), { kind: 'passOver' });
    await putFile(ctx, tx, org, plan, row, next, { kind: event, stage }, { unitId });
    return;
  }
  const holderId = holderStays ? row.holderId : hands[stage];
  if (unitId === row.unitId && holderId === row.holderId) return;
  // The same clock goes on with its next holder: a breach that happened stays with who held it then (G9).
  await ctx.supervision.transferObligations(tx, {
    subjectType: FILE,
    subjectId: row.id,
    toPersonId: holderId,
    toUnitId: stage === 'hr' && holderId !== null ? countedIn(org, holderId) : unitId,
    reason: unitId === row.unitId ? 'holder' : 'moved',
  });
  await saveWithVersion(tx, FileTable, row, { unitId, holderId });
  if (unitId !== row.unitId) appendEvent(ctx, tx, row.id, { kind: 'moved', stage });
  if (holderId !== row.holderId) appendEvent(ctx, tx, row.id, { kind: 'handedOn', stage });
}

function canHold(
  { settings }: FileAuditsContext,
  org: AuditOrg,
  { viewers }: Seen,
  plan: PlanRow,
  file: FileRow,
  holderId: string,
): boolean {
  if (org.person(holderId)?.active !== true) return false;
  const viewer = viewers.get(holderId) ?? viewerOf(org, settings, holderId);
  viewers.set(holderId, viewer);
  return Object.values(mayDo(viewer, plan, file)).some(Boolean);
}

/** Every morning: what is open lies with who can take it, and whose plan is over is told. */
export async function lookAfter(ctx: FileAuditsContext, now: number): Promise<void> {
  await follow(ctx, {});
  const today = dateOf(now);
  const over = await ctx.db.read((reads) => reads.em.getRepository(PlanTable).findBy({ state: 'running' }));
  for (const plan of over.filter(({ untilOn }) => untilOn < today))
    await ctx.db.write(MECHANISM, async (tx) =>
      ctx.notify(tx, {
        key: `over:${plan.id}`,
        personId: plan.startedById ?? plan.makerId,
        words: `${plan.title}的截止日（${plan.untilOn}）已过，请看进度并结束计划。`,
        path: `/console/file-audits/${plan.id}`,
      }),
    );
}
