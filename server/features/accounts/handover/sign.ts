import type { PersonActor } from '../../../kernel/actor.ts';
import { forbidden, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { step } from '../commands/cancellation-steps.ts';
import { type AccountsContext, policyOf, SHEET, viewerOf } from '../commands/context.ts';
import type { AccountsOrg } from '../org.ts';
import { mayHandOver } from '../policy.ts';
import { act } from './acting.ts';
import * as rules from './sheet.ts';
import { countHeld, itemsOf, lockSheet, refreshItems, signaturesOf } from './store.ts';
import { SheetTable, SignatureTable, type SheetItemRow, type SheetRow } from './tables.ts';

/** The unit's hand or a successor's own. With the last one the sheet closes and the grace of a cancellation begins. */
export async function sign(ctx: AccountsContext, actor: PersonActor, sheetId: string): Promise<boolean> {
  return ctx.db.write(actor, async (tx) => {
    const sheet = await lockSheet(tx, sheetId);
    const org = await ctx.orgOf(tx);
    const items = await itemsOf(tx, sheetId);
    const roles = rolesToSign(ctx, org, sheet, items, actor.personId);
    if (roles.length === 0) throw forbidden('accounts.not_a_signer');
    if (sheet.state !== 'executed') throw refused('accounts.sheet_not_executed');
    const signed = await signaturesOf(tx, sheetId);
    const fresh = roles
      .filter((role) => !signed.some((one) => one.role === role && one.personId === actor.personId))
      .map((role) => ({ id: newId(), sheetId, role, personId: actor.personId, signedAt: tx.now }));
    for (const row of fresh) tx.append(SignatureTable, row, 'keep');
    if (fresh.length > 0) act(tx, 'sign_sheet', sheet, { roles });
    return closeIfDone(ctx, tx, org, sheet, items, [...signed, ...fresh]);
  });
}

function rolesToSign(
  ctx: AccountsContext,
  org: AccountsOrg,
  sheet: SheetRow,
  items: readonly SheetItemRow[],
  personId: string,
): ('unit' | 'successor')[] {
  const ofUnit = mayHandOver(viewerOf(org, personId), sheet.personId, sheet.unitId, policyOf(ctx, org));
  return [
    ...(ofUnit ? (['unit'] as const) : []),
    ...(rules.signersOf(items).includes(personId) ? (['successor'] as const) : []),
  ];
}

async function closeIfDone(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  sheet: SheetRow,
  items: readonly SheetItemRow[],
  signed: readonly { role: 'unit' | 'successor'; personId: string }[],
): Promise<boolean> {
  if (!rules.isClosed(items, signed, (personId) => org.person(personId)?.active === true)) return false;
  const openHoldings = await countHeld(ctx, tx, sheet.personId);
  // Something came in meanwhile: the sheet is looked at again instead of closing over it.
  if (openHoldings > 0) {
    await refreshItems(ctx, tx, sheet);
    await saveWithVersion(tx, SheetTable, sheet, { state: 'open', trialAt: null });
    return false;
  }
  await saveWithVersion(tx, SheetTable, sheet, { state: 'closed', closedAt: tx.now });
  await ctx.supervision.closeObligations(tx, { subjectType: SHEET, subjectId: sheet.id, outcome: 'closed' });
  if (sheet.requestId !== null)
    await step(tx, sheet.requestId, {
      type: 'handedOver',
      openHoldings: 0,
      graceDays: ctx.settings.graceDays,
    });
  return true;
}
