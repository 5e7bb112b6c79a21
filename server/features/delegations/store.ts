import { dateOf } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { jsonInText } from '../../platform/db/columns.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Standing } from './rules.ts';
import { DelegationTable, type DelegationRow } from './tables.ts';

/** @throws notFound `delegations.not_found` */
export async function loadDelegation(reads: Reads, id: string): Promise<DelegationRow> {
  const row = await reads.em.getRepository(DelegationTable).findOneBy({ id });
  if (!row) throw notFound('delegations.not_found');
  return row;
}

type Raw = Omit<Standing, 'scope'> & { readonly scope: unknown };

const standing = (row: Raw): Standing => ({ ...row, scope: jsonInText.from(row.scope) as Standing['scope'] });

/** Rules that hold today. Asked at every act on a request. */
export async function inForce(reads: Reads): Promise<Standing[]> {
  const today = dateOf(reads.now);
  const rows = await reads.em.query<Raw[]>(
    `select principalId, agentId, fromOn, untilOn, scope from approval_delegation
     where untilOn > ? and fromOn <= ? and endedAt is null order by id`,
    [today, today],
  );
  return rows.map(standing);
}

/** Rules that hold on some day of `[fromOn, untilOn)`, whoever they are of (R31). */
export async function touching(
  reads: Reads,
  { fromOn, untilOn }: Pick<Standing, 'fromOn' | 'untilOn'>,
): Promise<Standing[]> {
  const rows = await reads.em.query<Raw[]>(
    `select principalId, agentId, fromOn, untilOn, scope from approval_delegation
     where untilOn > ? and fromOn < ? and endedAt is null order by id`,
    [fromOn, untilOn],
  );
  return rows.map(standing);
}

/**
 * Two people who name each other at the same moment wait for each other here, and the second is refused (R31). On
 * SQLite the gate does that already.
 */
export async function lockPair(tx: Tx, a: string, b: string): Promise<void> {
  if (tx.dialect !== 'mysql') return;
  await tx.em.query('select id from person where id in (?, ?) order by id for update', [a, b]);
}
