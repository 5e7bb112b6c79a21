import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { ItemResult, Mode, Verdict } from './model.ts';

export interface SheetRow {
  id: string;
  personId: string;
  personName: string;
  /** The request it belongs to; null: made for a mover or a lock by hand. */
  requestId: string | null;
  /** The unit that answers for it. */
  unitId: string | null;
  state: 'open' | 'executed' | 'closed' | 'undone';
  createdAt: number;
  trialAt: number | null;
  executedAt: number | null;
  closedAt: number | null;
  version: number;
}

export const SheetTable = new EntitySchema<SheetRow>({
  name: 'handover_sheet',
  tableName: 'handover_sheet',
  columns: {
    id: c.id(),
    personId: c.ref(),
    personName: c.label(64),
    requestId: c.nullable(c.ref()),
    unitId: c.nullable(c.ref()),
    state: c.code(16),
    createdAt: c.instant(),
    trialAt: c.nullable(c.instant()),
    executedAt: c.nullable(c.instant()),
    closedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'handover_sheet_person', columns: ['personId', 'state'] },
    { name: 'handover_sheet_request', columns: ['requestId'] },
    { name: 'handover_sheet_state', columns: ['state', 'id'] },
  ],
});

export interface SheetItemRow {
  id: string;
  sheetId: string;
  kind: string;
  holdingRef: string;
  title: string;
  detail: string;
  mode: Mode;
  successorId: string | null;
  trialVerdict: Verdict | null;
  trialWords: string | null;
  result: ItemResult | null;
  resultWords: string | null;
  /** What the room needs to take it back. */
  undoData: unknown;
  endedAt: number | null;
  version: number;
}

export const SheetItemTable = new EntitySchema<SheetItemRow>({
  name: 'handover_item',
  tableName: 'handover_item',
  columns: {
    id: c.id(),
    sheetId: c.ref(),
    kind: c.code(32),
    holdingRef: c.code(),
    title: c.label(),
    detail: c.label(),
    mode: c.code(16),
    successorId: c.nullable(c.ref()),
    trialVerdict: c.nullable(c.code(16)),
    trialWords: c.nullable(c.label()),
    result: c.nullable(c.code(16)),
    resultWords: c.nullable(c.label()),
    undoData: c.nullable(c.json()),
    endedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'handover_item_once', columns: ['sheetId', 'kind', 'holdingRef'], unique: true },
    { name: 'handover_item_successor', columns: ['successorId', 'sheetId'] },
  ],
});

export interface SignatureRow {
  id: string;
  sheetId: string;
  role: 'unit' | 'successor';
  personId: string;
  signedAt: number;
}

export const SignatureTable = new EntitySchema<SignatureRow>({
  name: 'handover_signature',
  tableName: 'handover_signature',
  columns: { id: c.id(), sheetId: c.ref(), role: c.code(16), personId: c.ref(), signedAt: c.instant() },
  indices: [{ name: 'handover_signature_once', columns: ['sheetId', 'role', 'personId'], unique: true }],
});

export const handoverTables = [SheetTable, SheetItemTable, SignatureTable] as const;
