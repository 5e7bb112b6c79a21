import type { Incoming, KnownPerson } from '../model.ts';
import { doubtKey } from './keys.ts';
import { decidedSame, doubt, link, type Run, type Unsettled } from './match-run.ts';
import { hasLeft, isGoneNow, startDay, type Days } from './status.ts';
import type { Candidate } from './types.ts';

/** First all that hold by the source's id, then those by staff number: so the id wins in any order of rows. */
export function linkFirmly(rows: readonly Incoming[], run: Run): void {
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
  const trouble = by === 'staffNo' ? reusedNumber(row, person, run.options.days) : null;
  const stale = trouble ?? staleRehire(row, person, run.options.days);
  if (!stale) link(run, row, person, by);
  else if (decidedSame(run, row, stale.kind, [candidate]) === person) link(run, row, person, 'decision');
  else doubt(run, row, stale.why, [candidate], { kind: stale.kind });
}

interface Trouble {
  readonly kind: Unsettled['kind'];
  readonly why: string;
}

/** A staff number that may have gone to somebody else (B5 holds for numbers of any kind). */
function reusedNumber(row: Incoming, person: KnownPerson, days: Days): Trouble | null {
  if (row.sourceId !== undefined && person.sourceId !== null && row.sourceId !== person.sourceId)
    return { kind: 'maybeSamePerson', why: '工号相同，来源系统的人员编号不同' };
  const renamed = row.name !== person.name;
  const ids = compareIds(row, person);
  // A row that says 离职 of somebody who left lets nobody in.
  const back = hasLeft(person) && !isGoneNow(row, days);
  if (ids === 'differ' && (renamed || back))
    return { kind: 'nameChanged', why: '工号相同，证件号码不同，可能换了人' };
  if (renamed && back && ids !== 'equal')
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
  if (later && (compareIds(row, person) === 'equal' || (dated && leftOn !== null))) return null;
  return { kind: 'maybeSamePerson', why: '系统里已经离职，表里仍在职，也没有离职以后的入职日期' };
}
