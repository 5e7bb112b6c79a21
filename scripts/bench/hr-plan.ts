/**
 * Bar of issue 3: the plan for 100,000 people and 5,000 units of which 1 % changed takes at most 10 s and the process
 * at most 512 MB, statement and directory included; the same statement again, after the plan was carried out on the
 * directory in memory, gives an empty plan (A3). The guard's answer is in the time. A first load of everybody is
 * shown beside, without a bar.
 *
 *   npm run build && node dist/scripts/bench/hr-plan.js
 */
import { createHash } from 'node:crypto';
import type {
  Incoming,
  Known,
  KnownPerson,
  KnownUnit,
  Secret,
  Snapshot,
} from '../../server/features/hr/model.ts';
import { guard, makePlan, type MadePlan, type PlannedChange } from '../../server/features/hr/plan/index.ts';
import { atMost, exactly, report, round } from './support/figures.ts';

const PEOPLE = 100_000;
const UNITS = 5_000;
const TOP_UNITS = 50;
const SUB_UNITS = TOP_UNITS * 10;
/** One person and one unit in so many changes. */
const ONE_PERCENT = 100;
const TODAY = '2026-11-20';
const HIRED_ON = '2015-09-01';
const ROOT = 'R';
/** What a changed row changes; as many of each. */
const TURNS = ['move', 'title', 'mobile', 'manager', 'leave', 'hire'] as const;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Prints as long as the vault's, a text of its own each time: rows and directory come from two places. */
const secretOf = (value: string): Secret => ({ print: hash(value), masked: `***${value.slice(-4)}` });

const unitCode = (n: number): string => `D${String(n % UNITS).padStart(5, '0')}`;
const staffNo = (n: number): string => String(100_000 + n);

/** Three levels below the institution. */
function parentOf(n: number): string {
  if (n < TOP_UNITS) return ROOT;
  return n < TOP_UNITS + SUB_UNITS ? unitCode(n % TOP_UNITS) : unitCode(TOP_UNITS + (n % SUB_UNITS));
}

/** The first person of a unit leads the others; these leaders follow fifty at the top. */
function managerOf(n: number): string | null {
  if (n < TOP_UNITS) return null;
  return staffNo(n < UNITS ? n % TOP_UNITS : n % UNITS);
}

const unitKnown = (n: number): KnownUnit => ({
  unitId: `u${n}`,
  code: unitCode(n),
  name: `单位${n}`,
  parentCode: parentOf(n),
  headStaffNo: staffNo(n),
  leaderStaffNo: null,
  sortOrder: n,
  category: null,
  state: 'active',
});

const institution: KnownUnit = {
  ...unitKnown(0),
  unitId: 'root',
  code: ROOT,
  name: '学校',
  parentCode: null,
  headStaffNo: null,
};

const postOf = (code: string, kind: 'main' | 'concurrent') =>
  ({
    unitCode: code,
    kind,
    title: kind === 'main' ? '教师' : '',
    isHead: false,
    sinceOn: HIRED_ON,
    untilOn: null,
  }) as const;

const personKnown = (n: number): KnownPerson => ({
  personId: `p${n}`,
  staffNo: staffNo(n),
  sourceId: null,
  name: `姓名${n % UNITS}`,
  sex: n % 2 === 0 ? 'male' : 'female',
  idType: 'residentId',
  idNumber: secretOf(`id${n}`),
  bornOn: secretOf(`born${n}`),
  mobile: secretOf(`mobile${n}`),
  email: `${staffNo(n)}@example.edu.cn`,
  posts: [postOf(unitCode(n), 'main'), ...(n % 20 === 0 ? [postOf(unitCode(n + 7), 'concurrent')] : [])],
  grade: String(n % 10),
  managerStaffNo: managerOf(n),
  category: 'internal',
  establishment: 'established',
  employedOn: HIRED_ON,
  contractUntilOn: null,
  status: 'working',
  statusOn: HIRED_ON,
  leaveReason: null,
  sortOrder: n,
  state: 'active',
});

/** Written out: copies of copies would be garbage in the figures. */
function personRow(n: number): Incoming {
  const row: Incoming = {
    line: n + 2,
    sourceId: undefined,
    staffNo: staffNo(n),
    name: `姓名${n % UNITS}`,
    sex: n % 2 === 0 ? 'male' : 'female',
    idType: 'residentId',
    idNumber: secretOf(`id${n}`),
    bornOn: secretOf(`born${n}`),
    mobile: secretOf(`mobile${n}`),
    email: `${staffNo(n)}@example.edu.cn`,
    unitCodes: n % 20 === 0 ? [unitCode(n), unitCode(n + 7)] : [unitCode(n)],
    title: '教师',
    grade: String(n % 10),
    managerStaffNo: managerOf(n),
    category: 'internal',
    establishment: 'established',
    employedOn: HIRED_ON,
    contractUntilOn: null,
    status: 'working',
    statusOn: HIRED_ON,
    leaveReason: null,
    sortOrder: n,
  };
  const changes = n >= UNITS && n % ONE_PERCENT === 57;
  const turn = changes ? TURNS[Math.floor(n / ONE_PERCENT) % TURNS.length] : undefined;
  switch (turn) {
    case undefined:
      return row;
    case 'move':
      return { ...row, unitCodes: [unitCode(n + 1)] };
    case 'title':
      return { ...row, title: '副教授' };
    case 'mobile':
      return { ...row, mobile: secretOf(`new${n}`) };
    case 'manager':
      return { ...row, managerStaffNo: staffNo((n + 1) % UNITS) };
    case 'leave':
      return { ...row, status: 'left', statusOn: TODAY, leaveReason: '辞职' };
    case 'hire':
      // In the place of somebody who is missing: a doubt more, and somebody new.
      return {
        ...row,
        staffNo: `N${n}`,
        name: `新人${n}`,
        idNumber: secretOf(`x${n}`),
        mobile: secretOf(`y${n}`),
        statusOn: TODAY,
      };
  }
}

const knownWorld = (): Known => ({
  units: [institution, ...Array.from({ length: UNITS }, (_, n) => unitKnown(n))],
  people: Array.from({ length: PEOPLE }, (_, n) => personKnown(n)),
  rootCode: ROOT,
});

const statement = (): Snapshot => ({
  sourceKey: 'bench',
  cutOffAt: Date.parse(`${TODAY}T08:00:00+08:00`),
  complete: true,
  units: Array.from({ length: UNITS }, (_, n) => ({
    ...unitKnown(n),
    line: n + 2,
    name: n % ONE_PERCENT === 13 ? `新单位${n}` : `单位${n}`,
  })),
  people: Array.from({ length: PEOPLE }, (_, n) => personRow(n)),
  refusedStaffNos: [],
  refusedUnitCodes: [],
});

/** What the plan says, done in memory: each kind that can occur here. */
function carriedOut(known: Known, changes: readonly PlannedChange[]): Known {
  const units = new Map(known.units.map((unit) => [unit.code, unit]));
  const people = new Map(known.people.map((person) => [person.staffNo, person]));
  for (const { kind, target, set, fields } of changes) {
    const unit = target.type === 'unit' ? units.get(target.ref) : undefined;
    if (unit) units.set(target.ref, { ...unit, ...set });
    if (target.type === 'unit') continue;
    const before = people.get(target.ref) ?? {
      ...personKnown(0),
      personId: target.ref,
      posts: [],
      managerStaffNo: null,
    };
    const secrets = Object.fromEntries(
      (['idNumber', 'bornOn', 'mobile'] as const).flatMap((field) => {
        const print = set[field];
        const masked = fields.find((one) => one.field === field)?.after ?? '';
        return typeof print === 'string' ? [[field, { print, masked }]] : [];
      }),
    );
    people.set(target.ref, { ...before, ...set, ...secrets, posts: postsAfter(before, kind, set) });
  }
  return { ...known, units: [...units.values()], people: [...people.values()] };
}

function postsAfter(
  { posts }: KnownPerson,
  kind: PlannedChange['kind'],
  set: PlannedChange['set'],
): KnownPerson['posts'] {
  const title = typeof set['title'] === 'string' ? set['title'] : undefined;
  const withTitle = (all: KnownPerson['posts']) =>
    title === undefined ? all : all.map((post) => (post.kind === 'main' ? { ...post, title } : post));
  if (kind === 'hire' && Array.isArray(set['unitCodes']))
    return withTitle(
      set['unitCodes'].map((code: string, at) => postOf(code, at === 0 ? 'main' : 'concurrent')),
    );
  if (kind === 'move')
    return [postOf(String(set['unitCode']), 'main'), ...posts.filter((post) => post.kind !== 'main')];
  if (kind === 'endConcurrent') return posts.filter((post) => post.unitCode !== set['unitCode']);
  return kind === 'leave' ? [] : withTitle(posts);
}

function planned(snapshot: Snapshot, known: Known) {
  const began = performance.now();
  const plan = makePlan(snapshot, known, {
    today: TODAY,
    decisions: new Map(),
    workdaysBetween: () => 0,
    hash,
  });
  const { verdict } = guard(plan, {
    known,
    lastGood: { people: PEOPLE },
    doneToday: [],
    firstRun: false,
    bringers: [],
  });
  return { plan, verdict, seconds: (performance.now() - began) / 1000 };
}

const mebibytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024);
const told = ({ plan, verdict, seconds }: { plan: MadePlan; verdict: string; seconds: number }) => ({
  seconds: round(seconds),
  changes: plan.changes.length,
  counts: plan.counts,
  doubts: plan.doubts.length,
  verdict,
});

const known = knownWorld();
const snapshot = statement();
const worldMb = mebibytes();
const first = planned(snapshot, known);
const peakMb = mebibytes();
const second = planned(snapshot, carriedOut(known, first.plan.changes));
const load = planned(snapshot, { units: [institution], people: [], rootCode: ROOT });

report(
  'hr-plan',
  {
    people: PEOPLE,
    units: UNITS,
    worldMb,
    peakMb,
    first: told(first),
    second: told(second),
    firstLoad: { ...told(load), peakMb: mebibytes() },
  },
  [
    atMost('seconds for the plan and its guard', first.seconds, 10),
    atMost('peak MB, statement and directory included', peakMb, 512),
    exactly('changes of the second plan', second.plan.changes.length, 0),
  ],
);
