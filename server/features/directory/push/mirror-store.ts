import { In } from 'typeorm';
import { newId } from '../../../kernel/id.ts';
import { insertRows, updateCount, updateRows } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import {
  DepartmentMirrorTable,
  MemberMirrorTable,
  type DepartmentMirrorRow,
  type MemberMirrorRow,
} from '../tables.ts';
import { TagMemberTable } from '../tags/tables.ts';
import type { Written } from './difference.ts';

export const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** Something whose creation was begun or refused has a mirror row but was never written. */
export const writtenOf = (mirror: { readonly written: Record<string, unknown> } | undefined): Written =>
  mirror && Object.keys(mirror.written).length > 0 ? mirror.written : null;

export async function memberMirrors(
  reads: Reads,
  personIds: readonly string[],
): Promise<Map<string, MemberMirrorRow>> {
  const rows = await reads.em.getRepository(MemberMirrorTable).findBy({ id: In([...personIds]) });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function departmentMirrors(
  reads: Reads,
  unitIds?: readonly string[],
): Promise<Map<string, DepartmentMirrorRow>> {
  const where = unitIds ? { id: In([...unitIds]) } : {};
  const rows = await reads.em.getRepository(DepartmentMirrorTable).findBy(where);
  return new Map(rows.map((row) => [row.id, row]));
}

const CLAIM_MS = 120_000;

export interface Claimable {
  readonly personId: string;
  readonly userid: string;
}

export interface Claim {
  readonly claim: string;
  /** From here on another push may take the members. */
  readonly untilAt: number;
  readonly personIds: ReadonlySet<string>;
}

/**
 * Take these members for one push: of two that run at once only one writes to a member, so that an older state
 * cannot arrive after a newer one (D12). A claim ends with its push, or two minutes after a crash; one that outlives
 * its job has an id and a time of its own.
 * @returns the claim and who was free
 */
export async function claimMembers(
  tx: Tx,
  members: readonly Claimable[],
  { claim, ms }: { readonly claim: string; readonly ms: number } = { claim: newId(), ms: CLAIM_MS },
): Promise<Claim> {
  const untilAt = tx.now + ms;
  const ids = members.map((member) => member.personId);
  const take = () =>
    updateCount(
      tx.em,
      `update wecom_member_mirror set claim = ?, claimUntilAt = ?
       where id in (${marks(ids)}) and (claim is null or claimUntilAt <= ?)`,
      [claim, untilAt, ...ids, tx.now],
    );
  if ((await take()) === ids.length) return { claim, untilAt, personIds: new Set(ids) };
  const newcomers = members.map((member) => unwritten(member, tx.now));
  await insertRows(tx, MemberMirrorTable, newcomers, 'keep');
  await take();
  const rows: { id: string }[] = await tx.em.query(
    `select id from wecom_member_mirror where claim = ? and id in (${marks(ids)})`,
    [claim, ...ids],
  );
  return { claim, untilAt, personIds: new Set(rows.map((row) => row.id)) };
}

const unwritten = ({ personId, userid }: Claimable, now: number): MemberMirrorRow => ({
  id: personId,
  userid,
  written: {},
  state: 'writing',
  errorCode: null,
  errorFields: null,
  mobilePrint: null,
  managerErrorCode: null,
  claim: null,
  claimUntilAt: null,
  updatedAt: now,
});

/** All but the id. */
const SAVED = [
  'userid',
  'written',
  'state',
  'errorCode',
  'errorFields',
  'mobilePrint',
  'managerErrorCode',
  'updatedAt',
  'claimUntilAt',
  'claim',
] as const satisfies readonly (keyof MemberMirrorRow)[];

/** Save what was written and give every claimed member back. A row whose claim ran out is somebody else's now. */
export async function releaseMembers(
  tx: Tx,
  claim: string,
  personIds: Iterable<string>,
  rows: readonly MemberMirrorRow[],
): Promise<void> {
  const free = rows.map((row) => ({ ...row, claim: null, claimUntilAt: null }));
  await updateRows(tx, MemberMirrorTable, free, SAVED, { sql: 'claim = ?', params: [claim] });
  const saved = new Set(rows.map((row) => row.id));
  const rest = [...personIds].filter((id) => !saved.has(id));
  if (rest.length === 0) return;
  await updateCount(
    tx.em,
    `update wecom_member_mirror set claim = null, claimUntilAt = null where claim = ? and id in (${marks(rest)})`,
    [claim, ...rest],
  );
}

/** Deleted there. A row whose claim ran out tells of a member that somebody else made since. */
export async function forgetMember(tx: Tx, personId: string, claim: string): Promise<void> {
  await tx.em.getRepository(MemberMirrorTable).delete({ id: personId, claim });
  // A member leaves its tags with itself.
  await tx.em.getRepository(TagMemberTable).delete({ personId });
}

/** Who has this mobile in 企业微信, as far as we wrote it; null when none of ours. */
export async function holderOfMobile(
  reads: Reads,
  print: string,
  exceptId: string,
): Promise<MemberMirrorRow | null> {
  const rows = await reads.em.getRepository(MemberMirrorTable).findBy({ mobilePrint: print });
  return rows.find((row) => row.id !== exceptId) ?? null;
}

/** Insert or replace, after the calls were made. */
export async function saveDepartmentMirrors(tx: Tx, rows: readonly DepartmentMirrorRow[]): Promise<void> {
  const known = await departmentMirrors(
    tx,
    rows.map((row) => row.id),
  );
  await insertRows(
    tx,
    DepartmentMirrorTable,
    rows.filter((row) => !known.has(row.id)),
  );
  for (const { id, ...changes } of rows.filter((row) => known.has(row.id))) {
    await tx.em.getRepository(DepartmentMirrorTable).update({ id }, changes as object);
  }
}

export async function forgetDepartments(tx: Tx, unitIds: readonly string[]): Promise<void> {
  if (unitIds.length > 0) await tx.em.getRepository(DepartmentMirrorTable).delete({ id: In([...unitIds]) });
}
