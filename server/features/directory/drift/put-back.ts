import { newId } from '../../../kernel/id.ts';
import { updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { jsonInText } from '../../../platform/db/columns.ts';
import { pushPerson, pushUnits } from '../commands/consequences.ts';
import { groupBy } from '../group-by.ts';
import { recordChange } from '../history.ts';
import { departmentMirrors, forgetDepartments, memberMirrors, writtenOf } from '../push/mirror-store.ts';
import { DepartmentMirrorTable } from '../tables.ts';
import type { DifferenceRow } from './tables.ts';
import type { Value } from './values.ts';

type Written = Readonly<Record<string, unknown>>;

/**
 * Correct the mirror to what 企业微信 shows, so that the next push finds exactly these fields to write: one call per
 * member or department (C9), whatever else is on its way.
 * @returns the rows whose subject could be taken; one that is being written at this moment cannot
 */
export async function putBack(tx: Tx, rows: readonly DifferenceRow[]): Promise<DifferenceRow[]> {
  const done: DifferenceRow[] = [];
  const people = groupBy(
    rows.filter(({ subjectType }) => subjectType === 'person'),
    (row) => row.subjectId,
  );
  const mirrors = await memberMirrors(tx, [...people.keys()]);
  for (const [personId, theirs] of people) {
    const written = writtenOf(mirrors.get(personId));
    if (!(await correctMember(tx, personId, correctedMember(written ?? {}, theirs)))) continue;
    tellHistory(tx, 'person', personId, theirs);
    pushPerson(tx, personId, newId());
    done.push(...theirs);
  }
  const units = rows.filter(({ subjectType }) => subjectType === 'unit');
  await correctDepartments(tx, units);
  return [...done, ...units];
}

/** A member who is gone is created again: the mirror forgets what was written. */
function correctedMember(written: Written, rows: readonly DifferenceRow[]): Written {
  if (rows.some(({ field }) => field === 'presence')) return {};
  return rows.reduce((mirror, row) => ({ ...mirror, ...memberField(mirror, row) }), written);
}

function memberField(written: Written, { field, theirs }: DifferenceRow): Written {
  const departments = Array.isArray(written.department) ? written.department.map(Number) : [];
  switch (field) {
    case 'department':
      return { department: theirs };
    case 'mainDepartment':
      return { main_department: theirs };
    case 'name':
    case 'position':
      return { [field]: theirs };
    case 'enabled':
      return { enable: theirs === true ? 1 : 0 };
    case 'leader': {
      const led = new Set(theirs as readonly number[]);
      return { is_leader_in_dept: departments.map((id) => (led.has(id) ? 1 : 0)) };
    }
    case 'order': {
      const values = new Map(theirs as readonly (readonly [number, number])[]);
      return { order: departments.map((id) => values.get(id) ?? 0) };
    }
    case 'manager':
      return { manager: managerShown(theirs) };
    case 'email':
      return {
        email: theirs !== null && typeof theirs === 'object' && 'print' in theirs ? theirs.print : '',
      };
    default:
      return {};
  }
}

const managerShown = (theirs: Value): unknown =>
  theirs !== null && typeof theirs === 'object' && 'personId' in theirs ? theirs.personId : theirs;

/** Only while no push writes to the member: its end would save over the correction (D12). */
async function correctMember(tx: Tx, personId: string, written: Written): Promise<boolean> {
  const isNew = Object.keys(written).length === 0;
  const changed = await updateCount(
    tx.em,
    `update wecom_member_mirror
     set written = ?, state = ?, updatedAt = ?, claim = null, claimUntilAt = null${isNew ? ', mobilePrint = null' : ''}
     where id = ? and (claim is null or claimUntilAt <= ?)`,
    [jsonInText.to(written), isNew ? 'writing' : 'written', tx.now, personId, tx.now],
  );
  return changed === 1;
}

async function correctDepartments(tx: Tx, rows: readonly DifferenceRow[]): Promise<void> {
  if (rows.length === 0) return;
  const bySubject = groupBy(rows, (row) => row.subjectId);
  const mirrors = await departmentMirrors(tx, [...bySubject.keys()]);
  for (const [unitId, theirs] of bySubject) {
    const mirror = mirrors.get(unitId);
    tellHistory(tx, 'unit', unitId, theirs);
    if (theirs.some(({ field }) => field === 'unitPresence')) await forgetDepartments(tx, [unitId]);
    else if (mirror) {
      const written = theirs.reduce((all, row) => ({ ...all, ...unitField(row) }), mirror.written);
      await tx.em
        .getRepository(DepartmentMirrorTable)
        .update({ id: unitId }, { written, updatedAt: tx.now } as object);
    }
  }
  pushUnits(tx, newId());
}

function unitField({ field, theirs }: DifferenceRow): Written {
  if (field === 'unitName') return { name: theirs };
  if (field === 'unitParent') return { parentid: theirs };
  return field === 'unitOrder' ? { order: theirs } : {};
}

function tellHistory(tx: Tx, type: 'person' | 'unit', id: string, rows: readonly DifferenceRow[]): void {
  const fields = rows.map(({ field }) => field);
  recordChange(tx, { type, id, kind: 'rewritten', after: { fields }, action: 'directory.driftPutBack' });
}
