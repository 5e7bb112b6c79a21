/** 签名 as a value of the form. Whose it is and whether the picture is theirs: commands/form-signatures.ts, engine. */
import type { FormSignature } from '../model/edits.ts';
import type { FieldOf } from './controls.ts';
import type { FieldValue, FormValues, GivenSignature, KeptSignature } from './contract.ts';

/** A picture with how it was made, as it is sent and as it is kept. */
export const givenIn = (value: FieldValue | undefined): GivenSignature | null =>
  typeof value === 'object' && value !== null && 'fileId' in value ? value : null;

export function keptIn(value: FieldValue | undefined): KeptSignature | null {
  const given = givenIn(value);
  return given !== null && 'hash' in given ? (given as KeptSignature) : null;
}

/** No other field takes a value of this shape. */
export const signaturesIn = (form: FormValues): FormSignature[] =>
  Object.entries(form).flatMap(([key, value]) => {
    const kept = keptIn(value);
    return kept === null ? [] : [{ ...kept, key }];
  });

export const signatureFault = ({ label }: FieldOf<'signature'>, value: FieldValue): string | null =>
  givenIn(value) === null ? `请重新签${label}。` : null;
