import { createNearest } from './nearest.ts';
import { fold } from './text-forms.ts';

export interface NamedUnit {
  readonly code: string;
  readonly name: string;
}

export interface Suggestions {
  /** Units that may have been meant by a wrong code, or by a name instead of a code. */
  units(value: string): readonly NamedUnit[];
  /** Staff numbers that may have been meant by a wrong one, or by a name instead. */
  staffNos(value: string): readonly string[];
}

/** Different values looked up before hints stop: a whole column of nonsense must not cost minutes. */
const MAX_ASKED = 200;
const MOST = 3;

/** What a wrong reference may have meant. Prepared when first asked for; each value is answered once. */
export function createSuggestions(
  units: readonly NamedUnit[],
  people: readonly { readonly staffNo: string; readonly name: string }[],
): Suggestions {
  return {
    units: answeredOnce(() => unitFinder(units)),
    staffNos: answeredOnce(() => staffNoFinder(people)),
  };
}

function answeredOnce<T>(prepare: () => (value: string) => readonly T[]): (value: string) => readonly T[] {
  const answers = new Map<string, readonly T[]>();
  let find: ((value: string) => readonly T[]) | undefined;
  return (value) => {
    const known = answers.get(value);
    if (known) return known;
    if (answers.size >= MAX_ASKED) return [];
    find ??= prepare();
    const answer = find(value);
    answers.set(value, answer);
    return answer;
  };
}

function unitFinder(units: readonly NamedUnit[]): (value: string) => readonly NamedUnit[] {
  // Later ones are of the file and say what a stored unit will be called.
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const byName = grouped([...byCode.values()], ({ name }) => name);
  const names = createNearest([...byName.keys()]);
  const codes = createNearest([...byCode.keys()]);
  return (value) => {
    // The end of a path names the unit: 机电学院/机械室.
    const last = value.split(/[/\\>]/u).at(-1) ?? value;
    const named = [...names.to(value), ...(last === value ? [] : names.to(last))];
    const coded = codes.to(value).flatMap((code) => byCode.get(code) ?? []);
    const found = [...named.flatMap((name) => byName.get(name) ?? []), ...coded];
    return [...new Set(found)].slice(0, MOST);
  };
}

function staffNoFinder(
  people: readonly { readonly staffNo: string; readonly name: string }[],
): (value: string) => readonly string[] {
  const byName = grouped(people, ({ name }) => name);
  const byBare = grouped(people, ({ staffNo }) => bareNumber(staffNo));
  const numbers = createNearest(people.map(({ staffNo }) => staffNo));
  return (value) => {
    const sure = [...(byName.get(value) ?? []), ...(byBare.get(bareNumber(value)) ?? [])];
    return [...new Set([...sure.map(({ staffNo }) => staffNo), ...numbers.to(value)])].slice(0, MOST);
  };
}

/** Without the zeros a spreadsheet takes from the front of a number. */
export const bareNumber = (code: string): string => fold(code).replace(/^0+(?=.)/, '');

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
