import { actorId } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { DRIFT_PATH, type DriftContext } from './deps.ts';
import type { Act } from './acts.ts';
import { titleOf } from './words.ts';
import type { Org } from '../org.ts';
import { putBack } from './put-back.ts';
import { lookAgain } from './recheck.ts';
import { change } from './store.ts';
import type { DifferenceRow } from './tables.ts';

/**
 * Carry out one act on rows it is possible for, in the caller's unit of work.
 * @returns those it was done for
 */
export async function carryOut(
  ctx: DriftContext,
  tx: Tx,
  act: Act,
  rows: readonly DifferenceRow[],
  reason: string | null,
): Promise<DifferenceRow[]> {
  const done = act === 'putBack' ? await putBack(tx, rows) : [...rows];
  const org = await ctx.directory.orgOf(tx);
  if (act === 'putBack') lookAgainAt(tx, done, org);
  for (const row of done) {
    await change(tx, row, {
      state: STATE_AFTER[act],
      actedAt: act === 'reopen' ? null : tx.now,
      actedBy: act === 'reopen' ? null : actorId(tx.actor).slice(0, 64),
      reason,
    });
    if (act === 'take') await ctx.sockets.askHr(tx, requestOf(row, titleOf(row, org)));
    if (row.state === 'taken') await ctx.sockets.answeredHr(tx, row.id);
    recordAct(tx, {
      action: `directory.drift${act.charAt(0).toUpperCase()}${act.slice(1)}`,
      targetType: row.subjectType,
      targetId: row.subjectId,
      before: { field: row.field, state: row.state },
      ...afterOf(row, STATE_AFTER[act], reason),
    });
  }
  return done;
}

/** What somebody wrote about a person is that person's (H9). */
function afterOf({ subjectType, subjectId }: DifferenceRow, state: string, reason: string | null) {
  if (reason === null) return { after: { state } };
  if (subjectType !== 'person') return { after: { state, reason } };
  return { after: { state }, personal: { personId: subjectId, after: { reason } } };
}

const STATE_AFTER = { putBack: 'putBack', take: 'taken', ignore: 'ignored', reopen: 'open' } as const;

const requestOf = (row: DifferenceRow, title: string) => ({
  differenceId: row.id,
  personId: row.subjectType === 'person' ? row.subjectId : null,
  unitId: row.subjectType === 'unit' ? row.subjectId : null,
  title,
  path: `${DRIFT_PATH}?state=taken`,
});

/** When the write has arrived it is looked at, so that nobody waits for the night to see it settled. */
function lookAgainAt(tx: Tx, rows: readonly DifferenceRow[], org: Org): void {
  const ids = (type: DifferenceRow['subjectType']) => [
    ...new Set(rows.filter(({ subjectType }) => subjectType === type).map(({ subjectId }) => subjectId)),
  ];
  lookAgain(
    tx,
    'member',
    ids('person').flatMap((id) => org.person(id)?.userid.toLowerCase() ?? []),
  );
  lookAgain(
    tx,
    'department',
    ids('unit').flatMap((id) => org.unit(id)?.departmentId.toString() ?? []),
  );
}
