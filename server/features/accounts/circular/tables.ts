import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { Instruction } from '../model.ts';

/** One circular; the cases it is about name it. Once issued its text never changes. */
export interface CircularRow {
  id: string;
  state: 'draft' | 'issued' | 'discarded';
  title: string;
  documentNumber: string;
  opening: string;
  closing: string;
  instruction: Instruction;
  /** Units its cases are of: who reads it when it is issued. */
  unitIds: string[];
  caseCount: number;
  /** Null until it is issued. */
  issuedText: string | null;
  textHash: string | null;
  draftedById: string;
  draftedByName: string;
  draftedAt: number;
  /** Who wrote the words as they are. */
  editedById: string;
  issuedById: string | null;
  issuedByName: string | null;
  issuedAt: number | null;
  version: number;
}

export const CircularTable = new EntitySchema<CircularRow>({
  name: 'account_circular',
  tableName: 'account_circular',
  columns: {
    id: c.id(),
    state: c.code(16),
    title: c.label(),
    documentNumber: c.label(64),
    opening: c.longText(),
    closing: c.longText(),
    instruction: c.json(),
    unitIds: c.json(),
    caseCount: c.integer(),
    issuedText: c.nullable(c.longText()),
    textHash: c.nullable(c.code(64)),
    draftedById: c.ref(),
    draftedByName: c.label(64),
    draftedAt: c.instant(),
    editedById: c.ref(),
    issuedById: c.nullable(c.ref()),
    issuedByName: c.nullable(c.label(64)),
    issuedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [{ name: 'account_circular_state', columns: ['state', 'id'] }],
});

export const circularTables = [CircularTable] as const;
