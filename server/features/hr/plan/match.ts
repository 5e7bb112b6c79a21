import type { Incoming, KnownPerson } from '../model.ts';
import { doubtKey, leftOut } from './keys.ts';
import { peopleAt, type KnownIndex } from './known-index.ts';
import { hasLeft, isGoneNow, startDay, type Days } from './status.ts';
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

/**
 * Who each row is, in the order of the rows (B3): the source's own id, the staff number, the print of the ID number,
 * mobile and name. The last two link only when there is exactly one candidate, nobody else claims it and its own
 * staff number is not in the file; else they are a doubt. Name alone and userid are never looked at (B1, B2).
 * The verdict on a row does not depend on the order of the rows.
 */
export function match(rows: readonly Incoming[], index: KnownIndex, options: MatchOptions): Match[] {
  const file = surveyFile(rows, options);
  const run: Run = { index, file, options, linked: new Map(), found: new Map(), claims: new Map() };
  linkFirmly(rows, run);
  run.claims = claimsOf(rows, run);
  linkByCandidates(rows, run, byIdNumber);
  linkByCandidates(rows, run, byMobileAndName);
  return rows.map((row) => run.found.get(row) ?? newcomer(row));
}

interface Run {
  readonly index: KnownIndex;
  readonly file: FileSurvey;
  readonly options: MatchOptions;
  /** Person id → the row that is this person. */
  readonly linked: Map<string, Incoming>;
  readonly found: Map<Incoming, Match>;
  /** Rows by what somebody unknown claims: their ID number, their mobile and name. */
  claims: ReadonlyMap<string, readonly Incoming[]>;
}

interface FileSurvey {
  /** How many rows have this staff number; unreadable ones count once. */
  readonly staffNos: ReadonlyMap<string, number>;
  readonly sourceIds: ReadonlyMap<string, number>;
  isLeftOut(row: Incoming): boolean;
}

function surveyFile(rows: readonly Incoming[], { decisions, refusedStaffNos }: MatchOptions): FileSurvey {
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

const idNumberOf = ({ idNumber }: Incoming): string | null => (idNumber ? `id ${idNumber.print}` : null);
const mobileAndNameOf = ({ mobile, name }: Incoming): string | null =>
  mobile ? `mobile ${mobile.print} ${name}` : null;

/** Only what rows of people not yet known say matters: few, but at the first load. */
function claimsOf(rows: readonly Incoming[], { found, file }: Run): Map<string, Incoming[]> {
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

const newcomer = (row: Incoming): Settled => ({ verdict: 'new', row, person: null, by: null, rehire: false });

function link(run: Run, row: Incoming, person: KnownPerson, by: MatchedBy): void {
  const rehire = hasLeft(person) && !isGoneNow(row, run.options.days);
  run.linked.set(person.personId, row);
  run.found.set(row, { verdict: 'same', row, person, by, rehire });
}

function doubt(
  run: Run,
  row: Incoming,
  why: string,
  candidates: readonly Candidate[],
  more: Partial<Unsettled> = {},
) {
  run.found.set(row, { verdict: 'doubtful', row, kind: 'maybeSamePerson', candidates, why, ...more });
}

/* ---------- the source's id and the staff number ---------- */

/** First all that hold by the source's id, then those by staff number: so the id wins in any order of rows. */
function linkFirmly(rows: readonly Incoming[], run: Run): void {
  const { file, index } = run;
  for (const row of rows) {
    if (file.isLeftOut(row)) doubt(run, row, '已移出计划', [], { verdict: 'leftOut' });
    else if ((file.staffNos.get(row.staffNo) ?? 0) > 1) repeated(run, row, `工号 ${row.staffNo}`);
    else if (row.sourceId !== undefined && (file.sourceIds.get(row.sourceId) ?? 0) > 1)
      repeated(run, row, '人员编号');
    else {
      const person = row.sourceId === undefined ? undefined : index.bySourceId.get(row.sourceId);
      if (person) firmly(run, row, { person, by: 'sourceId' });
    }
  }
  for (const row of rows) {
    const person = run.found.has(row) ? undefined : index.byStaffNo.get(row.staffNo);
    if (person) firmly(run, row, { person, by: 'staffNo' });
  }
}

const repeated = (run: Run, row: Incoming, what: string): void =>
  doubt(run, row, `${what}在表里出现了不止一次`, [], { verdict: 'conflict' });

function firmly(run: Run, row: Incoming, candidate: Candidate): void {
  const { person, by } = candidate;
  const word = run.options.decisions.get(doubtKey('person', row.staffNo, 'maybeSamePerson'));
  const holder = run.linked.get(person.personId);
  if (holder) {
    // Its number went to this row, the person to another: a human says that this one is new.
    if (word?.decision === 'different') return;
    doubt(run, row, `工号 ${row.staffNo} 的人在表里已换用工号 ${holder.staffNo}`, [candidate]);
    return;
  }
  const trouble = by === 'staffNo' ? reusedNumber(row, person) : null;
  const stale = trouble ?? staleRehire(row, person, run.options.days);
  if (!stale) link(run, row, person, by);
  else if (isSameBy(run, row, stale.kind, [candidate]) === person) link(run, row, person, 'decision');
  else doubt(run, row, stale.why, [candidate], { kind: stale.kind });
}

interface Trouble {
  readonly kind: Unsettled['kind'];
  readonly why: string;
}

/** A staff number that may have gone to somebody else (B5 holds for numbers of any kind). */
function reusedNumber(row: Incoming, person: KnownPerson): Trouble | null {
  if (row.sourceId !== undefined && person.sourceId !== null && row.sourceId !== person.sourceId)
    return { kind: 'maybeSamePerson', why: '工号相同，来源系统的人员编号不同' };
  const renamed = row.name !== person.name;
  const ids = compareIds(row, person);
  if (ids === 'differ' && (renamed || hasLeft(person)))
    return { kind: 'nameChanged', why: '工号相同，证件号码不同，可能换了人' };
  if (renamed && hasLeft(person) && ids !== 'equal')
    return { kind: 'nameChanged', why: '工号原属已离职的人，姓名不同，可能换了人' };
  return null;
}

function compareIds(row: Incoming, person: KnownPerson): 'equal' | 'differ' | 'unknown' {
  if (!row.idNumber || !person.idNumber) return 'unknown';
  return row.idNumber.print === person.idNumber.print ? 'equal' : 'differ';
}

/**
 * A file older than the leaving still says 在职. Only a later start, or a later statement with the same ID number,
 * is a new employment (B7); else nobody is let in again by an old sheet.
 */
function staleRehire(row: Incoming, person: KnownPerson, days: Days): Trouble | null {
  if (!hasLeft(person) || isGoneNow(row, days)) return null;
  const dated = Boolean(row.employedOn ?? row.statusOn);
  const leftOn = person.statusOn;
  const later = leftOn === null || startDay(row, days) > leftOn;
  if (later && (dated ? leftOn !== null : compareIds(row, person) === 'equal')) return null;
  if (later && dated && compareIds(row, person) === 'equal') return null;
  return { kind: 'maybeSamePerson', why: '系统里已经离职，表里仍在职，也没有离职以后的入职日期' };
}

/** The candidate a human chose for this doubt. */
function isSameBy(
  run: Run,
  row: Incoming,
  kind: Unsettled['kind'],
  candidates: readonly Candidate[],
): KnownPerson | null {
  const word = run.options.decisions.get(doubtKey('person', row.staffNo, kind));
  if (word?.decision !== 'same') return null;
  const chosen =
    word.personId === undefined
      ? candidates.length === 1
        ? candidates[0]
        : undefined
      : candidates.find(({ person }) => person.personId === word.personId);
  return chosen && !run.linked.has(chosen.person.personId) ? chosen.person : null;
}

/* ---------- the print of the ID number; mobile and name ---------- */

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

function byIdNumber(row: Incoming, run: Run): Weighing | null {
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
function byMobileAndName(row: Incoming, run: Run): Weighing | null {
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
function linkByCandidates(
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
  const same = isSameBy(run, row, 'maybeSamePerson', candidates);
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
