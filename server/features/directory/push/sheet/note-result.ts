import type { Db } from '../../../../platform/db/unit-of-work.ts';
import { useridKey } from '../../../../wecom/index.ts';
import type { MemberMirrorRow } from '../../tables.ts';
import type { RowResult } from '../client.ts';
import { releaseMembers } from '../mirror-store.ts';
import { PUSH_ACTOR } from '../push-actor.ts';
import { writtenRow } from '../write-member.ts';
import { membersOf } from './store.ts';
import type { SheetMemberRow, SheetRunRow } from './tables.ts';

/**
 * What became of each row, into the mirror, as a single write would note it. Refused rows and rows nothing is said of
 * count as not written: a single call follows, which has the cures (B4) and recognises who is there (60102, D5).
 * Noting twice changes nothing: a member given back is not ours any more.
 */
export async function noteResult(
  db: Db,
  run: SheetRunRow,
  results: readonly RowResult[],
  now: number,
): Promise<void> {
  const done = new Set(results.filter((one) => one.errcode === 0).map(({ userid }) => useridKey(userid)));
  for await (const rows of membersOf(db, run.id, run.sheet)) {
    const written = rows.filter(({ userid }) => done.has(useridKey(userid)));
    await db.write(PUSH_ACTOR, (tx) =>
      releaseMembers(
        tx,
        run.id,
        rows.map(({ personId }) => personId),
        written.map((row) => mirrorOf(row, now)),
      ),
    );
  }
}

const mirrorOf = ({ personId, written }: SheetMemberRow, now: number): MemberMirrorRow => ({
  id: personId,
  ...writtenRow(written),
  state: 'written',
  errorCode: null,
  errorFields: null,
  managerErrorCode: null,
  claim: null,
  claimUntilAt: null,
  updatedAt: now,
});
