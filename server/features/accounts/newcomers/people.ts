import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Likeness, PersonLike } from '../../directory/index.ts';

/** Socket, filled in compose/: HR's record as far as it tells who somebody is. */
export interface Identities {
  /** Print and mask of a value, equal to those the record has of the same value. */
  secretOf(field: 'idNumber' | 'mobile', plain: string): { readonly print: string; readonly masked: string };
  /** Everybody, former people too, who has one of these numbers (by print) or names. */
  peopleLike(reads: Reads, likeness: Likeness): Promise<PersonLike[]>;
}
