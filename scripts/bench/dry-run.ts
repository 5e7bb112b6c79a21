/**
 * Bar of issue 4: the dry run of 30 templates over 5,000 people below 60 s, median of three. The templates are the
 * shipped ones, some of them twice; nothing is remembered between two runs.
 *
 *   npm run build && node dist/scripts/bench/dry-run.js
 */
import { dryRun, travellersOf, type WholeOrg } from '../../server/features/approvals/dry-run/walk.ts';
import { loadTemplateFiles, type Template } from '../../server/features/approvals/index.ts';
import { groupBy } from '../../server/kernel/group-by.ts';
import { atMost, median, report, round } from './support/figures.ts';

const PEOPLE = 5_000;
const TEMPLATES = 30;
const RUNS = 3;
const DEPARTMENTS = 40;
const OFFICES = 6;

const departmentId = (n: number): string => `D${String(n).padStart(2, '0')}`;
const officeId = (n: number, m: number): string => `${departmentId(n)}${String(m).padStart(2, '0')}`;

/** How many heads a unit has. */
function headsIn(unitId: string, n: number): number {
  if (unitId.length === 3) return 2;
  return n % 3 === 0 ? 0 : 1;
}

interface Unit {
  readonly unitId: string;
  readonly name: string;
  readonly parentId: string | null;
}

/** A root, departments with a head and a deputy, offices of which every third has no head, leaders in charge. */
function university(): WholeOrg {
  const root: Unit = { unitId: 'D00', name: '学校', parentId: null };
  const departments = Array.from({ length: DEPARTMENTS }, (_, n): Unit => ({
    unitId: departmentId(n + 1),
    name: `部门${n + 1}`,
    parentId: root.unitId,
  }));
  const offices = departments.flatMap(({ unitId }, n) =>
    Array.from({ length: OFFICES }, (_, m): Unit => ({
      unitId: officeId(n + 1, m + 1),
      name: `科室${n + 1}-${m + 1}`,
      parentId: unitId,
    })),
  );
  const units = new Map([root, ...departments, ...offices].map((unit) => [unit.unitId, unit]));
  const places = [...units.keys()];
  const posts = Array.from({ length: PEOPLE }, (_, n) => {
    const unitId = places[n % places.length] ?? root.unitId;
    const turn = Math.floor(n / places.length);
    const heads = headsIn(unitId, n);
    return {
      assignmentId: `a${n}`,
      personId: `p${n}`,
      unitId,
      title: '职员',
      kind: 'main' as const,
      isHead: turn < heads,
      headRank: turn + 1,
      since: null,
    };
  });
  const byPerson = new Map(posts.map((post) => [post.personId, [post]]));
  const heads = groupBy(
    posts.filter(({ isHead }) => isHead),
    ({ unitId }) => unitId,
  );
  const people = posts.map(({ personId }) => ({ personId, name: personId, staffNo: personId, active: true }));
  const known = new Map(people.map((person) => [person.personId, person]));
  const unit = (id: string): Unit | null => units.get(id) ?? null;
  return {
    unit,
    unitByCode: unit,
    person: (id) => known.get(id) ?? null,
    departmentOf: (id) => unit(id.slice(0, 3)),
    assignmentsOf: (id) => byPerson.get(id) ?? [],
    headsOf: (id) => heads.get(id) ?? [],
    roleHolders(role, unitId) {
      if (role === 'leaderInCharge')
        return unitId?.length === 3 ? [{ personId: `p${Number(unitId.slice(1)) % 7}`, since: null }] : [];
      return unitId === null ? [{ personId: 'p9', since: null }] : [];
    },
    people: () => people,
    units: () => [...units.values()],
  };
}

const shipped = await loadTemplateFiles('config/templates');
const templates: Template[] = Array.from({ length: TEMPLATES }, (_, n) => {
  const template = shipped[n % shipped.length];
  if (template === undefined) throw new Error('no template is shipped');
  return template;
});
const org = university();

function walked() {
  const began = performance.now();
  const travellers = travellersOf(org);
  const made = templates.map((template) => dryRun(template, org, travellers));
  const seconds = (performance.now() - began) / 1000;
  return {
    seconds,
    runs: made.reduce((sum, one) => sum + one.runs, 0),
    dead: made.reduce((sum, one) => sum + one.dead, 0),
  };
}

const rounds = Array.from({ length: RUNS }, walked);
const seconds = median(rounds.map((one) => one.seconds));
report(
  'dry-run',
  {
    people: PEOPLE,
    templates: TEMPLATES,
    runs: rounds[0]?.runs,
    dead: rounds[0]?.dead,
    seconds: rounds.map((one) => round(one.seconds)),
  },
  [atMost('seconds for all, median of three', seconds, 60)],
);
