import { forgetPerson } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Directory } from '../directory/index.ts';
import { whyNotForget } from './policy.ts';

export interface ForgetDeps {
  readonly directory: Pick<Directory, 'lock' | 'personRecord'>;
  readonly accounts: Pick<Accounts, 'statesOf'>;
  readonly keepPersonalDays: number;
}

/**
 * H9: destroy the key of somebody who has left for good.
 * @returns how many entries lost their personal part
 */
export async function forget(
  tx: Tx,
  { directory, accounts, keepPersonalDays }: ForgetDeps,
  personId: string,
  phrase: string,
): Promise<number> {
  // Nobody is employed again while this is decided.
  await directory.lock(tx);
  const record = await directory.personRecord(tx, personId);
  const facts = {
    personId,
    status: record?.status ?? null,
    statusOn: record?.statusOn ?? null,
    accounts: Object.values(await accounts.statesOf(tx, personId)),
    keepDays: keepPersonalDays,
  };
  const objection = whyNotForget(tx.actor, facts, phrase, tx.now);
  if (objection) throw objection;
  return forgetPerson(tx, personId);
}
