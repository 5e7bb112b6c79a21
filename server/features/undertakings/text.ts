/** A text people undertake to follow. */
import type { Category } from '../access/index.ts';
import type { Occasion } from './contract.ts';

/** What the words are asked for and of whom; a change needs no new version. */
export interface Asking {
  readonly textId: string;
  readonly occasions: readonly Occasion[];
  readonly who: 'all' | readonly Category[];
  /** Working days from the first sign-in on. */
  readonly workdays: number;
  /** Place in lists. */
  readonly place: number;
}

/** One version, word for word. */
export interface Wording {
  readonly version: number;
  readonly title: string;
  /** The clause it comes from. */
  readonly source: string;
  readonly words: string;
  readonly sha256: string;
  /** False: whoever gave the version before is not asked again. */
  readonly askAgain: boolean;
}

export interface TextFile extends Asking, Wording {}

/** A text in force: its newest version, and from which version on what somebody gave still counts. */
export interface Text extends TextFile {
  readonly countsFrom: number;
}

export const FIRST_SIGN_IN: Occasion = 'first-sign-in';
