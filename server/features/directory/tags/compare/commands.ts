import { conflict, notFound } from '../../../../kernel/errors.ts';
import { actorId } from '../../../../kernel/actor.ts';
import { newId } from '../../../../kernel/id.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import type { Tx } from '../../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../../platform/jobs/index.ts';
import { mustMaintain } from '../../policy.ts';
import { activeSets } from '../store.ts';
import { COMPARE_TAGS } from './jobs.ts';
import { changeFindings, unsettled } from './store.ts';

/**
 * A person says that what waits is to be put back. 企业微信 is read again first, so that what came right meanwhile stays.
 * @param seen how many were waiting when the person looked @throws conflict when it is another number now
 */
export async function putBackTag(tx: Tx, setId: string, seen: number): Promise<void> {
  mustMaintain(tx.actor);
  if (!(await activeSets(tx)).some((set) => set.id === setId)) throw notFound('directory.unknown_set');
  const held = (await unsettled(tx, setId)).filter(({ state }) => state === 'held');
  if (held.length !== seen) throw conflict('db.changed_meanwhile');
  await changeFindings(
    tx,
    held.map(({ id }) => id),
    { state: 'released', releasedBy: actorId(tx.actor).slice(0, 64) },
  );
  enqueue(tx, { name: COMPARE_TAGS, key: `set:${setId}:${newId()}`, payload: { setId } });
  recordAct(tx, {
    action: 'directory.putBackTag',
    targetType: 'set',
    targetId: setId,
    after: { changes: held.length },
  });
}
