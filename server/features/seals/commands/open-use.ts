import { z } from 'zod';
import { dateOf } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { InstanceState } from '../../approvals/index.ts';
import { USE, usePath, type SealsContext } from '../context.ts';
import { ledgerNumber } from '../numbering.ts';
import { appendEvent, handlersOfUse, keepersOf, loadSeal, nextOf } from '../store.ts';
import { NumberTable, UseTable, type SealRow, type UseRow } from '../tables.ts';
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
 * and a word to the keepers. The seal is the one that was approved, whatever became of it meanwhile (R41). A contract whose
 * number became void meanwhile is not sealed: its line opens void, and the applicant is told.
 */
export async function openUse(ctx: SealsContext, tx: Tx, state: InstanceState): Promise<void> {
  if (state.status !== 'approved') return;
  const form = SealForm.parse(state.form);
  const seal = await loadSeal(tx, form.seal);
  const org = await ctx.orgOf(tx);
  const { applicant } = state;
  const year = Number(dateOf(tx.now).slice(0, 4));
  const hindrance = await hindranceOf(tx, form.contract ?? null);
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
    state: hindrance === '' ? 'approved' : 'void',
    openedAt: tx.now,
    closedAt: hindrance === '' ? null : tx.now,
    endWords: hindrance,
    version: 1,
  };
  await insertRows(tx, UseTable, [use]);
  appendEvent(tx, use.id, { kind: 'opened' });
  recordAct(tx, {
    action: 'seals.open',
    targetType: USE,
    targetId: use.id,
    after: {
      number: use.number,
      sealId: seal.id,
      requestId: use.requestId,
      copies: use.approvedCopies,
      state: use.state,
    },
  });
  if (hindrance === '') return toKeepers(ctx, tx, org, seal, use, applicant.name);
  appendEvent(tx, use.id, { kind: 'voided', words: hindrance });
  ctx.notify(tx, {
    key: `voided:${use.id}:1`,
    personId: applicant.personId,
    words: `用印不能盖章：${hindrance}。${seal.name}，${use.number}`,
    path: usePath(use.id),
  });
}

/**
 * Why it cannot be stamped although it was approved; '' when it can.
 * @throws conflict `db.changed_meanwhile` when the number becomes void at this moment
 */
async function hindranceOf(tx: Tx, contractId: string | null): Promise<string> {
  const row =
    contractId === null ? null : await tx.em.getRepository(NumberTable).findOneBy({ id: contractId });
  if (!row) return '';
  if (row.state === 'void') return `合同编号 ${row.number} 已作废`;
  // Raised, so that nobody who read it unused makes it void meanwhile.
  await saveWithVersion(tx, NumberTable, row, {});
  return '';
}

async function toKeepers(
  ctx: SealsContext,
  tx: Tx,
  org: OrgWithRoles,
  seal: SealRow,
  use: UseRow,
  applicantName: string,
): Promise<void> {
  await openStampClock(ctx, tx, org, seal, use);
  const keeperIds = (await keepersOf(tx, seal.id)).map(({ personId }) => personId);
  // Templates that use seals are sensitive: a message names the seal and not the document (R46).
  for (const personId of handlersOfUse(org, ctx.settings.chiefUnits, seal, keeperIds, use.applicantId))
    ctx.notify(tx, {
      key: `new:${use.id}`,
      personId,
      words: `${applicantName}的用印已批准，等你${use.outWorkdays === null ? '盖章并登记' : '交出印章并登记'}：${seal.name}，${use.approvedCopies} 份。${use.number}`,
      path: usePath(use.id),
    });
}
