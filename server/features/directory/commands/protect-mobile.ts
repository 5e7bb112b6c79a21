import { maskMobile, type Vault } from '../../../platform/vault/index.ts';
import type { ProtectedMobile } from '../roster/plan-import.ts';

const PURPOSE = 'person.mobile';

/** `+86 199 0000 0731` and `19900000731` are one number. */
const plainForm = (mobile: string) => mobile.replace(/[\s-]/g, '').replace(/^\+86(?=1\d{10}$)/, '');

export interface Mobiles {
  protect(mobile: string): ProtectedMobile;
  fingerprint(mobile: string): string;
  reveal(sealed: string): string;
}

/** A mobile number as it is stored: sealed, masked for people, fingerprinted for comparison (rules B3, H6). */
export function createMobiles(vault: Vault): Mobiles {
  const fingerprint = (mobile: string) => vault.fingerprint(PURPOSE, plainForm(mobile));
  return {
    fingerprint,
    protect: (mobile) => ({
      mobileSealed: vault.seal(PURPOSE, plainForm(mobile)),
      mobileMasked: maskMobile(plainForm(mobile)),
      mobilePrint: fingerprint(mobile),
    }),
    reveal: (sealed) => vault.open(PURPOSE, sealed),
  };
}
