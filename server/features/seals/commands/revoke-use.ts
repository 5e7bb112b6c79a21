import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Freed, InstanceState } from '../../approvals/index.ts';
import { USE, usePath, type SealsContext } from '../context.ts';
import { appendEvent, handlersOfUse, keepersOf, loadSeal, stateOf } from '../store.ts';
import { UseTable } from '../tables.ts';
import { release } from '../use.ts';

/** 撤销 of an approved request: what is not stamped is stamped no more; a stamp cannot be taken back, and that is said. */
export async function revokeUse(
  ctx: SealsContext,
  tx: Tx,
  { instanceId, applicant }: InstanceState,
): Promise<Freed> {
  const row = await tx.em.getRepository(UseTable).findOneBy({ requestId: instanceId });
  const freed = row && release(await stateOf(tx, row));
  if (!row || !freed) return { released: [], kept: [] };
  const { released, kept, state } = freed;
  if (state === row.state) return { released, kept };
  const words = '申请人撤销申请';
  await saveWithVersion(tx, UseTable, row, { state, closedAt: tx.now, endWords: words });
  appendEvent(tx, row.id, { kind: 'released', words: released.join('；') });
  await ctx.supervision.closeObligations(tx, { subjectType: USE, subjectId: row.id, outcome: 'released' });
  recordAct(tx, {
    action: 'seals.release',
    targetType: USE,
    targetId: row.id,
    before: { state: row.state, stampedCopies: row.stampedCopies },
    after: { state },
  });
  const seal = await loadSeal(tx, row.sealId);
  const keeperIds = (await keepersOf(tx, seal.id)).map(({ personId }) => personId);
  const org = await ctx.orgOf(tx);
  for (const personId of handlersOfUse(org, ctx.settings.chiefUnits, seal, keeperIds, row.applicantId))
    ctx.notify(tx, {
      key: `released:${row.id}`,
      personId,
      words: `${applicant.name}撤销了用印，不要再盖章：${seal.name}，${row.number}`,
      path: usePath(row.id),
    });
  return { released, kept };
}
