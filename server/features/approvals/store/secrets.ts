import { In } from 'typeorm';
import { newId } from '../../../kernel/id.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Secrets } from '../form/set-aside.ts';
import { FORM_SECRET, SecretTable } from '../tables.ts';

interface Keeper {
  readonly vault: Pick<Vault, 'seal' | 'open'>;
}

/** What was set aside of this request's form. */
export async function secretsOf({ vault }: Keeper, reads: Reads, instanceId: string): Promise<Secrets> {
  const rows = await reads.em.getRepository(SecretTable).findBy({ instanceId });
  return new Map(rows.map(({ fieldKey, valueSealed }) => [fieldKey, vault.open(FORM_SECRET, valueSealed)]));
}

/** The same of several requests, by request. */
export async function secretsOfAll(
  { vault }: Keeper,
  reads: Reads,
  instanceIds: readonly string[],
): Promise<ReadonlyMap<string, Secrets>> {
  const rows = await reads.em.getRepository(SecretTable).findBy({ instanceId: In([...instanceIds]) });
  const all = new Map<string, Map<string, string>>();
  for (const { instanceId, fieldKey, valueSealed } of rows) {
    const one = all.get(instanceId) ?? new Map<string, string>();
    all.set(instanceId, one.set(fieldKey, vault.open(FORM_SECRET, valueSealed)));
  }
  return all;
}

/** Seals what was set aside of a request that is being made. */
export function keepSecrets({ vault }: Keeper, tx: Tx, instanceId: string, secrets: Secrets): void {
  for (const [fieldKey, value] of secrets)
    tx.append(SecretTable, {
      id: newId(),
      instanceId,
      fieldKey,
      valueSealed: vault.seal(FORM_SECRET, value),
    });
}

/** Handed in again: what the form says now is all there is. */
export async function replaceSecrets(
  keeper: Keeper,
  tx: Tx,
  instanceId: string,
  secrets: Secrets,
): Promise<void> {
  await tx.em.query('delete from approval_secret where instanceId = ?', [instanceId]);
  keepSecrets(keeper, tx, instanceId, secrets);
}
