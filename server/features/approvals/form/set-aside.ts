/**
 * ID numbers do not stay in a form: what is remembered of it, its history included, holds the masked number; the
 * number itself is sealed in a row of its own (tables.ts, SecretTable).
 */
import { maskIdNumber } from '../../../kernel/masking.ts';
import type { FieldValue, FormValues } from '../contract.ts';
import { isEmpty, valueOf } from './fields.ts';
import type { Template } from '../template/template.ts';

/** Plain values by field key. */
export type Secrets = ReadonlyMap<string, string>;

/** For a form whose values are good: what may be remembered, and what is to be sealed. */
export function setAside({ fields }: Template, form: FormValues): { form: FormValues; secrets: Secrets } {
  const open: Record<string, FieldValue> = { ...form };
  const secrets = new Map<string, string>();
  for (const { key, type } of fields) {
    const value = valueOf(form, key);
    if (type !== 'idNumber' || typeof value !== 'string' || isEmpty(value)) continue;
    const number = value.trim().toUpperCase();
    secrets.set(key, number);
    open[key] = maskIdNumber(number);
  }
  return { form: open, secrets };
}

/** The other way round, for a form that is handed in again: a masked number left as it was is the number kept. */
export function withSecrets({ fields }: Template, form: FormValues, kept: Secrets): FormValues {
  const full: Record<string, FieldValue> = { ...form };
  for (const { key, type } of fields) {
    const number = kept.get(key);
    if (type === 'idNumber' && number !== undefined && valueOf(form, key) === maskIdNumber(number))
      full[key] = number;
  }
  return full;
}
