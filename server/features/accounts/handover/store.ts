import { notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { AccountsContext } from '../commands/context.ts';
import type { Holding, HoldingProvider } from './model.ts';
import { compareHoldings, type Listed } from './sheet.ts';
import { SheetItemTable, SheetTable, SignatureTable, type SheetItemRow, type SheetRow } from './tables.ts';

/** @throws notFound `accounts.not_visible` */
export async function loadSheet(reads: Reads, sheetId: string): Promise<SheetRow> {
  const row = await reads.em.getRepository(SheetTable).findOneBy({ id: sheetId });
  if (!row) throw notFound('accounts.not_visible');
  return row;
}

/** Two last signatures at once: each must see the other. On SQLite the gate does that. */
export async function lockSheet(tx: Tx, sheetId: string): Promise<SheetRow> {
  if (tx.dialect === 'mysql')
    await tx.em.query('select id from handover_sheet where id = ? for update', [sheetId]);
  return loadSheet(tx, sheetId);
}

export const itemsOf = (reads: Reads, sheetId: string): Promise<SheetItemRow[]> =>
  reads.em.getRepository(SheetItemTable).find({ where: { sheetId }, order: { kind: 'ASC', id: 'ASC' } });

export const signaturesOf = (reads: Reads, sheetId: string) =>
  reads.em.getRepository(SignatureTable).find({ where: { sheetId }, order: { id: 'ASC' } });

/** Everything a person holds, room by room. */
export async function holdingsOf(
  { providers }: Pick<AccountsContext, 'providers'>,
  reads: Reads,
  personId: string,
): Promise<Listed[]> {
  const all: Listed[] = [];
  for (const provider of providers.values()) {
    for (const holding of await provider.list(reads, personId)) all.push({ ...holding, kind: provider.kind });
  }
  return all;
}

/** What still has to find somebody: statements are the person's own word and hold nobody up here. */
export async function countHeld(
  ctx: Pick<AccountsContext, 'providers'>,
  reads: Reads,
  personId: string,
): Promise<number> {
  return (await holdingsOf(ctx, reads, personId)).filter(({ mode }) => mode === 'choose' || mode === 'revoke')
    .length;
}

/** Who was chosen to take this over, before the hand-over was carried out; null: nobody. */
export async function chosenSuccessor(
  reads: Reads,
  personId: string,
  { kind, ref }: { readonly kind: string; readonly ref: string },
): Promise<string | null> {
  const rows = await reads.em.query<{ successorId: string | null }[]>(
    `select i.successorId from handover_item i join handover_sheet s on s.id = i.sheetId
     where s.personId = ? and s.state in ('open', 'executed') and i.kind = ? and i.holdingRef = ?
     and i.successorId is not null order by i.id desc limit 1`,
    [personId, kind, ref],
  );
  return rows[0]?.successorId ?? null;
}

/** Look again at what the person holds; choices stay as they are. */
export async function refreshItems(
  ctx: Pick<AccountsContext, 'providers'>,
  tx: Tx,
  sheet: Pick<SheetRow, 'id' | 'personId'>,
): Promise<void> {
  const known = await itemsOf(tx, sheet.id);
  const { added, gone, again } = compareHoldings(known, await holdingsOf(ctx, tx, sheet.personId));
  for (const { id } of gone)
    await tx.em.query('delete from handover_item where id = ? and result is null', [id]);
  const byId = new Map(known.map((row) => [row.id, row]));
  for (const { id } of again) {
    const row = byId.get(id);
    if (row) await saveWithVersion(tx, SheetItemTable, row, OPEN_AGAIN);
  }
  await insertRows(
    tx,
    SheetItemTable,
    added.map((holding) => itemRow(sheet.id, holding)),
  );
}

const OPEN_AGAIN = {
  result: null,
  resultWords: null,
  trialVerdict: null,
  trialWords: null,
  undoData: null,
  endedAt: null,
};

const itemRow = (sheetId: string, { kind, ref, title, detail, mode }: Listed): SheetItemRow => ({
  id: newId(),
  sheetId,
  kind,
  holdingRef: ref,
  title: title.slice(0, 191),
  detail: detail.slice(0, 191),
  mode,
  successorId: null,
  trialVerdict: null,
  trialWords: null,
  result: null,
  resultWords: null,
  undoData: null,
  endedAt: null,
  version: 1,
});

export const holdingOf = ({ holdingRef, title, detail, mode }: SheetItemRow): Holding => ({
  ref: holdingRef,
  title,
  detail,
  mode,
});

export function providerOf({ providers }: Pick<AccountsContext, 'providers'>, kind: string): HoldingProvider {
  const provider = providers.get(kind);
  if (!provider) throw new Error(`handover: nobody answers for ${kind}`);
  return provider;
}
