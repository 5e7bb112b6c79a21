/** Finds words in a tree of JSON: in names and in values. */
export interface Match {
  /** `members[3].name` */
  path: string;
  value: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Text of a leaf, or a short sign of a branch. */
export const leafText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

export const childrenOf = (value: unknown): [string, unknown][] => {
  if (Array.isArray(value)) return value.map((one, at) => [String(at), one]);
  return isObject(value) ? Object.entries(value) : [];
};

export const isBranch = (value: unknown): boolean => isObject(value);

/**
 * @param limit stop after so many
 * @returns leaves whose path's last name or value holds the words, in document order
 */
export function searchJson(root: unknown, query: string, limit: number): { matches: Match[]; more: boolean } {
  const wanted = query.trim().toLowerCase();
  const matches: Match[] = [];
  let more = false;
  const walk = (value: unknown, path: string, name: string): void => {
    if (more) return;
    if (isBranch(value)) {
      const list = Array.isArray(value);
      for (const [key, child] of childrenOf(value)) {
        walk(child, list ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`, list ? name : key);
      }
      return;
    }
    const text = leafText(value);
    if (!name.toLowerCase().includes(wanted) && !text.toLowerCase().includes(wanted)) return;
    if (matches.length >= limit) more = true;
    else matches.push({ path, value: text });
  };
  if (wanted !== '') walk(root, '', '');
  return { matches, more };
}
