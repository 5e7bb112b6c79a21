import { actorId } from '../../../kernel/actor.ts';
import { conflict, notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { whyNotSettle } from '../policy.ts';
import { settle } from './store.ts';
import { ConsoleFindingTable } from './tables.ts';

/** Somebody has looked into it and says what came of it (the person was registered, the right was taken back …). */
export async function settleFinding(tx: Tx, findingId: string, note: string): Promise<void> {
  const row = await tx.em.getRepository(ConsoleFindingTable).findOneBy({ id: findingId });
  const objection = whyNotSettle(tx.actor, row?.personId ?? null);
  if (objection) throw objection;
  if (!row) throw notFound('access.unknown_finding');
  const change = { settledAt: tx.now, settledBy: actorId(tx.actor).slice(0, 32), note };
  if (!(await settle(tx, findingId, change))) throw conflict('access.finding_settled');
  recordAct(tx, {
    action: 'access.settleFinding',
    targetType: 'consoleFinding',
    targetId: findingId,
    after: { kind: row.kind, times: row.times },
    // A stranger is nobody of ours: then the words stay with the finding alone.
    ...(row.personId === null ? {} : { personal: { personId: row.personId, after: { note } } }),
  });
}
