import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { loadBatch } from './batch-store.ts';
import { waitsForAcceptance } from './commands/accept-source.ts';
import { isReady } from './commands/control-run.ts';
import type { PlanAnswer, RunAnswer, RunsAnswer } from './contract.ts';
import type { HrContext } from './deps.ts';
import { DESTRUCTIVE, type ChangeKind, type Stage } from './model.ts';
import { loadPlan, type ResultCounts, resultCounts } from './plan-store.ts';
import { isInvolved, mayMaintain } from './policy.ts';
import type { NameOf } from './queries.ts';
import { ChangeTable, type PlanRow, PlanTable } from './tables.ts';
import { KIND_WORDS, phraseOf, STAGE_WORDS } from './words.ts';

const HASH_SHOWN = 12;

export async function readPlan(
  ctx: HrContext,
  reads: Reads,
  viewer: Actor,
  planId: string,
  nameOf: NameOf,
): Promise<PlanAnswer> {
  const row = await loadPlan(reads, planId);
  const batch = await loadBatch(reads, row.batchId);
  const state = row.state === 'confirmed' && !isReady(row, reads.now) ? ('expired' as const) : row.state;
  return {
    planId,
    batchId: row.batchId,
    batchNumber: batch.batchNumber,
    state,
    shortHash: row.hash.slice(0, HASH_SHOWN),
    hash: row.hash,
    cutOffAt: row.cutOffAt,
    complete: row.complete,
    createdAt: row.createdAt,
    createdBy: nameOf(row.createdBy),
    confirmedBy: row.confirmedBy === null ? null : nameOf(row.confirmedBy),
    expiresAt: row.expiresAt,
    groups: groupsOf(row),
    units: await unitsOf(ctx, reads, planId),
    total: row.changeCount,
    guard: {
      verdict: row.guard.verdict,
      lines: row.guard.lines.map((line) => ({ ...line })),
      reasons: [...row.guard.reasons],
    },
    consequences: await consequencesOf(ctx, reads, planId),
    doubts: row.doubtCount,
    phrase: phraseOf(row.counts),
    destructiveCount: row.destructiveCount,
    can: await canOf(reads, row, viewer, batch.createdBy),
  };
}

const groupsOf = ({ counts }: PlanRow): PlanAnswer['groups'] =>
  (Object.keys(KIND_WORDS) as ChangeKind[]).flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count === 0
      ? []
      : [{ kind, label: KIND_WORDS[kind], count, destructive: DESTRUCTIVE.includes(kind) }];
  });

async function unitsOf(ctx: HrContext, reads: Reads, planId: string): Promise<PlanAnswer['units']> {
  const rows = await reads.em.query<{ topUnitCode: string; n: number | string; d: number | string }[]>(
    `select topUnitCode, count(*) as n, sum(case when destructive = 1 then 1 else 0 end) as d
     from hr_change where planId = ? group by topUnitCode order by topUnitCode`,
    [planId],
  );
  const name = await unitNames(ctx, reads);
  return rows.map(({ topUnitCode, n, d }) => ({
    unitCode: topUnitCode,
    name: name(topUnitCode),
    count: Number(n),
    destructive: Number(d),
  }));
}

export async function unitNames(ctx: HrContext, reads: Reads): Promise<(code: string) => string> {
  const org = await ctx.directory.orgOf(reads);
  const names = new Map(org.units().map((unit) => [unit.code, unit.name]));
  return (code) => names.get(code) ?? code;
}

/** What else moves when these people and units stop: asked from the rooms that hold it. */
async function consequencesOf(
  ctx: HrContext,
  reads: Reads,
  planId: string,
): Promise<PlanAnswer['consequences']> {
  const rows = await reads.em.query<{ targetId: string; kind: ChangeKind }[]>(
    `select targetId, kind from hr_change where planId = ? and destructive = 1 and targetId is not null`,
    [planId],
  );
  const idsOf = (isUnit: boolean) =>
    rows.flatMap(({ targetId, kind }) => ((kind === 'unitDissolve') === isUnit ? [targetId] : []));
  const [personIds, unitIds] = [idsOf(false), idsOf(true)];
  const found = await ctx.consequencesOf(reads, { personIds, unitIds });
  return [{ words: '人停用后立即退出登录', count: personIds.length }, ...found]
    .filter(({ count }) => count > 0)
    .map((one) => ({ ...one }));
}

async function canOf(
  reads: Reads,
  row: PlanRow,
  viewer: Actor,
  uploadedBy: string,
): Promise<PlanAnswer['can']> {
  const involved = isInvolved(viewer, { createdBy: row.createdBy, uploadedBy });
  const waits = row.state === 'waiting' && row.guard.verdict === 'needsConfirmation';
  const allowed = mayMaintain(viewer);
  return {
    confirm: allowed && waits && !involved,
    apply: allowed && isReady(row, reads.now),
    pause: allowed && row.state === 'running',
    resume: allowed && row.state === 'paused',
    accept: allowed && !involved && (await waitsForAcceptance(reads, row)),
    why: waits && involved ? '您上传或生成了这份计划，要由另一位复核' : null,
  };
}

const SECOND = 1000;
const MINUTE_S = 60;

/** How far a run is. @throws notFound `hr.not_started` */
export async function readRun(
  ctx: HrContext,
  reads: Reads,
  planId: string,
  nameOf: NameOf,
  failureWords: (code: string) => { cure: string; words: string },
): Promise<RunAnswer> {
  const row = await loadPlan(reads, planId);
  if (row.startedAt === null || row.runState === null) throw notFound('hr.not_started');
  const counts = await resultCounts(reads, planId);
  return {
    planId,
    state: row.runState,
    startedAt: row.startedAt,
    startedBy: nameOf(row.startedBy ?? ''),
    finishedAt: row.finishedAt,
    lastSignAt: row.lastSignAt ?? row.startedAt,
    counts,
    total: row.changeCount,
    remainingWords: row.runState === 'running' ? remaining(row, counts, reads.now) : null,
    stages: await stagesOf(reads, planId),
    troubles: await troublesOf(reads, planId, failureWords),
    wecom: await ctx.directory.pushBacklog(reads),
  };
}

/** From the measured rate of this run; nothing is said before there is one. */
function remaining(row: PlanRow, counts: ResultCounts, now: number): string | null {
  const waiting = counts.waiting + counts.retrying;
  const done = row.changeCount - waiting;
  if (waiting === 0 || done === 0 || row.startedAt === null) return null;
  const seconds = ((now - row.startedAt) / done) * (waiting / SECOND);
  return seconds < MINUTE_S ? '不到 1 分钟' : `大约还要 ${Math.ceil(seconds / MINUTE_S)} 分钟`;
}

async function stagesOf(reads: Reads, planId: string): Promise<RunAnswer['stages']> {
  const rows = await reads.em.query<{ stage: Stage; n: number | string; d: number | string }[]>(
    `select stage, count(*) as n, sum(case when result in ('waiting', 'retrying') then 0 else 1 end) as d
     from hr_change where planId = ? group by stage`,
    [planId],
  );
  const byStage = new Map(rows.map((row) => [row.stage, row]));
  return (Object.keys(STAGE_WORDS) as Stage[]).flatMap((stage) => {
    const row = byStage.get(stage);
    return row ? [{ stage, label: STAGE_WORDS[stage], done: Number(row.d), total: Number(row.n) }] : [];
  });
}

async function troublesOf(
  reads: Reads,
  planId: string,
  failureWords: (code: string) => { cure: string; words: string },
): Promise<RunAnswer['troubles']> {
  const rows = await reads.em
    .getRepository(ChangeTable)
    .createQueryBuilder('c')
    .select(['c.errorCode as code', 'count(*) as n'])
    .where('c.planId = :planId and c.errorCode is not null', { planId })
    .groupBy('c.errorCode')
    .getRawMany<{ code: string; n: number | string }>();
  return rows.map(({ code, n }) => ({ ...failureWords(code), count: Number(n) }));
}

/** Runs, the newest first. */
export async function listRuns(
  reads: Reads,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  nameOf: NameOf,
): Promise<RunsAnswer> {
  const rows = await reads.em
    .getRepository(PlanTable)
    .createQueryBuilder('p')
    .where('p.startedAt is not null')
    .andWhere(cursor ? 'p.id < :cursor' : '1 = 1', { cursor })
    .orderBy('p.id', 'DESC')
    .limit(limit + 1)
    .getMany();
  const shown = rows.slice(0, limit);
  const items = await Promise.all(
    shown.map(async (row) => ({
      planId: row.id,
      batchNumber: (await loadBatch(reads, row.batchId)).batchNumber,
      state: row.runState ?? 'running',
      startedAt: row.startedAt ?? row.createdAt,
      startedBy: nameOf(row.startedBy ?? ''),
      finishedAt: row.finishedAt,
      counts: await resultCounts(reads, row.id),
      total: row.changeCount,
    })),
  );
  return { items, next: rows.length > limit ? (items.at(-1)?.planId ?? null) : null };
}
