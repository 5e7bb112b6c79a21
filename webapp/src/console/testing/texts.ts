/** Every text of a words file; functions are called with sample values. */
export function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (typeof node === 'function') {
    const call = node as (...values: unknown[]) => unknown;
    // Some want numbers or names, others words and a number, or rows.
    const samples = [[3, 5, 7, 9, '1%', '2%'], ['件事', 3], [[3, 4]]];
    return samples
      .flatMap((values) => {
        try {
          return [String(call(...values))];
        } catch {
          return [];
        }
      })
      .slice(0, 1);
  }
  if (typeof node === 'object' && node !== null) return Object.values(node).flatMap(texts);
  return [];
}
