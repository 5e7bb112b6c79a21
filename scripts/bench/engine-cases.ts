import { loadavg } from 'node:os';
import { decide, type DecideContext } from '../../server/features/approvals/engine/decide.ts';
import type { By } from '../../server/features/approvals/model/people.ts';
import type { Command } from '../../server/features/approvals/model/commands.ts';
import type { InstanceState } from '../../server/features/approvals/model/state.ts';
import type { Org, OrgAssignment } from '../../server/features/approvals/model/org.ts';
import { Template } from '../../server/features/approvals/template/template.ts';
import { atLeast, median, report, round } from './support/figures.ts';

/**
 * Bar of issue 4: the engine by itself, a request of three steps from submission to approval in memory, 50,000 a
 * second. Median of the runs; nothing is kept, so each request starts from nothing.
 *
 *   npm run build && node dist/scripts/bench/engine-cases.js
 */
const RUNS = 5;
const CASES = 50_000;
const WARM_UP = 20_000;
const NOW = Date.parse('2026-11-23T10:20:00+08:00');
const APPROVERS = ['head', 'office', 'leader'] as const;

/** Answers from maps, as the directory's does. */
function orgOf(people: readonly string[]): Org {
  const school = { unitId: 'school', name: '学校', parentId: null };
  const known = new Map(
    people.map((personId) => [personId, { personId, name: personId, staffNo: personId, active: true }]),
  );
  const posts = new Map(people.map((personId) => [personId, [postOf(personId)]]));
  return {
    unit: () => school,
    departmentOf: () => school,
    person: (personId) => known.get(personId) ?? null,
    assignmentsOf: (personId) => posts.get(personId) ?? [],
    headsOf: () => [],
    unitByCode: () => null,
    roleHolders: () => [],
  };
}

const postOf = (personId: string): OrgAssignment => ({
  assignmentId: `post-${personId}`,
  personId,
  unitId: 'school',
  title: '职员',
  kind: 'main',
  isHead: false,
  headRank: 0,
  since: null,
});

const template = Template.parse({
  key: 'bench',
  version: 1,
  title: '申请',
  numberPrefix: 'BM',
  icon: 'doc',
  hue: 'blue',
  group: '测试',
  titleWords: '申请',
  fields: [{ key: 'reason', type: 'text', label: '事由' }],
  steps: APPROVERS.map((id) => ({
    key: id,
    kind: 'approve',
    title: '审批',
    mode: 'any',
    refusal: 'FIRST_ACTION',
    assignees: [{ label: '审批人', by: { rule: 'named', personIds: [id] } }],
  })),
});

const by = (personId: string): By => ({ personId, name: personId });
let lastId = 0;
const ctx: DecideContext = {
  now: NOW,
  newId: () => String((lastId += 1)),
  template,
  org: orgOf(['applicant', ...APPROVERS]),
};

const submit: Command = {
  type: 'submit',
  by: by('applicant'),
  instanceId: 'i',
  number: 'BM-2026-1',
  assignmentId: 'post-applicant',
  title: '申请',
  form: { reason: '事由' },
  values: {},
  chosen: {},
  forecast: APPROVERS.map((id) => ({ stepKey: id, personIds: [id] })),
};

function oneCase(): InstanceState {
  let { state } = decide(null, submit, ctx);
  for (const personId of APPROVERS) {
    const taskId = state.tasks.at(-1)?.taskId ?? '';
    ({ state } = decide(state, { type: 'approve', by: by(personId), taskId }, ctx));
  }
  return state;
}

/** `cpuMicros`: of all threads, for one case; unlike cases a second it says the same on a busy machine. */
function run(cases: number): { perSecond: number; cpuMicros: number } {
  const start = performance.now();
  const startCpu = process.cpuUsage();
  for (let n = 0; n < cases; n += 1)
    if (oneCase().status !== 'approved') throw new Error('a request did not come to its end');
  const { user, system } = process.cpuUsage(startCpu);
  return {
    perSecond: round((cases / (performance.now() - start)) * 1000, 0),
    cpuMicros: round((user + system) / cases),
  };
}

run(WARM_UP);
const runs = Array.from({ length: RUNS }, () => run(CASES));
report('engine-cases', { cases: CASES, load: loadavg(), runs }, [
  atLeast('requests of three steps a second', median(runs.map(({ perSecond }) => perSecond)), 50_000),
]);
