/**
 * What stands under `data.items` in a JSON answer; '' is the answer itself, `undefined`: nothing is there. A name with
 * a dot in it wins over a path. Inherited properties are never looked at.
 */
export function valueAt(answer: unknown, path: string): unknown {
  if (path === '') return answer;
  if (isRecord(answer) && Object.hasOwn(answer, path)) return answer[path];
  let here: unknown = answer;
  for (const name of path.split('.')) {
    if (!isRecord(here) || !Object.hasOwn(here, name)) return undefined;
    here = here[name];
  }
  return here;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
