import { actorId } from '../../../kernel/actor.ts';
import { refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { marks } from '../push/mirror-store.ts';
import { actsOn, type Act } from './acts.ts';
import { carryOut } from './carry-out.ts';
import type { DriftContext } from './deps.ts';
import { whyNotPolicy, type Field, type FieldPolicy } from './fields.ts';
import { policiesOf } from './policies.ts';
import { mustManageWhole, scopeFor, within } from './rights.ts';
import { beginRun, lastRun, runningRun } from './run-store.ts';
import { DifferenceTable, DriftPolicyTable, type DifferenceRow } from './tables.ts';

export interface ActResult {
  readonly done: number;
  /** Left as they were, with the code of the reason. */
  readonly refused: readonly { readonly differenceId: string; readonly code: string }[];
}

/**
 * 放回, 转人事, 不管, or undo of the latter two. What is not within the actor's scope is not found (H1); nobody decides
 * about the own record (H3).
 */
export async function actOnDifferences(
  ctx: DriftContext,
  tx: Tx,
  ids: readonly string[],
  act: Act,
  reason: string | null,
): Promise<ActResult> {
  if (act === 'ignore' && reason === null) throw refused('directory.drift_reason_missing');
  const rows = await rowsWithin(ctx, tx, ids);
  const known = new Map(rows.map((row) => [row.id, row]));
  const refusals = new Map<string, string>();
  for (const id of ids) {
    const code = whyNot(tx, known.get(id), act);
    if (code !== null) refusals.set(id, code);
  }
  const wanted = rows.filter(({ id }) => !refusals.has(id));
  const done = new Set((await carryOut(ctx, tx, act, wanted, reason)).map(({ id }) => id));
  for (const { id } of wanted) if (!done.has(id)) refusals.set(id, 'directory.drift_busy');
  return {
    done: done.size,
    refused: [...refusals].map(([differenceId, code]) => ({ differenceId, code })),
  };
}

function whyNot(tx: Tx, row: DifferenceRow | undefined, act: Act): string | null {
  if (!row) return 'directory.drift_unknown';
  const isOwn = row.subjectType === 'person' && row.subjectId === actorId(tx.actor);
  if (isOwn) return 'directory.own_record';
  return actsOn(row).includes(act) ? null : 'directory.drift_not_possible';
}

async function rowsWithin(ctx: DriftContext, tx: Tx, ids: readonly string[]): Promise<DifferenceRow[]> {
  const scope = await scopeFor(ctx, tx, tx.actor, 'manage');
  const { sql, params } = within(scope, 'manage', tx.now);
  const allowed: { id: string }[] = await tx.em.query(
    `select d.id as id from directory_difference d where d.id in (${marks(ids)}) and ${sql}`,
    [...ids, ...params],
  );
  const may = new Set(allowed.map((row) => row.id));
  const rows = await Promise.all(
    [...may].map((id) => tx.em.getRepository(DifferenceTable).findOneByOrFail({ id })),
  );
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export async function setPolicy(ctx: DriftContext, tx: Tx, field: Field, policy: FieldPolicy): Promise<void> {
  await mustManageWhole(ctx, tx, tx.actor);
  if (whyNotPolicy(field, policy) !== null) throw refused('directory.drift_policy_impossible');
  const before = (await policiesOf(tx)).get(field);
  const { action, automatic } = policy;
  if (before?.action === action && before.automatic === automatic) return;
  const row = await tx.em.getRepository(DriftPolicyTable).findOneBy({ id: field });
  const said = { action, automatic, changedAt: tx.now, changedBy: actorId(tx.actor).slice(0, 64) };
  if (row) await saveWithVersion(tx, DriftPolicyTable, row, said);
  else await insertRows(tx, DriftPolicyTable, [{ id: field, ...said, version: 1 }]);
  recordAct(tx, {
    action: 'directory.driftPolicy',
    targetType: 'driftPolicy',
    targetId: field,
    before: before && { action: before.action, automatic: before.automatic },
    after: { action, automatic },
  });
}

/** A whole comparison costs a call per department: not more often than that. */
const PAUSE_MS = 10 * 60_000;

/** 现在比一次 @returns the run's id, also of one that is under way */
export async function compareNow(ctx: DriftContext, tx: Tx): Promise<string> {
  await mustManageWhole(ctx, tx, tx.actor);
  if (!ctx.pushes) throw refused('directory.drift_off');
  const running = await runningRun(tx);
  const last = await lastRun(tx);
  // One that found nothing written yet has cost nothing.
  const isRecent = last !== null && last.units > 0 && last.startedAt + PAUSE_MS > tx.now;
  if (!running && isRecent) throw refused('directory.drift_just_done');
  const run = await beginRun(tx);
  if (run.id !== running?.id)
    recordAct(tx, { action: 'directory.driftCompare', targetType: 'driftRun', targetId: run.id });
  return run.id;
}
