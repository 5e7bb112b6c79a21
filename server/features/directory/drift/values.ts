import { canonicalJson } from '../../../kernel/canonical-json.ts';

/** A personal value: compared by its print, shown masked (H6). */
export interface SecretValue {
  readonly print: string;
  readonly masked: string;
}

/**
 * One side of a difference. Numbers are department ids and order values in 企业微信's own counting; `order` is a list
 * of [department, value], `leader` the departments led.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly number[]
  | readonly (readonly [number, number])[]
  | SecretValue
  | { readonly personId: string }
  | { readonly userid: string }
  | { readonly departments: readonly number[] }
  | { readonly name: string | null; readonly parentId: number };

export type Values = Readonly<Partial<Record<string, Value>>>;

const isSecret = (value: Value): value is SecretValue =>
  typeof value === 'object' && value !== null && 'print' in value;

/** Personal values are equal when their prints are. */
export const sameValue = (a: Value, b: Value): boolean => keyOf(a) === keyOf(b);

const keyOf = (value: Value): string => (isSecret(value) ? value.print : canonicalJson(value));

export interface Found<F extends string = string> {
  readonly field: F;
  readonly ours: Value;
  readonly theirs: Value;
}

/**
 * The heart of it: a field differs when what is read is neither what was last written (then only our own next write
 * is still to come) nor what we want (then our own write has just arrived: an echo). What one side does not tell is
 * not compared.
 */
export function differences<F extends string>(
  fields: readonly F[],
  theirs: Values,
  written: Values,
  wanted: Values,
): Found<F>[] {
  return fields.flatMap((field): Found<F>[] => {
    const [read, wrote, ours] = [theirs[field], written[field], wanted[field]];
    if (read === undefined || wrote === undefined || ours === undefined) return [];
    return sameValue(read, wrote) || sameValue(read, ours) ? [] : [{ field, ours, theirs: read }];
  });
}
