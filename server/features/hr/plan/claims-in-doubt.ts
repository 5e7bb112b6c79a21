import type { Incoming } from '../model.ts';
import { isGoneNow, type Days } from './status.ts';

const SAID = {
  mobile: ({ mobile }: Incoming) => mobile?.print ?? null,
  staffNo: ({ staffNo }: Incoming) => staffNo,
  idNumber: ({ idNumber }: Incoming) => idNumber?.print ?? null,
} as const;
const FIELDS = Object.keys(SAID) as (keyof typeof SAID)[];

/** Staff numbers of rows that say a value while nobody knows whose they are, by field and value. */
export type Claims = ReadonlyMap<keyof typeof SAID, ReadonlyMap<string, readonly string[]>>;

/** A row in doubt still says what it says: nobody else gets the mobile it names because of the doubt (B4). */
export function claimsInDoubt(rows: readonly Incoming[], days: Days): Claims {
  const present = rows.filter((row) => !isGoneNow(row, days));
  return new Map(FIELDS.map((field) => [field, byValue(present, SAID[field])]));
}

function byValue(rows: readonly Incoming[], said: (row: Incoming) => string | null): Map<string, string[]> {
  const claims = new Map<string, string[]>();
  for (const row of rows) {
    const value = said(row);
    if (value === null) continue;
    const others = claims.get(value);
    if (others) others.push(row.staffNo);
    else claims.set(value, [row.staffNo]);
  }
  return claims;
}
