import type { SheetKind } from '../model.ts';
import type { ColumnRule, SourceSettings } from './contract.ts';
import type { AskLimits } from './http/ask.ts';
import type { Reach } from './reach.ts';

export type SqlSettings = Extract<SourceSettings, { kind: 'sql' }>;
export type HttpSettings = Extract<SourceSettings, { kind: 'http' }>;
export type FetchedSettings = SqlSettings | HttpSettings;

/** What one reading may use. */
export interface Reading {
  readonly reach: Reach;
  /** Ends the reading, wherever it is. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly limits?: Partial<AskLimits> | undefined;
}

/** The beginning of a list, for whoever sets the mapping up. */
export interface Sample {
  readonly kind: SheetKind;
  readonly total: number | null;
  readonly records: readonly unknown[];
  /** What the source calls its fields. */
  readonly fields: readonly string[];
  readonly columns: readonly ColumnRule[];
}
