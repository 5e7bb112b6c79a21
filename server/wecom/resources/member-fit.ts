import { cutChars } from '../cut.ts';
import type { MemberCreate, MemberUpdate } from './user-shapes.ts';

/**
 * Texts that only describe a member are cut to 企业微信's limits instead of refusing the member. What identifies or
 * reaches somebody (userid, name, mobile, mail, telephone) is never cut: half a number is another number.
 */
const LIMITS = { alias: 64, position: 128, address: 128, external_position: 12 } as const;
type Cuttable = keyof typeof LIMITS;
const CUTTABLE = Object.keys(LIMITS) as readonly Cuttable[];

export interface Fitted<T> {
  readonly member: T;
  /** Fields that were cut: compare what is read back with `member`, or it will look like drift for ever. */
  readonly cut: readonly Cuttable[];
}

export function fitMember<T extends MemberCreate | MemberUpdate>(member: T): Fitted<T> {
  const fitted = { ...member };
  const cut: Cuttable[] = [];
  for (const field of CUTTABLE) {
    const text = member[field];
    if (text === undefined) continue;
    const short = cutChars(text, LIMITS[field], '…');
    if (short === text) continue;
    Object.assign(fitted, { [field]: short });
    cut.push(field);
  }
  return { member: fitted, cut };
}
