import type { App } from '../../../server/app.ts';
import { confirmPlan } from '../../../server/features/hr/commands/confirm-plan.ts';
import { loadPlan } from '../../../server/features/hr/plan-store.ts';
import { phraseOf } from '../../../server/features/hr/words.ts';
import { systemActor } from '../../../server/kernel/actor.ts';
import type { Sandbox } from '../../../server/sandbox/index.ts';

/** One row of a statement of people, as the bench changes it. */
export interface Row {
  readonly staffNo: string;
  readonly name: string;
  readonly mobile: string;
  readonly unitCode: string;
  readonly title: string;
  readonly status: '在职' | '离职';
}

export const UNITS = 60;
const HEAD = '工号,姓名,手机号,部门编码,职务,人员类别,状态,状态日期';
export const BRINGER = systemActor('bench:hr');
const SECOND = systemActor('bench:second');

export const unitCode = (n: number): string => `U${String(n % UNITS).padStart(2, '0')}`;

/** A college of so many people in 60 units under one roof. */
export function aCollege(people: number): Row[] {
  return Array.from({ length: people }, (_, n) => ({
    staffNo: String(100_000 + n),
    name: `员工${n}`,
    mobile: String(13_000_000_000 + n),
    unitCode: unitCode(n),
    title: '科员',
    status: '在职',
  }));
}

const unitsFile = (): Buffer => {
  const units = Array.from({ length: UNITS }, (_, n) => `${unitCode(n)},部门${n},SCHOOL`);
  return Buffer.from(['部门编码,部门名称,上级编码', 'SCHOOL,学院,', ...units].join('\r\n'));
};

const peopleFile = (rows: readonly Row[], day: string): Buffer =>
  Buffer.from(
    [
      HEAD,
      ...rows.map(({ staffNo, name, mobile, unitCode: unit, title, status }) =>
        [staffNo, name, mobile, unit, title, '院内', status, status === '离职' ? day : ''].join(','),
      ),
    ].join('\r\n'),
  );

/** Plan and, where somebody goes, have it confirmed; answers the plan's id. */
export async function planned(app: App, rows: readonly Row[], day: string): Promise<string> {
  const files = [
    { bytes: unitsFile(), fileName: '部门.csv' },
    { bytes: peopleFile(rows, day), fileName: '人员.csv' },
  ];
  const { planId, guard, faults } = await app.hr.planFiles(BRINGER, files, { complete: true });
  if (faults.length > 0) throw new Error(`the statement has faults: ${JSON.stringify(faults[0])}`);
  if (guard.verdict === 'needsConfirmation') await confirm(app, planId);
  else if (guard.verdict !== 'free') throw new Error(`stopped by the guard: ${guard.reasons.join('; ')}`);
  return planId;
}

async function confirm(app: App, planId: string): Promise<void> {
  const { hash, counts } = await app.db.read((reads) => loadPlan(reads, planId));
  await confirmPlan(app.hr.context, SECOND, planId, { hash, phrase: phraseOf(counts) ?? '' });
}

/** The first correlation was looked at and accepted (A7), so that a statement may let people go. */
export const acceptSource = (app: App): Promise<unknown> =>
  app.db.write(SECOND, (tx) =>
    tx.em.query('update hr_source set acceptedAt = ?, acceptedBy = ?', [tx.now, 'bench:second']),
  );

/** A year's changes in one statement, one field each; ten people leave, not more than two of a unit. */
export function changed(rows: readonly Row[], count: number): Row[] {
  return rows.map((row, n) => (n < count ? changeOf(row, n, count) : row));
}

const LEAVERS = 10;
function changeOf(row: Row, n: number, count: number): Row {
  if (n >= count - LEAVERS) return { ...row, status: '离职' };
  switch (n % 5) {
    case 0:
    case 1:
      return { ...row, title: '副科长' };
    case 2:
      return { ...row, unitCode: unitCode(n + 7) };
    case 3:
      return { ...row, name: `${row.name}敏` };
    default:
      return { ...row, mobile: String(Number(row.mobile) + 1_000_000_000) };
  }
}

/** How many members are not in the sandbox as the statement says: name, post, number, unit, disabled or not. */
export async function wrongMembers(app: App, { control }: Sandbox, rows: readonly Row[]): Promise<number> {
  const org = await app.db.read(app.directory.orgOf);
  const departments = new Map(org.units().map((unit) => [unit.code, unit.departmentId]));
  const useridOf = await app.db.read((reads) =>
    reads.em.query<{ staffNo: string; userid: string }[]>('select staffNo, userid from person'),
  );
  const userids = new Map(useridOf.map(({ staffNo, userid }) => [staffNo, userid]));
  return rows.filter((row) => {
    const member = control.member(userids.get(row.staffNo) ?? '');
    if (row.status === '离职') return member.status !== 2;
    return !(
      member.name === row.name &&
      member.position === row.title &&
      member.mobile === row.mobile &&
      member.departments.join() === String(departments.get(row.unitCode)) &&
      member.status !== 2
    );
  }).length;
}
