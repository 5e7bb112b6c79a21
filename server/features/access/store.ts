import { among } from '../../platform/db/among.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { DelegationTable, type DelegationRow, type RoleGrantRow } from './tables.ts';

export type GrantColumns = Pick<RoleGrantRow, 'id' | 'personId' | 'role' | 'scopeUnitId' | 'untilAt'>;

const COLUMNS = 'select id, personId, role, scopeUnitId, untilAt from role_grant where';
const IN_FORCE = 'sinceAt <= ? and (untilAt is null or untilAt > ?)';

/** Grants in force, of one person or of one role; with `locked`, nobody else changes them until the end. */
export async function grantsInForce(
  { em, now, dialect }: Pick<Tx, 'em' | 'now' | 'dialect'>,
  by: { readonly personId: string } | { readonly role: string },
  read: 'plain' | 'locked' = 'plain',
): Promise<GrantColumns[]> {
  // SQLite knows no locking read and needs none: its units of work run one at a time.
  const lock = read === 'locked' && dialect === 'mysql' ? ' for update' : '';
  const [column, value] = 'role' in by ? ['role', by.role] : ['personId', by.personId];
  const rows = await em.query<GrantColumns[]>(`${COLUMNS} ${column} = ? and ${IN_FORCE}${lock}`, [
    value,
    now,
    now,
  ]);
  // MySQL's driver hands a bigint over as text.
  return rows.map((row) => ({ ...row, untilAt: row.untilAt === null ? null : Number(row.untilAt) }));
}

/** Grants of exactly this unit that hold now or will. */
export async function grantsOfUnit({ em, now }: Reads, unitId: string): Promise<GrantColumns[]> {
  const rows = await em.query<GrantColumns[]>(
    `${COLUMNS} scopeUnitId = ? and (untilAt is null or untilAt > ?) order by sinceAt, id`,
    [unitId, now],
  );
  return rows.map((row) => ({ ...row, untilAt: row.untilAt === null ? null : Number(row.untilAt) }));
}

/** Delegations of exactly this unit that nobody ended. */
export const openDelegationsOfUnit = (reads: Reads, unitId: string): Promise<DelegationRow[]> =>
  reads.em
    .getRepository(DelegationTable)
    .createQueryBuilder('d')
    .where('d.unitId = :unitId and d.endedAt is null', { unitId })
    .orderBy('d.id')
    .getMany();

/** How many rights were given for exactly these units and would end with them. */
export async function countRightsOfUnits({ em, now }: Reads, unitIds: readonly string[]): Promise<number> {
  const [granted, delegated] = [among('scopeUnitId', unitIds), among('unitId', unitIds)];
  const [row] = await em.query<{ n: number | string }[]>(
    `select (select count(*) from role_grant where ${granted.sql} and (untilAt is null or untilAt > ?))
       + (select count(*) from delegation where ${delegated.sql} and endedAt is null) as n`,
    [...granted.params, now, ...delegated.params],
  );
  return Number(row?.n ?? 0);
}

/** Units that are over and still have rights given for them, from before such rights ended with their unit. */
export async function endedUnitsWithRights({ em, now }: Reads): Promise<string[]> {
  const rows = await em.query<{ id: string }[]>(
    `select u.id as id from unit u where u.state = 'removed' and (
       exists (select 1 from role_grant g where g.scopeUnitId = u.id and (g.untilAt is null or g.untilAt > ?))
       or exists (select 1 from delegation d where d.unitId = u.id and d.endedAt is null)) order by u.id`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/** A role or a delegation that holds now or will, whatever state the person is in. */
export async function holdsGiven(reads: Reads, personId: string): Promise<boolean> {
  const rows: { n: number | string }[] = await reads.em.query(
    `select count(*) as n from role_grant where personId = ? and (untilAt is null or untilAt > ?)`,
    [personId, reads.now],
  );
  if (Number(rows[0]?.n ?? 0) > 0) return true;
  return (await openDelegations(reads, personId)).some(({ untilAt }) => untilAt > reads.now);
}

/** Delegations of a person that nobody ended, those whose day has passed included. */
export const openDelegations = (reads: Reads, personId: string): Promise<DelegationRow[]> =>
  reads.em
    .getRepository(DelegationTable)
    .createQueryBuilder('d')
    .where('d.personId = :personId and d.endedAt is null', { personId })
    .orderBy('d.id')
    .getMany();
