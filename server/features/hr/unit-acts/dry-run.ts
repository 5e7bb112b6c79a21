/** What a merge or the end of a unit would do, in lines; and the hash that stands for all of it. Pure. */
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { MANY } from '../../../kernel/typed-phrase.ts';
import type { MovingPerson } from '../../directory/index.ts';

/** `goes`: to the successor or the unit above; `ends`: with the unit; `look`: stays as it is and needs somebody. */
export type Fate = 'goes' | 'ends' | 'look';

/** Something of another room that hangs on the unit. */
export interface UnitHolding {
  readonly kind: string;
  readonly fate: Fate;
  /** Of what it is: a person's id for a right, else the thing's own. */
  readonly targetId: string;
  /** A number, a role; never the name of a person. */
  readonly note: string;
}

export interface Group {
  readonly kind: string;
  readonly fate: Fate;
  readonly count: number;
}

export interface Item {
  readonly kind: string;
  readonly targetId: string;
  readonly note: string;
}

export interface DryRunFacts {
  readonly kind: 'merge' | 'dissolve';
  readonly unitId: string;
  readonly successorId: string | null;
  readonly on: string;
  readonly people: readonly MovingPerson[];
  readonly unitIds: readonly string[];
  readonly leaderInChargeId: string | null;
  readonly holdings: readonly UnitHolding[];
}

export interface DryRun {
  readonly groups: readonly Group[];
  readonly items: readonly Item[];
  readonly people: number;
  readonly hash: string;
}

const POST_KINDS = { main: '主岗', concurrent: '兼任' } as const;
const postWords = ({ kind, title }: MovingPerson['after'][number]): string =>
  [POST_KINDS[kind], title].filter((part) => part !== '').join(' ');

/** Who moves, whose two posts become one, who is head no more: each person by the post they would hold there. */
function linesOf(person: MovingPerson, unitId: string, successorId: string): (Item & { fate: Fate })[] {
  const { personId: targetId, before, after } = person;
  const given = before.find((post) => post.unitId === unitId);
  const there = after.find((post) => post.unitId === successorId);
  if (!given || !there) return [];
  const hasTwo = before.some((post) => post.unitId === successorId);
  const line = (kind: string, fate: Fate, note: string) => ({ kind, fate, targetId, note });
  return [
    line('people', 'goes', postWords(there)),
    ...(hasTwo ? [line('twoPosts', 'goes', `${postWords(given)} → ${postWords(there)}`)] : []),
    ...(given.isHead ? [line('heads', 'ends', given.title)] : []),
  ];
}

/** Kinds in the order they are read. */
const ORDER = ['people', 'twoPosts', 'heads', 'leaderInCharge', 'units'] as const;
const place = (kind: string): number => {
  const at = (ORDER as readonly string[]).indexOf(kind);
  return at < 0 ? ORDER.length : at;
};

export function dryRun(facts: DryRunFacts, hash: (text: string) => string): DryRun {
  const { kind, unitId, successorId, on, people, unitIds, leaderInChargeId, holdings } = facts;
  const lines: (Item & { readonly fate: Fate })[] = [
    ...(successorId === null ? [] : people.flatMap((person) => linesOf(person, unitId, successorId))),
    ...(leaderInChargeId === null
      ? []
      : [{ kind: 'leaderInCharge', fate: 'ends' as const, targetId: leaderInChargeId, note: '' }]),
    ...unitIds.map((targetId) => ({ kind: 'units', fate: 'goes' as const, targetId, note: '' })),
    ...holdings,
  ];
  const kinds = [...new Set(lines.map((line) => line.kind))].sort((a, b) => place(a) - place(b));
  const sorted = kinds.flatMap((one) => lines.filter((line) => line.kind === one));
  return {
    groups: kinds.flatMap((one) => {
      const of = sorted.filter((line) => line.kind === one);
      const [first] = of;
      return first ? [{ kind: one, fate: first.fate, count: of.length }] : [];
    }),
    items: sorted.map(({ fate: _fate, ...item }) => item),
    people: people.length,
    hash: hash(canonicalJson({ kind, unitId, successorId, on, people: people.map(becomes), lines: sorted })),
  };
}

/** The posts a person would hold: an end or a first day that moved is another dry run, also when no line shows it. */
const becomes = ({ personId, after }: MovingPerson) => ({
  personId,
  after: after.map((post) => ({ ...post })),
});

/** "合并86人"; null when few enough move that looking is enough. */
export const phraseOf = (people: number): string | null => (people > MANY ? `合并${people}人` : null);
