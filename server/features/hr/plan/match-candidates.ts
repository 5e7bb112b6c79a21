import type { Incoming, KnownPerson } from '../model.ts';
import { doubtKey } from './keys.ts';
import { peopleAt } from './known-index.ts';
import { decidedSame, doubt, isSettled, link, type Run } from './match-run.ts';
import { hasLeft, isGoneNow } from './status.ts';
import type { Candidate } from './types.ts';

const idNumberOf = ({ idNumber }: Incoming): string | null => (idNumber ? `id ${idNumber.print}` : null);
const mobileAndNameOf = ({ mobile, name }: Incoming): string | null =>
  mobile ? `mobile ${mobile.print} ${name}` : null;

/** Only what rows of people not yet known say matters: few, but at the first load. */
export function claimsOf(rows: readonly Incoming[], { found, file }: Run): Map<string, Incoming[]> {
  const claims = new Map<string, Incoming[]>();
  for (const row of rows) {
    if (found.has(row)) continue;
    for (const claim of [idNumberOf(row), mobileAndNameOf(row)]) if (claim !== null) claims.set(claim, []);
  }
  if (claims.size === 0) return claims;
  for (const row of rows) {
    if (file.isLeftOut(row)) continue;
    for (const claim of [idNumberOf(row), mobileAndNameOf(row)])
      if (claim !== null) claims.get(claim)?.push(row);
  }
  for (const same of claims.values()) if (same.length > 1) same.sort(byStaffNo);
  return claims;
}

const byStaffNo = (a: { readonly staffNo: string }, b: { readonly staffNo: string }): number =>
  a.staffNo < b.staffNo ? -1 : 1;

/** A placeholder can stand in thousands of rows: a few of them tell enough. */
const MAX_RIVALS = 20;

const rivalsOf = (row: Incoming, claim: string, { claims }: Run): readonly Incoming[] =>
  (claims.get(claim) ?? []).slice(0, MAX_RIVALS + 1).filter((other) => other !== row);

interface Weighing {
  readonly by: 'idNumber' | 'mobileAndName';
  readonly candidates: readonly KnownPerson[];
  /** Would somebody still be a candidate with what their own row says? */
  readonly keeps: (own: Incoming) => boolean;
  /** Other rows of the file that say the same. */
  readonly rivals: readonly Incoming[];
  /** May this one be linked without a human, when nothing else is in the way? */
  readonly linksAlone: (person: KnownPerson) => boolean;
  /** May a human say that the row is somebody else? */
  readonly mayDiffer: boolean;
  readonly words: string;
}

export function byIdNumber(row: Incoming, run: Run): Weighing | null {
  const claim = idNumberOf(row);
  if (!row.idNumber || claim === null) return null;
  const { print } = row.idNumber;
  return {
    by: 'idNumber',
    candidates: peopleAt(run.index.byIdNumber, print),
    keeps: ({ idNumber }) => idNumber === undefined || idNumber?.print === print,
    rivals: rivalsOf(row, claim, run),
    linksAlone: (person) => !contradicts(row.sourceId, person.sourceId),
    mayDiffer: false,
    words: '证件号码相同',
  };
}

/** B5: a number may have gone to somebody else, so whoever differs in ID number or birth date is no candidate. */
export function byMobileAndName(row: Incoming, run: Run): Weighing | null {
  const claim = mobileAndNameOf(row);
  if (claim === null) return null;
  const candidates = peopleAt(run.index.byMobile, row.mobile?.print).filter(
    (person) =>
      person.name === row.name &&
      !contradicts(row.idNumber?.print, person.idNumber?.print) &&
      !contradicts(row.bornOn?.print, person.bornOn?.print) &&
      !contradicts(row.sourceId, person.sourceId),
  );
  return {
    by: 'mobileAndName',
    candidates,
    keeps: ({ mobile }) => mobile === undefined || mobile?.print === row.mobile?.print,
    rivals: candidates.length === 0 ? [] : rivalsOf(row, claim, run),
    linksAlone: (person) => !hasLeft(person),
    mayDiffer: true,
    words: '手机号和姓名相同',
  };
}

const contradicts = (one: string | null | undefined, other: string | null | undefined): boolean =>
  Boolean(one) && Boolean(other) && one !== other;

/** All rows are weighed before any is linked: nobody gains by standing first in the file. */
export function linkByCandidates(
  rows: readonly Incoming[],
  run: Run,
  weigh: (row: Incoming, run: Run) => Weighing | null,
): void {
  const chosen = new Map<Incoming, Candidate & { readonly decided: boolean }>();
  const claims = new Map<string, number>();
  for (const row of rows) {
    if (run.found.has(row)) continue;
    const weighing = weigh(row, run);
    if (!weighing || weighing.candidates.length + weighing.rivals.length === 0) continue;
    const candidate = choose(row, weighing, run);
    if (!candidate) continue;
    chosen.set(row, candidate);
    claims.set(candidate.person.personId, (claims.get(candidate.person.personId) ?? 0) + 1);
  }
  for (const [row, { person, by, decided }] of chosen) {
    if (claims.get(person.personId) === 1) link(run, row, person, decided ? 'decision' : by);
    else doubt(run, row, '表里不止一行像是这个人', [{ person, by }]);
  }
}

/** The one candidate that is linked; else a doubt is noted, or the row is told to be somebody else. */
function choose(row: Incoming, weighing: Weighing, run: Run) {
  const { by, rivals, words, mayDiffer } = weighing;
  const people = new Map<string, KnownPerson>();
  for (const person of weighing.candidates) {
    const own = run.linked.get(person.personId);
    // Who gives the value up in this very file is somebody else.
    if (!own || isGoneNow(own, run.options.days) || weighing.keeps(own)) people.set(person.personId, person);
  }
  for (const rival of rivals) {
    const found = run.found.get(rival);
    if (found && isSettled(found) && found.person) people.set(found.person.personId, found.person);
  }
  const candidates = [...people.values()].sort(byStaffNo).map((person): Candidate => ({ person, by }));
  if (candidates.length + rivals.length === 0) return null;
  const [only] = candidates;
  if (only && candidates.length === 1 && rivals.length === 0 && isFree(only.person, run)) {
    if (weighing.linksAlone(only.person)) return { ...only, decided: false };
  }
  const same = decidedSame(run, row, 'maybeSamePerson', candidates);
  if (same) return { person: same, by, decided: true };
  const word = run.options.decisions.get(doubtKey('person', row.staffNo, 'maybeSamePerson'));
  if (mayDiffer && word?.decision === 'different') return null;
  const others = rivals.map(({ staffNo }) => staffNo).sort();
  const where = others.length > 0 ? `，表里还有工号 ${others.join('、')}` : '';
  doubt(run, row, `${words}，工号不同${where}，可能是同一个人`, candidates);
  return null;
}

/** B3: not yet linked, and its own staff number does not speak for itself in this file. */
const isFree = (person: KnownPerson, { linked, file }: Run): boolean =>
  !linked.has(person.personId) && !file.staffNos.has(person.staffNo);
