import type { SheetMember } from '../../../../wecom/index.ts';
import { dueMembers, type Due } from '../due-members.ts';
import { claimMembers, releaseMembers } from '../mirror-store.ts';
import { PUSH_ACTOR } from '../push-actor.ts';
import type { PushDeps } from '../write-member.ts';
import { HELD_MS, MAX_ROWS, seatOf } from './bulk-or-single.ts';
import { addMembers, membersOf, newPeople, removeMembers } from './store.ts';
import type { SheetRunRow } from './tables.ts';

const SLICE = 200;

/**
 * Take everybody new into the sheet who fits into one: claimed first (D12), then read again, so that what the sheet
 * says is the state after the claim. What an interrupted collecting took is given back before.
 */
export async function collect(deps: PushDeps, run: SheetRunRow): Promise<SheetMember[]> {
  await giveBack(deps, run);
  const rows: SheetMember[] = [];
  for (let after = ''; rows.length < MAX_ROWS;) {
    const limit = Math.min(SLICE, MAX_ROWS - rows.length);
    const ids = await deps.db.read((reads) => newPeople(reads, { after, limit, notIn: run.id }));
    const last = ids.at(-1);
    if (last === undefined) break;
    rows.push(...(await take(deps, run, ids)));
    after = last;
  }
  return rows;
}

const seatsOf = (due: readonly Due[]) =>
  due.flatMap((one) => {
    const seat = seatOf(one);
    return seat ? [{ personId: one.facts.personId, userid: one.facts.userid, ...seat }] : [];
  });

async function take(deps: PushDeps, run: SheetRunRow, ids: readonly string[]): Promise<SheetMember[]> {
  const { db } = deps;
  const wanted = seatsOf(await db.read((reads) => dueMembers(deps, reads, ids, 'people')));
  if (wanted.length === 0) return [];
  const claim = { claim: run.id, ms: HELD_MS };
  const { personIds: mine } = await db.write(PUSH_ACTOR, (tx) => claimMembers(tx, wanted, claim));
  const seats = seatsOf(await db.read((reads) => dueMembers(deps, reads, [...mine], 'people')));
  const taken = new Set(seats.map(({ personId }) => personId));
  await db.write(PUSH_ACTOR, async (tx) => {
    await addMembers(
      tx,
      seats.map(({ personId, userid, written }) => ({
        sheetRunId: run.id,
        personId,
        sheet: run.sheet,
        userid,
        written: { ...written },
      })),
    );
    const unfit = [...mine].filter((id) => !taken.has(id));
    if (unfit.length > 0) await releaseMembers(tx, run.id, unfit, []);
  });
  return seats.map(({ row }) => row);
}

async function giveBack({ db }: PushDeps, run: SheetRunRow): Promise<void> {
  for await (const rows of membersOf(db, run.id, run.sheet))
    await db.write(PUSH_ACTOR, async (tx) => {
      await releaseMembers(
        tx,
        run.id,
        rows.map(({ personId }) => personId),
        [],
      );
      await removeMembers(tx, rows);
    });
}
