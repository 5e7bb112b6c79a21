/** What a template is besides its versions: in force or retired, and the file it came from. */
import { actorId } from '../../../kernel/actor.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import { TemplateStateTable, type TemplateStateRow } from './tables.ts';

export const stateOf = (reads: Reads, key: string): Promise<TemplateStateRow | null> =>
  reads.em.getRepository(TemplateStateTable).findOneBy({ id: key });

export async function retiredKeys(reads: Reads): Promise<ReadonlySet<string>> {
  const rows = await reads.em.query<{ id: string }[]>(
    "select id from approval_template_state where state = 'retired'",
  );
  return new Set(rows.map(({ id }) => id));
}

type Changes = Partial<Pick<TemplateStateRow, 'state' | 'fileHash' | 'fileOffer' | 'reason'>>;

export async function keepState(tx: Tx, key: string, changes: Changes): Promise<void> {
  const known = await stateOf(tx, key);
  const by = { changedAt: tx.now, changedBy: actorId(tx.actor).slice(0, 64) };
  if (known) {
    await saveWithVersion(tx, TemplateStateTable, known, { ...changes, ...by });
    return;
  }
  const fresh = { state: 'inForce' as const, fileHash: '', fileOffer: null, reason: '' };
  await insertRows(tx, TemplateStateTable, [{ id: key, ...fresh, ...changes, ...by, version: 1 }]);
}
