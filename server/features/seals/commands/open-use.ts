import { z } from 'zod';
import { dateOf } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { InstanceState } from '../../approvals/index.ts';
import { USE, usePath, type SealsContext } from '../context.ts';
import { ledgerNumber } from '../numbering.ts';
import { appendEvent, handlersOfUse, keepersOf, loadSeal, nextOf } from '../store.ts';
import { UseTable, type UseRow } from '../tables.ts';
import { openStampClock } from './clocks.ts';

/** What a template that uses seals asks for; a contract test holds that the shipped ones do. */
export const SealForm = z.object({
  seal: z.string(),
  document: z.string(),
  purpose: z.string().default(''),
  copies: z.number().int().min(1),
  outWorkdays: z.number().int().min(1).nullish(),
  contract: z.string().nullish(),
});

/**
 * A request to use a seal was approved: in the same unit of work a line of the ledger opens, with its number, its clock
 * and a word to the keepers. The seal is the one that was approved, whatever became of it meanwhile (R41).
 */
export async function openUse(ctx: SealsContext, tx: Tx, state: InstanceState): Promise<void> {
  if (state.status !== 'approved') return;
  const form = SealForm.parse(state.form);
  const seal = await loadSeal(tx, form.seal);
  const org = await ctx.orgOf(tx);
  const { applicant } = state;
  const year = Number(dateOf(tx.now).slice(0, 4));
  const use: UseRow = {
    id: newId(),
    number: ledgerNumber(seal.code, year, await nextOf(tx, `use:${seal.id}:${year}`)),
    requestId: state.instanceId,
    requestNumber: state.number,
    sealId: seal.id,
    applicantId: applicant.personId,
    unitId: org.departmentOf(applicant.unitId)?.unitId ?? null,
    document: form.document.trim(),
    purpose: form.purpose.trim(),
    approvedCopies: form.copies,
    stampedCopies: 0,
    outWorkdays: form.outWorkdays ?? null,
    contractId: form.contract ?? null,
    state: 'approved',
    openedAt: tx.now,
    closedAt: null,
    endWords: '',
    version: 1,
  };
  await insertRows(tx, UseTable, [use]);
  appendEvent(tx, use.id, { kind: 'opened' });
  recordAct(tx, {
    action: 'seals.open',
    targetType: USE,
    targetId: use.id,
    after: { number: use.number, sealId: seal.id, requestId: use.requestId, copies: use.approvedCopies },
  });
  await openStampClock(ctx, tx, org, seal, use);
  const keeperIds = (await keepersOf(tx, seal.id)).map(({ personId }) => personId);
  // Templates that use seals are sensitive: a message names the seal and not the document (R46).
  for (const personId of handlersOfUse(org, ctx.settings.chiefUnits, seal, keeperIds, applicant.personId))
    ctx.notify(tx, {
      key: `new:${use.id}`,
      personId,
      words: `${applicant.name}的用印已批准，等你${use.outWorkdays === null ? '盖章并登记' : '交出印章并登记'}：${seal.name}，${use.approvedCopies} 份。${use.number}`,
      path: usePath(use.id),
    });
}
