import type { CalendarDate } from '../../../kernel/dates.ts';
import { DESTRUCTIVE, type ChangeKind, type KnownPerson } from '../model.ts';
import { personTarget } from './doubts.ts';
import type { Settled } from './match.ts';
import { targetOf } from './outlook.ts';
import { comparePerson, mainPostOf, sortOrderOf } from './person-fields.ts';
import { reconcilePosts } from './reconcile-posts.ts';
import { topUnitOf, type Reconciling } from './reconciling.ts';
import { FieldList } from './scribe.ts';
import { isGone, isGoneNow, startDay, statusDay, statusKind } from './status.ts';
import type { PlannedChange } from './types.ts';
import { STATUS_WORDS } from './words.ts';

/** What a row changes about its person, in the order of doing; leaders are a later pass (C15). */
export function reconcile(settled: Settled, run: Reconciling): PlannedChange[] {
  const { row, person, rehire } = settled;
  if (person === null || rehire) return employ(settled, person, run);
  if (isGoneNow(row, run.scribe.days)) return end(settled, person, run);
  const status = reconcileStatus(settled, person, run);
  return [
    ...reconcileFields(settled, person, run),
    ...reconcilePosts(settled, person, run),
    ...reconcileOrder(settled, person, run),
    ...(status ? [status] : []),
  ];
}

/* ---------- coming ---------- */

/** Hired, or back again (B7): a new employment; posts, groups and rights of the former one do not come back. */
function employ(settled: Settled, former: KnownPerson | null, run: Reconciling): PlannedChange[] {
  const { row } = settled;
  const { scribe, units, outlook } = run;
  if (former === null && outlook.endsNow(settled)) return [];
  const kind = former ? 'rehire' : 'hire';
  const leavesLater = isGone(row.status);
  const status = leavesLater ? 'working' : row.status;
  const start = startDay(row, scribe.days);
  const list = new FieldList(true);
  comparePerson(list, row, former, null);
  const unitCodes = [...new Set(row.unitCodes)];
  list.add('unitCodes', null, unitCodes.map((code) => units.nameOf(code)).join('、'), unitCodes);
  list.given('sortOrder', sortOrderOf(row), former?.sortOrder ?? 0);
  list.add('status', former ? STATUS_WORDS[former.status] : null, STATUS_WORDS[status], status);
  const statusOn = (leavesLater ? null : row.statusOn) ?? start;
  list.add('statusOn', former?.statusOn ?? null, statusOn, statusOn);
  list.given('leaveReason', leavesLater ? null : (row.leaveReason ?? null), former?.leaveReason ?? null);
  const change = scribe.write({
    kind,
    stage: 'people',
    target: targetOf(settled),
    topUnitCode: units.topAfter(unitCodes[0] ?? ''),
    list,
    effectiveOn: start,
    lines: [row.line],
    why: former ? '同一个人再次入职，新的任用期，原有群和权限不恢复' : '表里有，系统里没有',
    needs: unitCodes.flatMap((code) => units.createKeyOf(code) ?? []),
  });
  return leavesLater ? [change, ...leaveLater(settled, change, run)] : [change];
}

/** Employed for a known time only: the end is planned with the beginning. */
function leaveLater(settled: Settled, change: PlannedChange, run: Reconciling): PlannedChange[] {
  const { row } = settled;
  const kind = row.status === 'retired' ? 'retire' : 'leave';
  if (isWithheld(kind, settled, run)) return [];
  return [
    run.scribe.write({
      kind,
      stage: 'leavers',
      target: change.target,
      topUnitCode: change.topUnitCode,
      list: statusList(settled, 'working', statusDay(row, run.scribe.days)),
      effectiveOn: statusDay(row, run.scribe.days),
      lines: [row.line],
      why: `表里是“${STATUS_WORDS[row.status]}”`,
      needs: [change.key],
    }),
  ];
}

/* ---------- going ---------- */

/** Who is gone is not kept up to date any more, but for how and when they went. */
function end(settled: Settled, person: KnownPerson, run: Reconciling): PlannedChange[] {
  if (!isGone(person.status)) {
    const change = reconcileStatus(settled, person, run);
    return change ? [change] : [];
  }
  const { row } = settled;
  const list = new FieldList();
  compareStatus(list, settled, person);
  if (list.isEmpty) return [];
  return [
    run.scribe.write({
      kind: 'change',
      stage: 'people',
      target: targetOf(settled),
      topUnitCode: topUnitOf(person, run),
      list,
      effectiveOn: run.scribe.days.saidOn,
      lines: [row.line],
      why: '更正离开的情况',
    }),
  ];
}

function compareStatus(list: FieldList, { row }: Settled, person: KnownPerson): void {
  list.given('status', row.status, person.status, (status) => STATUS_WORDS[status]);
  list.given('statusOn', row.statusOn ?? undefined, person.statusOn);
  list.given('leaveReason', row.leaveReason, person.leaveReason);
}

/** Somebody missing from a complete statement who a human said has left. */
export function leaveMissing(person: KnownPerson, run: Reconciling): PlannedChange {
  const { saidOn } = run.scribe.days;
  const list = new FieldList();
  list.add('status', STATUS_WORDS[person.status], STATUS_WORDS.left, 'left');
  list.add('statusOn', person.statusOn, saidOn, saidOn);
  return run.scribe.write({
    kind: 'leave',
    stage: 'leavers',
    target: personTarget(person),
    topUnitCode: topUnitOf(person, run),
    list,
    effectiveOn: saidOn,
    lines: [],
    why: '表里没有这个人，人事确认已离职',
  });
}

/* ---------- in between ---------- */

function reconcileStatus(settled: Settled, person: KnownPerson, run: Reconciling): PlannedChange | null {
  const { row } = settled;
  const kind = statusKind(person.status, row.status);
  if (kind === null || isWithheld(kind, settled, run)) return null;
  const effectiveOn = statusDay(row, run.scribe.days);
  return run.scribe.write({
    kind,
    stage: kind === 'resume' ? 'people' : 'leavers',
    target: targetOf(settled),
    topUnitCode: topUnitOf(person, run),
    list: statusList(settled, person.status, effectiveOn, person),
    effectiveOn,
    lines: [row.line],
    why: `表里是“${STATUS_WORDS[row.status]}”`,
  });
}

function statusList(
  { row }: Settled,
  before: KnownPerson['status'],
  on: CalendarDate,
  person: KnownPerson | null = null,
): FieldList {
  const list = new FieldList(true);
  list.add('status', STATUS_WORDS[before], STATUS_WORDS[row.status], row.status);
  list.given('statusOn', on, person?.statusOn ?? null);
  list.given('leaveReason', row.leaveReason, person?.leaveReason ?? null);
  return list;
}

/** A1: an incomplete source takes nothing from anybody; what it asked for is said. */
function isWithheld(kind: ChangeKind, { row }: Settled, { outlook, withheld }: Reconciling): boolean {
  if (outlook.base.complete || !DESTRUCTIVE.includes(kind)) return false;
  withheld.push({ kind, ref: row.staffNo, name: row.name, line: row.line });
  return true;
}

function reconcileFields(settled: Settled, person: KnownPerson, run: Reconciling): PlannedChange[] {
  const list = new FieldList();
  comparePerson(list, settled.row, person, mainPostOf(person)?.title || null);
  // Another standing is a change of its own, with its own day.
  if (statusKind(person.status, settled.row.status) === null) compareStatus(list, settled, person);
  if (list.isEmpty) return [];
  return [
    run.scribe.write({
      kind: 'change',
      stage: 'people',
      target: targetOf(settled),
      topUnitCode: topUnitOf(person, run),
      list,
      effectiveOn: run.scribe.days.saidOn,
      lines: [settled.row.line],
      why: '表里的内容和系统不同',
    }),
  ];
}

function reconcileOrder(settled: Settled, person: KnownPerson, run: Reconciling): PlannedChange[] {
  const list = new FieldList();
  list.given('sortOrder', sortOrderOf(settled.row), person.sortOrder);
  if (list.isEmpty) return [];
  return [
    run.scribe.write({
      kind: 'change',
      detail: 'order',
      stage: 'order',
      target: targetOf(settled),
      topUnitCode: topUnitOf(person, run),
      list,
      effectiveOn: run.scribe.days.saidOn,
      lines: [settled.row.line],
      why: '表里的排序不同',
    }),
  ];
}
