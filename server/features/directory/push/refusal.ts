/** Refusals of one record with a cure of their own (page 90313); any other is told by its number. */
const KNOWN = new Set([60103, 60104, 60105, 60106, 60110, 60112, 60129, 45024, 81001, 301005]);

export interface Refusal {
  readonly code: string;
  readonly data: { readonly errcode: number | string };
}

/** Which words say why 企业微信 did not take a record. */
export function refusalOf(errcode: number | null): Refusal {
  return errcode !== null && KNOWN.has(errcode)
    ? { code: `directory.refused_${errcode}`, data: { errcode } }
    : { code: 'directory.refused', data: { errcode: errcode ?? '—' } };
}
