/** S3-4c, 4d, 4e: the letters of an inspection: gathered as drafts first, sent when every finding is there. */
import { newId } from '../../../kernel/id.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, LETTER } from '../commands/context.ts';
import { roleHolder, unitHolder, type AccountsOrg } from '../org.ts';
import { systemOf } from '../settings.ts';
import type { PlannedLetter } from './letters.ts';
import { LetterItemTable, LetterTable, type InspectionRow, type LetterRow } from './tables.ts';

const UNANSWERED = {
  replyKind: null,
  replyReason: null,
  repliedBy: null,
  repliedAt: null,
  requestId: null,
} as const;

/** More accounts for the unit's one letter of this inspection. */
export async function addToLetter(
  tx: Tx,
  { id: inspectionId, systemCode, inspectedMonth }: InspectionRow,
  { unitId, forLeaders, personIds }: PlannedLetter,
): Promise<void> {
  const month = { systemCode, inspectedMonth };
  const known = await tx.em.getRepository(LetterTable).findOneBy({ inspectionId, unitId, forLeaders });
  const letterId = known?.id ?? newId();
  if (!known)
    await insertRows(tx, LetterTable, [
      {
        id: letterId,
        inspectionId,
        ...month,
        unitId,
        forLeaders,
        state: 'draft',
        sentAt: tx.now,
        repliedAt: null,
        version: 1,
      },
    ]);
  await insertRows(
    tx,
    LetterItemTable,
    personIds.map((personId) => ({ id: newId(), letterId, ...month, personId, ...UNANSWERED, version: 1 })),
  );
}

/** @returns how many were sent; 0: none is left */
export async function sendLetters(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  { id: inspectionId }: InspectionRow,
  most: number,
): Promise<number> {
  const drafts = await tx.em
    .getRepository(LetterTable)
    .find({ where: { inspectionId, state: 'draft' }, order: { id: 'ASC' }, take: most });
  for (const letter of drafts) await sendLetter(ctx, tx, org, letter);
  return drafts.length;
}

async function sendLetter(ctx: AccountsContext, tx: Tx, org: AccountsOrg, letter: LetterRow): Promise<void> {
  const { id, unitId, systemCode, inspectedMonth } = letter;
  await tx.em.getRepository(LetterTable).update({ id }, { state: 'sent', sentAt: tx.now });
  const accounts = await tx.em.getRepository(LetterItemTable).countBy({ letterId: id });
  // HR answers where a unit has nobody who could.
  const holderPersonId = unitHolder(org, ctx.settings, unitId) ?? roleHolder(org, ctx.settings.roles.hr);
  const path = `/accounts/letters/${id}`;
  const title = `${systemOf(ctx.settings, systemCode)?.name ?? ''}账号巡检函（${inspectedMonth}）：${accounts} 个账号待答复`;
  ctx.supervision.openObligations(tx, [
    {
      kind: 'accounts.reply',
      subjectType: LETTER,
      subjectId: id,
      stepRef: 'reply',
      title,
      path,
      holderPersonId,
      holderUnitId: unitId,
      // S3-4e: received on D, due by the end of D + 3 working days.
      budget: { workdays: ctx.settings.replyWorkdays, end: 'midnight' },
    },
  ]);
  if (holderPersonId !== null)
    ctx.notify(tx, { key: `accounts.letter:${id}`, personId: holderPersonId, words: title, path });
}
