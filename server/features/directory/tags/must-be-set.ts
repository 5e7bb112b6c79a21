import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { activeSets } from './store.ts';
import type { DirectorySetRow } from './tables.ts';

export async function mustBeSet(reads: Reads, setId: string): Promise<DirectorySetRow> {
  const set = (await activeSets(reads)).find((one) => one.id === setId);
  if (!set) throw notFound('directory.unknown_set');
  return set;
}
