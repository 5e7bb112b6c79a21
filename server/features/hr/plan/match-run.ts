import type { Incoming, KnownPerson } from '../model.ts';
import { doubtKey, leftOut } from './keys.ts';
import type { KnownIndex } from './known-index.ts';
import { hasLeft, isGoneNow, type Days } from './status.ts';
import type { Candidate, Decisions, MatchedBy } from './types.ts';

/** A row that is somebody we know for sure (`same`) or somebody new. */
export interface Settled {
  readonly verdict: 'same' | 'new';
  readonly row: Incoming;
  /** Null: new. */
  readonly person: KnownPerson | null;
  readonly by: MatchedBy | null;
  /** Somebody who had left is employed again (B7). */
  readonly rehire: boolean;
}

/** A row for which nothing is planned until a human or a better file decides. */
export interface Unsettled {
  /** `doubtful`: a human may decide; `conflict`: only a better file helps; `leftOut`: a human took it out. */
  readonly verdict: 'doubtful' | 'conflict' | 'leftOut';
  readonly row: Incoming;
  readonly kind: 'maybeSamePerson' | 'nameChanged';
  readonly candidates: readonly Candidate[];
  readonly why: string;
}

export type Match = Settled | Unsettled;

export interface MatchOptions {
  readonly decisions: Decisions;
  /** Staff numbers of unreadable rows: they speak for whoever has them (A4). */
  readonly refusedStaffNos: readonly string[];
  readonly days: Days;
}

export const isSettled = (match: Match): match is Settled =>
  match.verdict === 'same' || match.verdict === 'new';

export interface Run {
  readonly index: KnownIndex;
  readonly file: FileSurvey;
  readonly options: MatchOptions;
  /** Person id → the row that is this person. */
  readonly linked: Map<string, Incoming>;
  readonly found: Map<Incoming, Match>;
  /** Rows by what somebody unknown claims: their ID number, their mobile and name. */
  claims: ReadonlyMap<string, readonly Incoming[]>;
}

export interface FileSurvey {
  /** How many rows have this staff number; unreadable ones count once. */
  readonly staffNos: ReadonlyMap<string, number>;
  readonly sourceIds: ReadonlyMap<string, number>;
  isLeftOut(row: Incoming): boolean;
}

export function surveyFile(
  rows: readonly Incoming[],
  { decisions, refusedStaffNos }: MatchOptions,
): FileSurvey {
  const staffNos = new Map<string, number>(refusedStaffNos.map((staffNo) => [staffNo, 1]));
  const sourceIds = new Map<string, number>();
  const out = leftOut(decisions);
  const isLeftOut = (row: Incoming): boolean => out.has('person', row.staffNo);
  for (const row of rows) {
    staffNos.set(row.staffNo, (staffNos.get(row.staffNo) ?? 0) + 1);
    if (isLeftOut(row)) continue;
    if (row.sourceId !== undefined) sourceIds.set(row.sourceId, (sourceIds.get(row.sourceId) ?? 0) + 1);
  }
  return { staffNos, sourceIds, isLeftOut };
}

export function link(run: Run, row: Incoming, person: KnownPerson, by: MatchedBy): void {
  const rehire = hasLeft(person) && !isGoneNow(row, run.options.days);
  run.linked.set(person.personId, row);
  run.found.set(row, { verdict: 'same', row, person, by, rehire });
}

export function doubt(
  run: Run,
  row: Incoming,
  why: string,
  candidates: readonly Candidate[],
  more: Partial<Unsettled> = {},
): void {
  run.found.set(row, { verdict: 'doubtful', row, kind: 'maybeSamePerson', candidates, why, ...more });
}

/** The candidate a human chose for this doubt. */
export function decidedSame(
  run: Run,
  row: Incoming,
  kind: Unsettled['kind'],
  candidates: readonly Candidate[],
): KnownPerson | null {
  const word = run.options.decisions.get(doubtKey('person', row.staffNo, kind));
  if (word?.decision !== 'same') return null;
  const [only, ...others] = candidates;
  const chosen =
    word.personId === undefined && others.length === 0
      ? only
      : candidates.find(({ person }) => person.personId === word.personId);
  return chosen && !run.linked.has(chosen.person.personId) ? chosen.person : null;
}
