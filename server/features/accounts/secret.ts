/** H5: why somebody is locked is kept apart, sealed, and never in a state, an event, a title or an audit entry. */
import type { Vault } from '../../platform/vault/index.ts';
import { Filled, type LockReasonAnswer } from './contract.ts';
import type { RequestState } from './model.ts';
import type { z } from 'zod';

export type LockReason = z.infer<typeof LockReasonAnswer>;
type Sealer = Pick<Vault, 'seal' | 'open'>;

const PURPOSE = 'accounts.lockReason';

/** The form as everybody involved may see it, and the rest sealed. */
export function splitSecret(vault: Sealer, filled: Filled): { open: Filled; secretSealed: string | null } {
  if (filled.kind !== 'lock') return { open: filled, secretSealed: null };
  const { cause, reason } = filled.form;
  const secret: LockReason = { cause, reason };
  return {
    open: { kind: 'lock', form: { ...filled.form, cause: null, reason: '' } },
    secretSealed: vault.seal(PURPOSE, JSON.stringify(secret)),
  };
}

export function openSecret(vault: Sealer, sealed: string | null): LockReason {
  if (sealed === null) return { cause: null, reason: '' };
  return JSON.parse(vault.open(PURPOSE, sealed)) as LockReason;
}

/** The form as it was typed in. */
export function filledOf(vault: Sealer, state: RequestState, sealed: string | null): Filled {
  const filled = openFormOf(state);
  return filled.kind === 'lock'
    ? { kind: 'lock', form: { ...filled.form, ...openSecret(vault, sealed) } }
    : filled;
}

export const openFormOf = ({ kind, form }: Pick<RequestState, 'kind' | 'form'>): Filled =>
  Filled.parse({ kind, form });
