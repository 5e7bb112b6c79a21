import { In } from 'typeorm';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import {
  DepartmentMirrorTable,
  MemberMirrorTable,
  PersonTable,
  type DepartmentMirrorRow,
  type MemberMirrorRow,
} from '../tables.ts';
import type { Mobiles } from '../commands/protect-mobile.ts';
import type { Contact } from './desired.ts';

export async function memberMirrors(
  reads: Reads,
  personIds: readonly string[],
): Promise<Map<string, MemberMirrorRow>> {
  const rows = await reads.em.getRepository(MemberMirrorTable).findBy({ id: In([...personIds]) });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function departmentMirrors(reads: Reads): Promise<Map<string, DepartmentMirrorRow>> {
  const rows = await reads.em.getRepository(DepartmentMirrorTable).find();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Insert or replace, after the calls were made. */
export async function saveMemberMirrors(tx: Tx, rows: readonly MemberMirrorRow[]): Promise<void> {
  const known = await memberMirrors(
    tx,
    rows.map((row) => row.id),
  );
  await insertRows(
    tx,
    MemberMirrorTable,
    rows.filter((row) => !known.has(row.id)),
  );
  for (const { id, ...changes } of rows.filter((row) => known.has(row.id))) {
    await tx.em.getRepository(MemberMirrorTable).update({ id }, changes as object);
  }
}

export async function saveDepartmentMirrors(tx: Tx, rows: readonly DepartmentMirrorRow[]): Promise<void> {
  const known = await departmentMirrors(tx);
  await insertRows(
    tx,
    DepartmentMirrorTable,
    rows.filter((row) => !known.has(row.id)),
  );
  for (const { id, ...changes } of rows.filter((row) => known.has(row.id))) {
    await tx.em.getRepository(DepartmentMirrorTable).update({ id }, changes as object);
  }
}

/** Mobile and e-mail in clear, for building calls only. */
export async function contactsOf(
  reads: Reads,
  personIds: readonly string[],
  mobiles: Mobiles,
): Promise<Map<string, Contact>> {
  const people = await reads.em.getRepository(PersonTable).find({
    select: { id: true, mobileSealed: true, email: true },
    where: { id: In([...personIds]) },
  });
  return new Map(
    people.map(({ id, mobileSealed, email }) => [
      id,
      { mobile: mobileSealed === null ? null : mobiles.reveal(mobileSealed), email },
    ]),
  );
}
