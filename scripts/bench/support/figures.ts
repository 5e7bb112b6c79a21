/** What a bench prints: its figures and one line per bar, with PASS or FAIL. */
export interface Bar {
  readonly what: string;
  readonly bar: string;
  readonly value: number;
  readonly verdict: 'PASS' | 'FAIL';
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** @param q 0.5 for the median, 0.99 for the 99th percentile */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

const bar = (what: string, words: string, value: number, pass: boolean): Bar => ({
  what,
  bar: words,
  value: round(value),
  verdict: pass ? 'PASS' : 'FAIL',
});

export const atLeast = (what: string, value: number, least: number): Bar =>
  bar(what, `>= ${least}`, value, value >= least);

export const atMost = (what: string, value: number, most: number): Bar =>
  bar(what, `<= ${most}`, value, value <= most);

export const exactly = (what: string, value: number, wanted: number): Bar =>
  bar(what, `= ${wanted}`, value, value === wanted);

/** Print everything as JSON; the process exits with 1 when a bar is missed. */
export function report(bench: string, figures: object, bars: readonly Bar[]): void {
  console.log(JSON.stringify({ bench, ...figures, bars }, null, 2));
  if (bars.some(({ verdict }) => verdict === 'FAIL')) process.exitCode = 1;
}

/** Both sides in turn, so that whatever else the machine does hits both. */
export async function alternate<A, B>(
  runs: number,
  one: () => Promise<A>,
  other: () => Promise<B>,
): Promise<{ one: A[]; other: B[] }> {
  const results: { one: A[]; other: B[] } = { one: [], other: [] };
  for (let run = 0; run < runs; run += 1) {
    results.one.push(await one());
    results.other.push(await other());
  }
  return results;
}
