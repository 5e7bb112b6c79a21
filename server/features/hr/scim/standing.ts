import { actorId } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Directory } from '../../directory/index.ts';

/** What a history calls the changes of an employment and of an account's lock. */
const STANDING = new Set([
  'hired',
  'rehired',
  'suspended',
  'resumed',
  'secondedOut',
  'attachedOut',
  'lock',
  'unlock',
  'left',
  'retired',
  'leavingCorrected',
]);

/**
 * Nobody is let in by mistake: an identity system takes back what it did itself, never what HR or anybody else
 * decided (S3-2.4b, S3-2.5b). Was the last thing that happened to the person's standing this, by this system?
 */
export async function wasOurs(
  { historyOf }: Pick<Directory, 'historyOf'>,
  tx: Tx,
  personId: string,
  what: 'suspended' | 'left',
): Promise<boolean> {
  const last = (await historyOf(tx, 'person', personId)).find(({ kind }) => STANDING.has(kind));
  return last?.kind === what && last.by === actorId(tx.actor).slice(0, 64);
}
