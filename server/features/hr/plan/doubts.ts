import type { Change, Doubt, KnownPerson } from '../model.ts';
import { doubtKey, type TargetType } from './keys.ts';
import type { Unsettled } from './match.ts';
import type { Candidate } from './types.ts';

export type Target = Change['target'];

const BY_WORDS: Readonly<Record<Candidate['by'], string>> = {
  sourceId: '人员编号相同',
  staffNo: '工号相同',
  idNumber: '证件号码相同',
  mobileAndName: '手机号和姓名相同',
};

type DoubtCandidate = Doubt['candidates'][number];

export const personTarget = ({ personId, staffNo, name }: KnownPerson): Target => ({
  type: 'person',
  id: personId,
  ref: staffNo,
  name,
});

export const candidateOf = ({ personId, staffNo, name }: KnownPerson, by: string): DoubtCandidate => ({
  personId,
  staffNo,
  name,
  by,
});

/** One doubt; its key is made of the target and the kind. */
export function doubtOn(
  kind: Doubt['kind'],
  target: Target,
  why: string,
  more: {
    readonly lines?: readonly number[];
    readonly candidates?: Doubt['candidates'];
    readonly detail?: string;
  } = {},
): Doubt {
  const type: TargetType = target.type;
  return {
    key: doubtKey(type, target.ref, kind, more.detail),
    kind,
    target,
    lines: more.lines ?? [],
    candidates: more.candidates ?? [],
    why,
  };
}

/** The doubt of a row that is nobody for sure; null when a human took the row out. */
export function doubtOfMatch({ verdict, row, kind, candidates, why }: Unsettled): Doubt | null {
  if (verdict === 'leftOut') return null;
  const only = candidates.length === 1 ? (candidates[0]?.person.personId ?? null) : null;
  return doubtOn(kind, { type: 'person', id: only, ref: row.staffNo, name: row.name }, why, {
    lines: [row.line],
    candidates: candidates.map(({ person, by }) => candidateOf(person, BY_WORDS[by])),
  });
}
