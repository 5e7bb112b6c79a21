import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import { pushPerson } from '../../commands/consequences.ts';
import { dueMembers } from '../due-members.ts';
import { marks, releaseMembers } from '../mirror-store.ts';
import { PUSH_ACTOR } from '../push-actor.ts';
import type { PushDeps } from '../write-member.ts';
import { membersOf, newPeople, removeMembers, save } from './store.ts';
import type { SheetRunRow } from './tables.ts';

const SLICE = 200;

/**
 * The end: members are given back, and whoever is not as they should be gets the job of a single write: refused rows,
 * leader flags, superiors, what changed while the sheet was under way, newcomers a sheet could not take. Looked for
 * after giving back, so that a job that found its member in the sheet and ended did so before this look.
 * A push of everybody looks at all of that itself in its next passes.
 */
export async function close(deps: PushDeps, run: SheetRunRow, now: number): Promise<void> {
  const { db } = deps;
  for await (const rows of membersOf(db, run.id, null))
    await db.write(PUSH_ACTOR, (tx) =>
      releaseMembers(
        tx,
        run.id,
        rows.map(({ personId }) => personId),
        [],
      ),
    );
  if (run.run === null) await followUp(deps, run);
  for await (const rows of membersOf(db, run.id, null))
    await db.write(PUSH_ACTOR, (tx) => removeMembers(tx, rows));
  await db.write(PUSH_ACTOR, (tx) => save(tx, run, { state: 'done', openSlot: null, closedAt: now }));
}

async function followUp(deps: PushDeps, run: SheetRunRow): Promise<void> {
  for await (const rows of membersOf(deps.db, run.id, null)) {
    const ids = rows.map(({ personId }) => personId);
    await pushDue(deps, run, [...ids, ...(await deps.db.read((reads) => reportsOf(reads, ids)))]);
  }
  for (let after = ''; ;) {
    const ids = await deps.db.read((reads) => newPeople(reads, { after, limit: SLICE, notIn: run.id }));
    const last = ids.at(-1);
    if (last === undefined) return;
    await pushDue(deps, run, ids);
    after = last;
  }
}

async function pushDue(deps: PushDeps, run: SheetRunRow, personIds: readonly string[]): Promise<void> {
  const due = await deps.db.read((reads) => dueMembers(deps, reads, [...new Set(personIds)], 'whole'));
  if (due.length === 0) return;
  await deps.db.write(PUSH_ACTOR, async (tx) => {
    for (const { facts } of due) pushPerson(tx, facts.personId, `sheet:${run.id}`);
  });
}

/** People there who could not be shown under a superior before the superior was there. */
async function reportsOf(reads: Reads, managerIds: readonly string[]): Promise<string[]> {
  const rows: { id: string }[] = await reads.em.query(
    `select p.id as id from person p join wecom_member_mirror m on m.id = p.id
     where p.managerId in (${marks(managerIds)}) and p.state <> 'left' and m.written <> '{}'`,
    [...managerIds],
  );
  return rows.map(({ id }) => id);
}
