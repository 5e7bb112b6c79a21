import { z } from 'zod';
import { dateOf } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Freed, InstanceState } from '../../approvals/index.ts';
import type { SealsContext } from '../context.ts';
import { render } from '../numbering.ts';
import { loadRule, nextOf } from '../store.ts';
import { NumberTable, type NumberRow, type RuleRow } from '../tables.ts';

export const NumberForm = z.object({
  rule: z.string(),
  title: z.string(),
  counterparty: z.string().default(''),
});
export const CONTRACT_NUMBER = 'contract_number';

/**
 * A request for a contract number was approved: the next one of its rule, the applicant's department and this year, in
 * the same unit of work. Numbers have no gaps, and none is given twice, revoked or not.
 */
export async function drawNumber(ctx: SealsContext, tx: Tx, state: InstanceState): Promise<void> {
  if (state.status !== 'approved') return;
  const form = NumberForm.parse(state.form);
  const rule = await loadRule(tx, form.rule);
  const org = await ctx.orgOf(tx);
  const { applicant } = state;
  const unit = org.departmentOf(applicant.unitId) ?? org.unit(applicant.unitId);
  const unitId = unit?.unitId ?? applicant.unitId;
  const place = await nextPlace(tx, rule, unitId, org.unit(unitId)?.code ?? unitId);
  const row: NumberRow = {
    id: newId(),
    ...place,
    ruleId: rule.id,
    unitId,
    requestId: state.instanceId,
    requestNumber: state.number,
    applicantId: applicant.personId,
    title: form.title.trim(),
    counterparty: form.counterparty.trim(),
    drawnAt: tx.now,
    state: 'active',
    endedAt: null,
    endWords: '',
    version: 1,
  };
  await insertRows(tx, NumberTable, [row]);
  recordAct(tx, {
    action: 'seals.draw_number',
    targetType: CONTRACT_NUMBER,
    targetId: row.id,
    after: { number: row.number, ruleId: rule.id, requestId: row.requestId },
  });
  ctx.notify(tx, {
    key: `number:${row.id}`,
    personId: applicant.personId,
    words: `合同编号已取：${row.number}`,
    path: '/seals?box=numbers',
  });
}

/** Another rule or unit may have spelled the same number before; then the one after it. */
async function nextPlace(
  tx: Tx,
  rule: RuleRow,
  unitId: string,
  unitCode: string,
): Promise<Pick<NumberRow, 'number' | 'year' | 'seq'>> {
  const year = Number(dateOf(tx.now).slice(0, 4));
  for (;;) {
    const seq = await nextOf(tx, `contract:${rule.id}:${unitId}:${year}`);
    const number = render(rule.pattern, { unitCode, year, seq });
    if (!(await tx.em.getRepository(NumberTable).existsBy({ number }))) return { number, year, seq };
  }
}

/** 撤销: the number becomes void and stays; a contract that seals are used for keeps it. */
export async function revokeNumber(tx: Tx, { instanceId }: InstanceState): Promise<Freed> {
  const row = await tx.em.getRepository(NumberTable).findOneBy({ requestId: instanceId });
  if (row?.state !== 'active') return { released: [], kept: [] };
  if (await isStamped(tx, row.id)) return { released: [], kept: [`${row.number} 已申请用章，请先撤销用章`] };
  await endNumber(tx, row, '申请人撤销申请');
  return { released: [`合同编号 ${row.number} 作废`], kept: ['这个号不会再发给别的合同'] };
}

/** A use of a seal for it that is not void. */
export async function isStamped({ em }: Tx, numberId: string): Promise<boolean> {
  const [use] = await em.query<object[]>(
    `select id from seal_use where contractId = ? and state <> 'void' limit 1`,
    [numberId],
  );
  return use !== undefined;
}

export async function endNumber(tx: Tx, row: NumberRow, words: string): Promise<void> {
  await saveWithVersion(tx, NumberTable, row, { state: 'void', endedAt: tx.now, endWords: words });
  recordAct(tx, {
    action: 'seals.void_number',
    targetType: CONTRACT_NUMBER,
    targetId: row.id,
    before: { number: row.number, state: row.state },
    after: { state: 'void' },
  });
}
