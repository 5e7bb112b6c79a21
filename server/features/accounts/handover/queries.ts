import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { forbidden } from '../../../kernel/errors.ts';
import { type AccountsContext, policyOf, viewerOf } from '../commands/context.ts';
import type { SheetAnswer } from '../contract.ts';
import type { AccountsOrg } from '../org.ts';
import { mayHandOver } from '../policy.ts';
import * as rules from './sheet.ts';
import { itemsOf, loadSheet, signaturesOf } from './store.ts';
import type { SheetItemRow, SheetRow, SignatureRow } from './tables.ts';

/** The sheet: for the unit, HR and IT; successors see it to sign. */
export async function readSheet(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  sheetId: string,
): Promise<SheetAnswer> {
  const sheet = await loadSheet(reads, sheetId);
  const org = await ctx.orgOf(reads);
  const items = await itemsOf(reads, sheetId);
  const signed = await signaturesOf(reads, sheetId);
  const handsOver = mayHandOver(viewerOf(org, viewerId), sheet.personId, sheet.unitId, policyOf(ctx, org));
  const takes = items.some(({ successorId }) => successorId === viewerId);
  if (!handsOver && !takes) throw forbidden('accounts.not_your_unit');
  // A successor sees what comes to them.
  const shown = handsOver ? items : items.filter(({ successorId }) => successorId === viewerId);
  return answerOf(ctx, org, sheet, shown, signed, { viewerId, handsOver, now: reads.now });
}

interface Looking {
  readonly viewerId: string;
  readonly handsOver: boolean;
  readonly now: number;
}

function answerOf(
  { settings, providers }: AccountsContext,
  org: AccountsOrg,
  sheet: SheetRow,
  items: readonly SheetItemRow[],
  signed: readonly SignatureRow[],
  { viewerId, handsOver, now }: Looking,
): SheetAnswer {
  const nameOf = (personId: string | null) =>
    personId === null ? null : (org.person(personId)?.name ?? null);
  const readiness = rules.readinessOf(items, sheet.trialAt, now, settings.trialMinutes);
  const isOpen = sheet.state === 'open' || sheet.state === 'executed';
  const undoUntilAt = sheet.executedAt === null ? null : rules.undoUntil(sheet.executedAt, settings.undoDays);
  const signers = signaturesWanted(items, signed);
  return {
    sheetId: sheet.id,
    personId: sheet.personId,
    personName: sheet.personName,
    state: sheet.state,
    items: items.map((item) => ({
      itemId: item.id,
      kind: item.kind,
      kindLabel: providers.get(item.kind)?.label ?? item.kind,
      title: item.title,
      detail: item.detail,
      mode: item.mode,
      successorId: item.successorId,
      successorName: nameOf(item.successorId),
      trial: item.trialVerdict && { verdict: item.trialVerdict, words: item.trialWords ?? '' },
      result: item.result,
      resultWords: item.resultWords,
    })),
    missing: readiness.missing,
    failed: items.filter(({ result }) => result === 'failed').length,
    trialAt: sheet.trialAt,
    trialUntilAt: sheet.trialAt === null ? null : rules.trialUntil(sheet.trialAt, settings.trialMinutes),
    executedAt: sheet.executedAt,
    undoUntilAt,
    load: rules
      .loadOf(items)
      .map(({ personId, count }) => ({ personId, name: nameOf(personId) ?? '', count })),
    signatures: signers.map((one) => ({ ...one, name: nameOf(one.personId) })),
    can: {
      assign: handsOver && isOpen,
      execute: handsOver && isOpen && readiness.missing === 0 && readiness.tried && readiness.refusing === 0,
      undo: handsOver && undoUntilAt !== null && now < undoUntilAt && sheet.state !== 'undone',
      sign:
        sheet.state === 'executed' &&
        (handsOver || rules.signersOf(items).includes(viewerId)) &&
        (!signed.some(({ personId }) => personId === viewerId) ||
          // Who had to sign cannot any more: whoever signed already may close it.
          rules.isClosed(items, signed, (personId) => org.person(personId)?.active === true)),
    },
  };
}

function signaturesWanted(items: readonly SheetItemRow[], signed: readonly SignatureRow[]) {
  const unit = signed.find(({ role }) => role === 'unit');
  const of = (personId: string) =>
    signed.find((one) => one.role === 'successor' && one.personId === personId);
  return [
    { role: 'unit' as const, personId: unit?.personId ?? null, signedAt: unit?.signedAt ?? null },
    ...rules.signersOf(items).map((personId) => ({
      role: 'successor' as const,
      personId,
      signedAt: of(personId)?.signedAt ?? null,
    })),
  ];
}
