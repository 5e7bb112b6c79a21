/** Small worlds for tests: everything has a value, a test names what matters. */
import { createHash } from 'node:crypto';
import type {
  Incoming,
  Known,
  KnownPerson,
  KnownPost,
  KnownUnit,
  Secret,
  Snapshot,
  UnitRecord,
} from '../../model.ts';
import { makePlan } from '../make-plan.ts';
import type { Decision, MadePlan, PlannedChange, PlanOptions } from '../types.ts';

export const TODAY = '2026-11-20';
export const CUT_OFF_AT = Date.parse('2026-11-20T08:00:00+08:00');
export const ROOT = 'R';

/** `138` stands for a whole number. */
export const secret = (value: string): Secret => ({
  print: `print-${value}`,
  masked: `***${value.slice(-2)}`,
});

export const aUnit = (code: string, more: Partial<KnownUnit> = {}): KnownUnit => ({
  unitId: `u-${code}`,
  code,
  name: `部门${code}`,
  parentCode: ROOT,
  headStaffNo: null,
  leaderStaffNo: null,
  sortOrder: 0,
  category: null,
  state: 'active',
  ...more,
});

export const root = (): KnownUnit => aUnit(ROOT, { name: '学校', parentCode: null });

export const aPost = (unitCode: string, more: Partial<KnownPost> = {}): KnownPost => ({
  unitCode,
  kind: 'main',
  title: '',
  isHead: false,
  sinceOn: '2020-09-01',
  untilOn: null,
  ...more,
});

/** An employed person of unit A unless told. */
export const aPerson = (staffNo: string, more: Partial<KnownPerson> = {}): KnownPerson => ({
  personId: `p-${staffNo}`,
  staffNo,
  sourceId: null,
  name: `人${staffNo}`,
  sex: null,
  idType: null,
  idNumber: null,
  bornOn: null,
  mobile: null,
  email: null,
  posts: [aPost('A')],
  grade: null,
  managerStaffNo: null,
  category: 'internal',
  establishment: null,
  employedOn: null,
  contractUntilOn: null,
  status: 'working',
  statusOn: null,
  leaveReason: null,
  sortOrder: 0,
  state: 'active',
  ...more,
});

export const aFormer = (staffNo: string, more: Partial<KnownPerson> = {}): KnownPerson =>
  aPerson(staffNo, { status: 'left', statusOn: '2026-06-30', state: 'left', posts: [], ...more });

/** A row that gives only what is required. */
export const aRow = (staffNo: string, more: Partial<Incoming> = {}): Incoming => ({
  line: Number.parseInt(staffNo.replace(/\D/g, '') || '1', 10) + 1,
  sourceId: undefined,
  staffNo,
  name: `人${staffNo}`,
  sex: undefined,
  idType: undefined,
  idNumber: undefined,
  bornOn: undefined,
  mobile: undefined,
  email: undefined,
  unitCodes: ['A'],
  title: undefined,
  grade: undefined,
  managerStaffNo: undefined,
  category: 'internal',
  establishment: undefined,
  employedOn: undefined,
  contractUntilOn: undefined,
  status: 'working',
  statusOn: undefined,
  leaveReason: undefined,
  sortOrder: undefined,
  ...more,
});

export const aUnitRow = (code: string, more: Partial<UnitRecord> = {}): UnitRecord => ({
  line: 2,
  code,
  name: `部门${code}`,
  parentCode: undefined,
  headStaffNo: undefined,
  leaderStaffNo: undefined,
  sortOrder: undefined,
  category: undefined,
  ...more,
});

/** Root and A, unless told. */
export const aKnown = (
  people: readonly KnownPerson[] = [],
  units: readonly KnownUnit[] = [aUnit('A')],
): Known => ({
  units: [root(), ...units],
  people,
  rootCode: ROOT,
});

/** Complete, and without a word on units, unless told. */
export const aSnapshot = (people: readonly Incoming[] = [], more: Partial<Snapshot> = {}): Snapshot => ({
  sourceKey: 'hr-file',
  cutOffAt: CUT_OFF_AT,
  complete: true,
  units: [],
  people,
  refusedStaffNos: [],
  refusedUnitCodes: [],
  ...more,
});

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const anOptions = (more: Partial<PlanOptions> = {}): PlanOptions => ({
  today: TODAY,
  decisions: new Map(),
  workdaysBetween: (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000),
  hash: sha256,
  ...more,
});

export const decide = (entries: Readonly<Record<string, Decision>>) => new Map(Object.entries(entries));

export const plan = (snapshot: Snapshot, known: Known, more: Partial<PlanOptions> = {}): MadePlan =>
  makePlan(snapshot, known, anOptions(more));

/** The change of this key, to look into. @throws when the plan has none */
export function changeAt({ changes }: MadePlan, key: string): PlannedChange {
  const found = changes.find((change) => change.key === key);
  if (!found) throw new Error(`no ${key} among ${changes.map((change) => change.key).join(', ')}`);
  return found;
}

export const keysOf = ({ changes }: Pick<MadePlan, 'changes'>): string[] => changes.map(({ key }) => key);
export const doubtsOf = ({ doubts }: MadePlan): string[] => doubts.map(({ key }) => key);
