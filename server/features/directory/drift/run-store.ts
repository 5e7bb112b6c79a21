import { actorId } from '../../../kernel/actor.ts';
import { HOUR_MS } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, updateCount } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import { DriftRunTable, type DriftRunRow } from './tables.ts';

export const DRIFT_RUN = 'directory.drift';

/** A comparison without a sign of life for that long has died with its process; the next one begins anew. */
const ABANDONED_MS = 6 * HOUR_MS;

/** Begin a whole comparison, unless one is under way. @returns the run that goes on */
export async function beginRun(tx: Tx): Promise<DriftRunRow> {
  const running = await runningRun(tx);
  if (running && running.touchedAt + ABANDONED_MS > tx.now) return running;
  if (running) await updateRun(tx, running, { state: 'abandoned', finishedAt: tx.now });
  const run: DriftRunRow = {
    id: newId(),
    state: 'running',
    startedAt: tx.now,
    startedBy: actorId(tx.actor).slice(0, 64),
    touchedAt: tx.now,
    finishedAt: null,
    phase: 'units',
    afterDepartment: 0,
    units: 0,
    members: 0,
    detailed: 0,
    refusedCode: null,
    found: 0,
    mass: false,
  };
  await insertRows(tx, DriftRunTable, [run]);
  enqueueStep(tx, run);
  return run;
}

export const runningRun = (reads: Reads): Promise<DriftRunRow | null> =>
  reads.em
    .getRepository(DriftRunTable)
    .findOne({ where: { state: 'running' }, order: { startedAt: 'DESC' } });

const enqueueStep = (tx: Tx, { id, phase, afterDepartment }: DriftRunRow): void =>
  enqueue(tx, { name: DRIFT_RUN, key: `${id}:${phase}:${afterDepartment}`, payload: { runId: id } });

export async function lastRun(reads: Reads): Promise<DriftRunRow | null> {
  const [run] = await reads.em.getRepository(DriftRunTable).find({ order: { startedAt: 'DESC' }, take: 1 });
  return run ?? null;
}

export async function goOn(tx: Tx, run: DriftRunRow, changes: Partial<DriftRunRow>): Promise<void> {
  if (await updateRun(tx, run, { ...changes, touchedAt: tx.now })) enqueueStep(tx, { ...run, ...changes });
}

/** `partial`: not everything could be read. */
export async function endRun(tx: Tx, run: DriftRunRow, changes: Partial<DriftRunRow>): Promise<void> {
  const isWhole = run.refusedCode === null && run.detailed >= run.members;
  const state = isWhole ? 'done' : 'partial';
  await updateRun(tx, run, { ...changes, state, touchedAt: tx.now, finishedAt: tx.now });
}

/** Only from where it stood: of a step that runs twice, the second changes nothing. */
async function updateRun(tx: Tx, run: DriftRunRow, changes: Partial<DriftRunRow>): Promise<boolean> {
  const columns = Object.entries(changes).map(([name, value]) => [name, value === true ? 1 : value] as const);
  const changed = await updateCount(
    tx.em,
    `update directory_drift_run set ${columns.map(([name]) => `${name} = ?`).join(', ')}
     where id = ? and state = 'running' and phase = ? and afterDepartment = ?`,
    [...columns.map(([, value]) => (value === false ? 0 : value)), run.id, run.phase, run.afterDepartment],
  );
  return changed === 1;
}
