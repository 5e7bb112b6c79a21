import { In } from 'typeorm';
import { DAY_MS } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion, updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { marks } from '../push/mirror-store.ts';
import type { DriftSockets } from './deps.ts';
import type { Field, SubjectType } from './fields.ts';
import { agreed, stillThere } from './follow.ts';
import { DifferenceTable, type DifferenceRow } from './tables.ts';
import type { Found } from './values.ts';

/** What was compared of one subject, and what came of it. Fields that were not compared stay as they are known. */
export interface Compared {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly fields: readonly Field[];
  readonly found: readonly Found<Field>[];
}

export interface Recorded {
  /** Rows that are open now because of this reading: new, changed or come back. */
  readonly opened: readonly DifferenceRow[];
  readonly settled: readonly DifferenceRow[];
}

/** Where a reading comes from, and whom to tell when a question to HR has answered itself by it. */
export interface Source {
  readonly foundBy: DifferenceRow['foundBy'];
  /** What an event says; null: between two comparisons. */
  readonly happenedAt: number | null;
  readonly answeredHr: DriftSockets['answeredHr'];
}

/** Bring the rows of these subjects to what was read. Repeating it changes nothing but the time last seen. */
export async function record(tx: Tx, compared: readonly Compared[], source: Source): Promise<Recorded> {
  const known = await currentRows(tx, compared);
  const opened: DifferenceRow[] = [];
  const settled: DifferenceRow[] = [];
  const seen: string[] = [];
  const created: DifferenceRow[] = [];
  for (const one of compared) {
    const found = new Map(one.found.map((each) => [each.field, each]));
    for (const field of one.fields) {
      const row = known.get(openKeyOf(one.subjectType, one.subjectId, field));
      const difference = found.get(field);
      if (!row && difference) created.push(newRow(one, difference, source, tx.now));
      if (!row) continue;
      const next = difference ? stillThere(row, difference, tx.now) : agreed(row);
      if (row.state === 'taken' && next.kind !== 'seen') await source.answeredHr(tx, row.id);
      if (next.kind === 'seen') seen.push(row.id);
      else if (next.kind === 'settled') settled.push(await settle(tx, row, next.state));
      else if (difference) opened.push(await reopen(tx, row, difference, next.kind === 'reopened'));
    }
  }
  await countReturns(tx, created);
  await insertRows(tx, DifferenceTable, created, 'keep');
  await touch(tx, seen);
  return { opened: [...opened, ...created], settled };
}

export const openKeyOf = (type: SubjectType, id: string, field: Field): string => `${type}:${id}:${field}`;

const SOME = 400;

async function currentRows(tx: Tx, compared: readonly Compared[]): Promise<Map<string, DifferenceRow>> {
  const rows = new Map<string, DifferenceRow>();
  const keys = compared.flatMap(({ subjectType, subjectId, fields }) =>
    fields.map((field) => openKeyOf(subjectType, subjectId, field)),
  );
  for (let at = 0; at < keys.length; at += SOME) {
    const some = keys.slice(at, at + SOME);
    const found = await tx.em.getRepository(DifferenceTable).findBy({ openKey: In(some) });
    for (const row of found) rows.set(row.openKey ?? '', row);
  }
  return rows;
}

/** What was put back before and is different again: somebody there wants it otherwise. */
async function countReturns(tx: Tx, created: DifferenceRow[]): Promise<void> {
  const before = new Map<string, number>();
  for (let at = 0; at < created.length; at += SOME) {
    const some = created.slice(at, at + SOME).map(({ subjectId }) => subjectId);
    const rows: { subjectType: SubjectType; subjectId: string; field: Field; n: number | string }[] =
      await tx.em.query(
        `select subjectType, subjectId, field, count(*) as n from directory_difference
         where state = 'putBack' and settledAt > ? and subjectId in (${marks(some)})
         group by subjectType, subjectId, field`,
        [tx.now - RETURNS_MS, ...some],
      );
    for (const row of rows) before.set(openKeyOf(row.subjectType, row.subjectId, row.field), Number(row.n));
  }
  for (const row of created) row.returns = before.get(row.openKey ?? '') ?? 0;
}

const RETURNS_MS = 90 * DAY_MS;

function newRow(of: Compared, found: Found<Field>, source: Source, now: number): DifferenceRow {
  return {
    id: newId(),
    subjectType: of.subjectType,
    subjectId: of.subjectId,
    field: found.field,
    openKey: openKeyOf(of.subjectType, of.subjectId, found.field),
    ours: found.ours,
    theirs: found.theirs,
    state: 'open',
    foundBy: source.foundBy,
    happenedAt: source.happenedAt,
    firstSeenAt: now,
    openedAt: now,
    lastSeenAt: now,
    byUserid: null,
    byAt: null,
    byHow: null,
    actedAt: null,
    actedBy: null,
    reason: null,
    linkedPersonId: null,
    returns: 0,
    settledAt: null,
    version: 1,
  };
}

async function settle(tx: Tx, row: DifferenceRow, state: 'gone' | 'putBack'): Promise<DifferenceRow> {
  const changes = { state, openKey: null, settledAt: tx.now } as const;
  await change(tx, row, changes);
  return { ...row, ...changes };
}

async function reopen(
  tx: Tx,
  row: DifferenceRow,
  { ours, theirs }: Found<Field>,
  again: boolean,
): Promise<DifferenceRow> {
  const changes = {
    ours,
    theirs,
    lastSeenAt: tx.now,
    ...(again && {
      state: 'open' as const,
      actedAt: null,
      actedBy: null,
      reason: null,
      byUserid: null,
      byAt: null,
      byHow: null,
      openedAt: tx.now,
      returns: row.returns + (row.state === 'putBack' ? 1 : 0),
    }),
  };
  await change(tx, row, changes);
  return { ...row, ...changes, version: row.version + 1 };
}

/** `saveWithVersion` leaves nulls out of nothing: every given column is written. */
export const change = (tx: Tx, row: DifferenceRow, changes: Partial<DifferenceRow>): Promise<void> =>
  saveWithVersion(tx, DifferenceTable, row, changes);

async function touch(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += SOME) {
    const some = ids.slice(at, at + SOME);
    await updateCount(tx.em, `update directory_difference set lastSeenAt = ? where id in (${marks(some)})`, [
      tx.now,
      ...some,
    ]);
  }
}

/** Ids of subjects of this type with a row that is not settled. */
export async function subjectsWithRows(
  tx: Tx,
  subjectType: SubjectType,
  fields: readonly Field[],
): Promise<string[]> {
  const rows: { subjectId: string }[] = await tx.em.query(
    `select distinct subjectId from directory_difference
     where subjectType = ? and openKey is not null and field in (${marks(fields)})`,
    [subjectType, ...fields],
  );
  return rows.map((row) => row.subjectId);
}
