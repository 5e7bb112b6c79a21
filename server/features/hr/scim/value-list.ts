import { evaluate, fold } from './evaluate.ts';
import type { Doc } from './read-document.ts';
import type { Meant } from './resolve.ts';

/** The values of a multi-valued attribute while a PATCH changes them; a place is kept by whatever is written there. */
export interface ValueList {
  all(): Doc[];
  isEmpty(): boolean;
  /** Places of the values the filter finds, in order. */
  find(meant: Meant): number[];
  /** Places of those whose `value` is exactly this. */
  named(value: unknown): number[];
  at(place: number): Doc;
  /** `null`: gone. */
  write(place: number, value: Doc | null): void;
  /** Every value becomes what is returned. */
  each(change: (value: Doc) => Doc | null): void;
  /** What is there already is not there twice. */
  join(value: Doc): void;
  /** RFC 7643, 2.4: the primary value occurs once. */
  onlyPrimary(primary: Doc): void;
}

/**
 * Values are found by their `value` without a look at the others: Entra ID changes a group of thousands by one
 * operation for each member.
 * @param spend told how many values are looked at, before they are
 */
export function createValueList(values: readonly Doc[], spend: (looks: number) => void): ValueList {
  /** In order: a place is used once, and only ever at the end. */
  const places = new Map<number, Doc>();
  const byValue = new Map<string | null, Set<number>>();
  let next = 0;

  const at = (place: number): Doc => places.get(place) ?? {};
  const candidates = (value: unknown): readonly number[] => [...(byValue.get(indexOf(value)) ?? [])];

  function write(place: number, value: Doc | null): void {
    const before = places.get(place);
    if (before) byValue.get(indexOf(before.value))?.delete(place);
    if (value === null) {
      places.delete(place);
      return;
    }
    places.set(place, value);
    const same = byValue.get(indexOf(value.value));
    if (same) same.add(place);
    else byValue.set(indexOf(value.value), new Set([place]));
  }

  function append(value: Doc): void {
    write(next, value);
    next += 1;
  }

  function among(found: readonly number[], fits: (value: Doc) => boolean, terms = 1): number[] {
    spend(found.length * terms);
    return found.filter((place) => fits(at(place))).sort((one, other) => one - other);
  }

  function each(change: (value: Doc) => Doc | null): void {
    spend(places.size);
    for (const [place, value] of places) write(place, change(value));
  }

  for (const value of values) append(value);
  return {
    all: () => [...places.values()],
    isEmpty: () => places.size === 0,
    find(meant) {
      const wanted = namedBy(meant);
      const found = wanted ? [...new Set(wanted.flatMap(candidates))] : [...places.keys()];
      return among(found, (value) => evaluate(meant, value), termsOf(meant));
    },
    named: (value) => among(candidates(value), (one) => one.value === value),
    at,
    write,
    each,
    join(value) {
      const place = among(candidates(value.value), (one) => identity(one) === identity(value)).at(-1);
      if (place === undefined) append(value);
      else write(place, { ...at(place), ...value });
    },
    onlyPrimary: (primary) =>
      each((one) =>
        one.primary === true && identity(one) !== identity(primary) ? { ...one, primary: false } : one,
      ),
  };
}

const identity = ({ value, type }: Doc): string => JSON.stringify([value, type]);

/** Values that any comparison takes for equal have one index: filters compare bytes of UTF-8, some without case. */
const indexOf = (value: unknown): string | null =>
  typeof value === 'string' ? Buffer.from(fold(value)).toString() : null;

/** What `value` must be for the filter to hold; null: it may be anything. */
function namedBy(meant: Meant): string[] | null {
  if (meant.kind === 'compare') {
    const { op, ref, value } = meant;
    return op === 'eq' && ref.attribute.name === 'value' && typeof value === 'string' ? [value] : null;
  }
  if (meant.kind !== 'and' && meant.kind !== 'or') return null;
  const parts = meant.parts.map(namedBy);
  if (meant.kind === 'and') return parts.find((part) => part !== null) ?? null;
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
}

function termsOf(meant: Meant): number {
  if (meant.kind === 'not' || meant.kind === 'some') return termsOf(meant.part);
  if (meant.kind !== 'and' && meant.kind !== 'or') return 1;
  return meant.parts.reduce((total, part) => total + termsOf(part), 0);
}
