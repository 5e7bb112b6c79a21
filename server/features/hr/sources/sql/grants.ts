/** Rights that let an account look and nothing else. */
const LOOKING = new Set(['SELECT', 'SHOW VIEW', 'USAGE']);

/**
 * What an account may do besides reading, out of its `SHOW GRANTS`. A role says nothing about what is in it, so it is
 * named too.
 */
export function writingRights(grants: readonly string[]): string[] {
  const found = new Set<string>();
  for (const grant of grants) {
    for (const right of rightsIn(grant)) if (!LOOKING.has(right)) found.add(right);
    if (/\bWITH\b.*\bGRANT OPTION\b/i.test(grant)) found.add('GRANT OPTION');
  }
  return [...found].sort();
}

function rightsIn(grant: string): string[] {
  const onSomething = /^GRANT (.+?) ON /i.exec(grant)?.[1];
  if (onSomething === undefined) {
    const role = /^GRANT (.+?) TO /i.exec(grant)?.[1];
    return role === undefined ? [] : [`ROLE ${role.replace(/[`']/g, '')}`];
  }
  // A right may name its columns: SELECT (`a`, `b`).
  return onSomething
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((right) => right.trim().toUpperCase());
}
