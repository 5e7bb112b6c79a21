/** What was asked for and why lies sealed; the value is shown masked when it is personal (H6). */
import { maskIdNumber, maskMobile, type Vault } from '../../platform/vault/index.ts';
import type { Field } from './contract.ts';
import { FIELDS, isCleared } from './fields.ts';
import { REASON, WANTED, type CorrectionRow } from './tables.ts';

type Sealer = Pick<Vault, 'seal' | 'open'>;
type Sealed = Pick<CorrectionRow, 'wantedSealed' | 'reasonSealed'>;

export const sealAsked = (vault: Sealer, wanted: string, reason: string): Sealed => ({
  wantedSealed: vault.seal(WANTED, wanted),
  reasonSealed: vault.seal(REASON, reason),
});

/** Null once it was erased. */
export function openAsked(
  vault: Sealer,
  { wantedSealed, reasonSealed }: Sealed,
): { wanted: string | null; reason: string | null } {
  return {
    wanted: wantedSealed === null ? null : vault.open(WANTED, wantedSealed),
    reason: reasonSealed === null ? null : vault.open(REASON, reasonSealed),
  };
}

const MASKS: Partial<Record<Field, (value: string) => string>> = {
  idNumber: (value) => maskIdNumber(value.replace(/\s/g, '')),
  mobile: (value) => maskMobile(value.replace(/[\s-]/g, '')),
  bornOn: (value) => `${value.slice(0, 4)}-**-**`,
  email: (value) => value.replace(/^(.)[^@]*/, '$1***'),
};

/** Enough to know one's own again. */
export function shownOf(field: Field, value: string): string {
  if (!FIELDS[field].isPersonal || isCleared(field, value)) return value;
  return MASKS[field]?.(value) ?? `${[...value].slice(0, 2).join('')}***`;
}
