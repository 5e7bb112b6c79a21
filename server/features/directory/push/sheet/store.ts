import { newId } from '../../../../kernel/id.ts';
import { insertRows, saveWithVersion, updateCount } from '../../../../platform/db/rows.ts';
import type { Db, Reads, Tx } from '../../../../platform/db/unit-of-work.ts';
import { marks } from '../mirror-store.ts';
import { PUSH_ACTOR } from '../push-actor.ts';
import { HELD_MS, MIN_ROWS } from './bulk-or-single.ts';
import {
  SheetMemberTable,
  SheetRunTable,
  type SheetMemberRow,
  type SheetRunRow,
  type SheetState,
} from './tables.ts';

const OPEN = 1;

export const openRun = (reads: Reads): Promise<SheetRunRow | null> =>
  reads.em.getRepository(SheetRunTable).findOneBy({ openSlot: OPEN });

export const runById = (reads: Reads, id: string): Promise<SheetRunRow | null> =>
  reads.em.getRepository(SheetRunTable).findOneBy({ id });

/** The intake that a push of everybody began, open or done. */
export const runOf = (reads: Reads, run: string): Promise<SheetRunRow | null> =>
  reads.em.getRepository(SheetRunTable).findOneBy({ run });

type Beginning = Pick<SheetRunRow, 'state' | 'run' | 'nextAt'>;

/** Open an intake; null while another one is open. */
export async function openRunFor(tx: Tx, beginning: Beginning): Promise<SheetRunRow | null> {
  // One whose job was given up long ago bars nobody.
  await updateCount(
    tx.em,
    `update wecom_sheet_run set openSlot = null, state = 'done', closedAt = ? where openSlot = ? and nextAt < ?`,
    [tx.now, OPEN, tx.now - HELD_MS],
  );
  if (await openRun(tx)) return null;
  const row: SheetRunRow = {
    id: newId(),
    openSlot: OPEN,
    ...beginning,
    sheet: 1,
    jobId: null,
    tries: 0,
    triesSinceAt: null,
    looks: 0,
    startedAt: null,
    errorCode: null,
    openedAt: tx.now,
    closedAt: null,
    version: 1,
  };
  await insertRows(tx, SheetRunTable, [row], 'keep');
  // Another instance opened one at the same moment.
  return (await runById(tx, row.id)) && row;
}

type Changes = Partial<Omit<SheetRunRow, 'id' | 'version'>>;

/** @throws conflict `db.changed_meanwhile` when another instance went on with it */
export const save = (tx: Tx, row: SheetRunRow, changes: Changes): Promise<void> =>
  saveWithVersion(tx, SheetRunTable, row, changes);

export const saveNow = (db: Db, row: SheetRunRow, changes: Changes): Promise<void> =>
  db.write(PUSH_ACTOR, (tx) => save(tx, row, changes));

/** Nobody there yet, nor refused before, nor in an earlier sheet of this intake. */
const NEW_PEOPLE = `
  from person p left join wecom_member_mirror m on m.id = p.id
  where p.state <> 'left' and (m.id is null or (m.written = '{}' and m.state <> 'failed'))`;

/** Who is not in 企业微信 yet, in the order of ids. */
export async function newPeople(
  { em }: Reads,
  { after, limit, notIn }: { readonly after: string; readonly limit: number; readonly notIn: string },
): Promise<string[]> {
  const rows: { id: string }[] = await em.query(
    `select p.id as id ${NEW_PEOPLE} and p.id > ?
       and not exists (select 1 from wecom_sheet_member s where s.sheetRunId = ? and s.personId = p.id)
     order by p.id limit ?`,
    [after, notIn, limit],
  );
  return rows.map(({ id }) => id);
}

export async function countNewPeople({ em }: Reads): Promise<number> {
  const [row]: { n: number | string }[] = await em.query(`select count(*) as n ${NEW_PEOPLE}`);
  return Number(row?.n ?? 0);
}

const SLICE = 200;

/** The members of one sheet or of all of them, in slices. */
export async function* membersOf(
  db: Db,
  sheetRunId: string,
  sheet: number | null,
): AsyncGenerator<SheetMemberRow[]> {
  for (let after = ''; ;) {
    const rows = await db.read((reads) => {
      const query = reads.em
        .getRepository(SheetMemberTable)
        .createQueryBuilder('s')
        .where('s.sheetRunId = :sheetRunId and s.personId > :after', { sheetRunId, after });
      if (sheet !== null) query.andWhere('s.sheet = :sheet', { sheet });
      return query.orderBy('s.personId').limit(SLICE).getMany();
    });
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.personId;
  }
}

export const addMembers = (tx: Tx, rows: readonly Omit<SheetMemberRow, 'id'>[]): Promise<void> =>
  insertRows(
    tx,
    SheetMemberTable,
    rows.map((row) => ({ id: newId(), ...row })),
  );

export async function removeMembers(tx: Tx, rows: readonly SheetMemberRow[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await updateCount(tx.em, `delete from wecom_sheet_member where id in (${marks(ids)})`, ids);
}

/** Who of these is in a sheet whose end is not known: what is still to be written of them follows from it. */
export async function membersInSheet(
  reads: Reads,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows: { id: string }[] = await reads.em.query(
    `select m.id as id from wecom_member_mirror m join wecom_sheet_run r on r.id = m.claim and r.openSlot = ?
     where m.id in (${marks(personIds)}) and m.claimUntilAt > ?`,
    [OPEN, ...personIds, reads.now],
  );
  return new Set(rows.map(({ id }) => id));
}

const WAITING: readonly SheetState[] = ['gathering', 'collecting'];

/**
 * Newcomers wait for one another until it is settled who goes into the sheet, and for the next sheet when they are too
 * many for the one under way; whoever goes into none is looked at when the intake is closed.
 */
export async function isGathering(reads: Reads): Promise<boolean> {
  const open = await openRun(reads);
  if (open === null || reads.now >= open.nextAt + HELD_MS) return false;
  return WAITING.includes(open.state) || (open.state !== 'closing' && (await needsNextSheet(reads, open)));
}

export async function needsNextSheet(reads: Reads, run: SheetRunRow): Promise<boolean> {
  const more = await newPeople(reads, { after: '', limit: MIN_ROWS, notIn: run.id });
  return more.length >= MIN_ROWS;
}

/** Newcomers who wait for an intake that is being gathered, the next ones in the order of ids. */
export async function waitingForSheet(
  reads: Reads,
  after: string,
  limit: number,
): Promise<ReadonlySet<string>> {
  if (!(await isGathering(reads))) return new Set();
  return new Set(await newPeople(reads, { after, limit, notIn: '' }));
}
