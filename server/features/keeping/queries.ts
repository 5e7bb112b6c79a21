import { DAY_MS } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { KeepingAnswer, KeepingLine, RunsAnswer, RunsQuery } from './contract.ts';
import { nextEndAt, type Period } from './register.ts';
import { KeepingRunTable, type KeepingRunRow } from './tables.ts';

const LATELY_MS = 30 * DAY_MS;

/** The register as it stands, with what the nights did. */
export async function keepingReport(reads: Reads, periods: readonly Period[]): Promise<KeepingAnswer> {
  const latest = await latestRuns(reads);
  const lately = await removedSince(reads, reads.now - LATELY_MS);
  const items = periods.map((period) =>
    lineOf(period, latest.get(period.kind), lately.get(period.kind) ?? 0),
  );
  const runs = items.flatMap(({ lastRun }) => lastRun ?? []);
  return {
    items,
    ranAt: runs.length === 0 ? null : Math.max(...runs.map(({ ranAt }) => ranAt)),
    removedLately: items.reduce((sum, { removedLately }) => sum + removedLately, 0),
    overdue: runs.reduce((sum, { overdue }) => sum + overdue, 0),
    failed: runs.filter(({ failed }) => failed).length,
  };
}

function lineOf(period: Period, run: KeepingRunRow | undefined, removedLately: number): KeepingLine {
  const { kind, what, purpose, ground, since, days, ending } = period;
  return {
    kind,
    what,
    purpose,
    ground,
    since,
    days,
    ends: days === null || ending === null ? 'kept' : ending.how,
    lastRun: run ? shown(run) : null,
    removedLately,
    nextAt: nextEndAt(run?.oldestAt ?? null, days),
  };
}

const shown = ({ ranAt, days, removed, overdue, failed }: KeepingRunRow) => ({
  ranAt,
  days,
  removed,
  overdue,
  failed: Boolean(failed),
});

async function latestRuns(reads: Reads): Promise<Map<string, KeepingRunRow>> {
  const rows = await reads.em
    .getRepository(KeepingRunTable)
    .createQueryBuilder('r')
    .where('r.ranAt = (select max(o.ranAt) from keeping_run o where o.kind = r.kind)')
    .getMany();
  return new Map(rows.map((row) => [row.kind, row]));
}

async function removedSince(reads: Reads, since: number): Promise<Map<string, number>> {
  const rows = await reads.em.query<{ kind: string; removed: number | string }[]>(
    'select kind, sum(removed) as removed from keeping_run where ranAt >= ? group by kind',
    [since],
  );
  return new Map(rows.map(({ kind, removed }) => [kind, Number(removed)]));
}

/** Nights one by one, the newest first. */
export async function keepingRuns(
  reads: Reads,
  periods: readonly Period[],
  { kind, telling, cursor, limit }: RunsQuery,
): Promise<RunsAnswer> {
  const query = reads.em.getRepository(KeepingRunTable).createQueryBuilder('r').where('1 = 1');
  if (kind !== undefined) query.andWhere('r.kind = :kind', { kind });
  if (telling === 'true') query.andWhere('(r.removed > 0 or r.overdue > 0 or r.failed = :yes)', { yes: 1 });
  const [at = '', id = ''] = (cursor ?? '').split('-');
  if (/^\d+$/.test(at)) {
    query.andWhere('(r.ranAt < :at or (r.ranAt = :at and r.id < :id))', { at: Number(at), id });
  }
  const rows = await query
    .orderBy('r.ranAt', 'DESC')
    .addOrderBy('r.id', 'DESC')
    .take(limit + 1)
    .getMany();
  const whatOf = new Map(periods.map(({ kind: code, what }) => [code, what]));
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => ({
      ...shown(row),
      runId: row.id,
      kind: row.kind,
      what: whatOf.get(row.kind) ?? row.kind,
    })),
    next: last ? `${last.ranAt}-${last.id}` : null,
  };
}
