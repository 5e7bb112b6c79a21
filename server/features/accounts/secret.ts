/** H5: why somebody is locked, and why not any more, is kept apart, sealed, and never in a state, an event, a title or an audit entry. */
import type { Vault } from '../../platform/vault/index.ts';
import { Filled, type LockReasonAnswer } from './contract.ts';
import type { RequestState } from './model.ts';
import type { z } from 'zod';

export type LockReason = z.infer<typeof LockReasonAnswer>;
/** Kinds that keep a part of their form from all but named roles. */
export const isSecret = (kind: RequestState['kind']): boolean => kind === 'lock' || kind === 'unlock';

type Sealer = Pick<Vault, 'seal' | 'open'>;

const PURPOSE = 'accounts.lockReason';

/** The form as everybody involved may see it, and the rest sealed. */
export function splitSecret(vault: Sealer, filled: Filled): { open: Filled; secretSealed: string | null } {
  const seal = (secret: LockReason) => vault.seal(PURPOSE, JSON.stringify(secret));
  switch (filled.kind) {
    case 'lock': {
      const { cause, reason } = filled.form;
      const open: Filled = { kind: 'lock', form: { ...filled.form, cause: null, reason: '' } };
      return { open, secretSealed: seal({ cause, reason }) };
    }
    case 'unlock': {
      const open: Filled = { kind: 'unlock', form: { ...filled.form, reason: '' } };
      return { open, secretSealed: seal({ cause: null, reason: filled.form.reason }) };
    }
    default:
      return { open: filled, secretSealed: null };
  }
}

export function openSecret(vault: Sealer, sealed: string | null): LockReason {
  if (sealed === null) return { cause: null, reason: '' };
  return JSON.parse(vault.open(PURPOSE, sealed)) as LockReason;
}

/** The form as it was typed in. */
export function filledOf(vault: Sealer, state: RequestState, sealed: string | null): Filled {
  const filled = openFormOf(state);
  if (sealed === null) return filled;
  const { cause, reason } = openSecret(vault, sealed);
  if (filled.kind === 'lock') return { kind: 'lock', form: { ...filled.form, cause, reason } };
  if (filled.kind === 'unlock') return { kind: 'unlock', form: { ...filled.form, reason } };
  return filled;
}

export const openFormOf = ({ kind, form }: Pick<RequestState, 'kind' | 'form'>): Filled =>
  Filled.parse({ kind, form });
