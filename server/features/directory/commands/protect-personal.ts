import { maskIdNumber, maskMobile, type Vault } from '../../../platform/vault/index.ts';
import type { Secret, SecretField } from '../known.ts';

export interface Sealed extends Secret {
  readonly sealed: string;
}

/** Personal values as they are stored: sealed, masked for people, printed for comparison (rules B3, H6). */
export interface Personal {
  protect(field: SecretField, plain: string): Sealed;
  secretOf(field: SecretField, plain: string): Secret;
  reveal(field: SecretField | 'address', sealed: string): string;
  /** A home address is nowhere compared, so it has no print. */
  protectAddress(plain: string): { readonly sealed: string; readonly masked: string };
}

/** One value has one form, so that equal values have equal prints. */
const FORM: Readonly<Record<SecretField, (plain: string) => string>> = {
  /** `+86 199 0000 0731` and `19900000731` are one number. */
  mobile: (plain) => plain.replace(/[\s-]/g, '').replace(/^\+86(?=1\d{10}$)/, ''),
  idNumber: (plain) => plain.replace(/\s/g, '').toUpperCase(),
  bornOn: (plain) => plain.trim(),
};

const MASK: Readonly<Record<SecretField, (plain: string) => string>> = {
  mobile: maskMobile,
  idNumber: maskIdNumber,
  bornOn: (date) => `${date.slice(0, 4)}-**-**`,
};

const ADDRESS = 'person.address';

export function createPersonal(vault: Vault): Personal {
  const purpose = (field: SecretField | 'address') => `person.${field}`;
  const secretOf = (field: SecretField, plain: string): Secret => {
    const value = FORM[field](plain);
    return { print: vault.fingerprint(purpose(field), value), masked: MASK[field](value) };
  };
  return {
    secretOf,
    protect: (field, plain) => ({
      ...secretOf(field, plain),
      sealed: vault.seal(purpose(field), FORM[field](plain)),
    }),
    protectAddress: (plain) => ({ sealed: vault.seal(ADDRESS, plain), masked: maskAddress(plain) }),
    reveal: (field, sealed) => vault.open(purpose(field), sealed),
  };
}

/** `c***@haizhou.example`: enough to recognise one's own. */
export function maskEmail(email: string | null): string | null {
  return email === null ? null : email.replace(/^(.)[^@]*/, '$1***');
}

/** `滨海***`: enough to recognise one's own. */
export const maskAddress = (address: string): string => `${[...address].slice(0, 2).join('')}***`;
