/** Every template in force walked by the whole college, and what the engine then does (R17, R18, R24). */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { fillSeals } from '../../scripts/demo/seals.ts';
import type {
  DryRunAnswer,
  DryRunListAnswer,
  PersonWalkAnswer,
} from '../../server/features/approvals/dry-run/contract.ts';
import { personWalk } from '../../server/features/approvals/dry-run/person-walk.ts';
import { dryRun, travellersOf, type WholeOrg } from '../../server/features/approvals/dry-run/walk.ts';
import { decide } from '../../server/features/approvals/engine/decide.ts';
import { forecast } from '../../server/features/approvals/views/forecast.ts';
import type { InstanceState } from '../../server/features/approvals/model/state.ts';
import type { StepState } from '../../server/features/approvals/model/steps.ts';
import type { Template } from '../../server/features/approvals/index.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { namedStep, personIdOf, publishSteps } from '../support/own-template.ts';
import { SHIPPED_CASES, signedBy, type ShippedCase } from '../support/shipped-forms.ts';
import { type Started, startApp } from '../support/start-app.ts';

// A whole college and its nights: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const DAY_MS = 86_400_000;
const TEST = systemActor('test');
const GROUP: readonly [string, CastKey][] = [
  ['leadingGroupHead', 'president'],
  ['leadingGroupDeputy', 'secondAdmin'],
  ['leadingGroupMember', 'librarian'],
];

/** What nobody can ask for before a seal or a rule for numbers is registered. */
const SEALS = ['contractNumber', 'contractSeal', 'sealOut', 'sealUse'];

let s: Started;
beforeAll(async () => {
  s = await startApp({ cast: 'college' });
});
afterAll(() => s.close());

const orgOf = (): Promise<WholeOrg> => s.app.db.read((reads) => s.app.access.orgOf(reads));
const list = async () =>
  (await s.signIn(demoCast.hrMaintainer.userid)).get<DryRunListAnswer>('/api/approvals/dry-run');

describe('the dry run over the college', () => {
  it('S2-2b S2-11a finds that nobody is named for the leading group and no seal registered, and nothing else', async () => {
    const { items, people } = await list();
    expect(people).toBe(600);
    expect(items.filter(({ dead }) => dead > 0).map(({ templateKey }) => templateKey)).toEqual([
      'thirdPartyApp',
      'wecomExtension',
      ...SEALS,
    ]);
    const hr = await s.signIn(demoCast.hrMaintainer.userid);
    const one = await hr.get<DryRunAnswer>('/api/approvals/dry-run/wecomExtension');
    expect(one.deadEnds.map(({ title, reason, people: who }) => [title, reason, who])).toEqual([
      ['领导小组会签', '没有人担任信息化领导小组副组长', 600],
      ['领导小组决定', '没有人担任信息化领导小组组长', 600],
    ]);
    const seal = await hr.get<DryRunAnswer>('/api/approvals/dry-run/sealUse');
    expect(seal.deadEnds.map(({ rule, reason }) => [rule, reason])).toContainEqual([
      'choiceHead',
      '还没有选好由哪个单位管理，找不到印章管理单位负责人（还没有可选的印章）',
    ]);
    expect(one.deadEnds[0]?.units).toHaveLength(8);
    expect(one.deadEnds[0]?.moreUnits).toBeGreaterThan(8);
  });

  it('S2-A11 every shipped template finds somebody for every employee, once the leading group is named and seals are registered', async () => {
    for (const [role, who] of GROUP) {
      const personId = await personIdOf(s, demoCast[who].userid);
      await s.app.db.write(TEST, (tx) =>
        s.app.access.grantRole(tx, { personId, role, scopeUnitId: null, untilAt: null }),
      );
    }
    await fillSeals(s.app);
    const { items, dead, runs } = await list();
    expect(items.flatMap((item) => (item.dead > 0 ? [item.templateKey] : []))).toEqual([]);
    expect(dead).toBe(0);
    expect(runs).toBeGreaterThan(600 * items.length);
  });

  it('R21 R24 names for one person, from each post, who would be asked in each branch', async () => {
    const hr = await s.signIn(demoCast.hrMaintainer.userid);
    const of = async (who: CastKey, template: string): Promise<PersonWalkAnswer> =>
      hr.get(`/api/approvals/dry-run/${template}/people/${await personIdOf(s, demoCast[who].userid)}`);
    const whole = await hr.get<DryRunAnswer>('/api/approvals/dry-run/travel');
    const teacher = await of('applicant', 'travel');
    expect(teacher.name).toBe(demoCast.applicant.name);
    expect(teacher.posts).toHaveLength(1);
    expect(
      teacher.posts[0]?.branches.map(({ words, steps }) => [words, steps.map(({ title }) => title)]),
    ).toEqual(whole.branches.map(({ words, steps }) => [words, steps]));
    for (const { steps } of teacher.posts[0]?.branches ?? [])
      for (const { people, problem } of steps) {
        expect(problem).toBeNull();
        expect(people.map(({ name }) => name)).not.toContain(demoCast.applicant.name);
        expect(people).not.toEqual([]);
      }
    expect((await of('president', 'travel')).posts.length).toBeGreaterThan(0);
    const none = await hr.get<PersonWalkAnswer>('/api/approvals/dry-run/travel/people/nobody');
    expect(none).toEqual({ personId: 'nobody', name: '', posts: [] });
    const refused = await (
      await s.signIn(demoCast.applicant.userid)
    ).send('GET', '/api/approvals/dry-run/travel/people/nobody', undefined);
    expect(refused.status).toBe(403);
  });

  it('is for who keeps templates and records', async () => {
    const teacher = await s.signIn(demoCast.applicant.userid);
    const refused = await teacher.send('GET', '/api/approvals/dry-run', undefined);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'approvals.not_template_keeper' });
    const admin = await s.signIn(demoCast.superAdmin.userid);
    expect((await admin.send('GET', '/api/approvals/dry-run/nothing', undefined)).status).toBe(404);
  });

  it('R18 alarms in the night somebody can no longer apply, once', async () => {
    const alarms = async (): Promise<number> => {
      const metrics = await s.app.metrics.registry.metrics();
      return Number(/alarms_total\{kind="approvals_without_approver"\} (\d+)/.exec(metrics)?.[1] ?? 0);
    };
    const told = (): number =>
      s.sandbox.control
        .appMessages(demoCast.superAdmin.userid)
        .filter(({ content }) => JSON.stringify(content).includes('有人走不通了')).length;
    const one = await namedStep(s, '指定人', [demoCast.guard.userid], {
      mode: 'any',
      refusal: 'FIRST_ACTION',
    });
    await publishSteps(s, [one]);
    await s.advance(DAY_MS);
    expect([await alarms(), told()]).toEqual([0, 0]);
    const guard = await personIdOf(s, demoCast.guard.userid);
    await s.app.db.write(TEST, (tx) => s.app.directory.lockPerson(tx, guard));
    await s.advance(DAY_MS);
    expect([await alarms(), told()]).toEqual([1, 1]);
    const [row] = await s.app.db.read(({ em }) =>
      em.query<{ ends: string }[]>(`select ends from approval_dry_run where id = 'own'`),
    );
    expect(JSON.parse(row?.ends ?? '')).toEqual([{ stepKey: '指定人', reason: '指定的指定人已停用或离职' }]);
    await s.advance(DAY_MS);
    expect([await alarms(), told()]).toEqual([1, 1]);
  });
});

describe('R24 what is foretold and what the engine does', () => {
  const NOW = Date.parse('2026-11-23T09:00:00+08:00');

  /** Another picture each time (R15). */
  const inkFor = (step: StepState | undefined, taskId: string) =>
    step?.signature === true ? { signature: { fileId: taskId, hash: taskId, how: 'drawn' as const } } : {};

  /** Approves everything that opens; who was asked, by step. */
  function carriedThrough(template: Template, org: WholeOrg, begun: InstanceState): InstanceState {
    let state = begun;
    for (let acts = 0; state.status === 'running' && acts < 200; acts += 1) {
      const task = state.tasks.find(({ status }) => status === 'pending');
      if (task === undefined) break;
      const by = { personId: task.person.personId, name: task.person.name } as const;
      const step = state.steps.find(({ stepId }) => stepId === task.stepId);
      const { taskId } = task;
      const command =
        step?.role === 'handle'
          ? ({ type: 'handle', by, taskId, result: 'done', comment: '已办好' } as const)
          : ({ type: 'approve', by, taskId, comment: '同意', ...inkFor(step, taskId) } as const);
      state = decide(state, command, { now: NOW, newId, template, org, agentOf: () => null }).state;
    }
    return state;
  }

  /** The same directory on a day these people are locked. */
  const without = (org: WholeOrg, locked: readonly string[]): WholeOrg => ({
    unit: (id) => org.unit(id),
    unitByCode: (code) => org.unitByCode(code),
    departmentOf: (id) => org.departmentOf(id),
    assignmentsOf: (id) => org.assignmentsOf(id),
    headsOf: (id) => org.headsOf(id),
    roleHolders: (role, unitId) => org.roleHolders(role, unitId),
    people: () => org.people(),
    units: () => org.units(),
    person: (id) => {
      const found = org.person(id);
      return found && locked.includes(id) ? { ...found, active: false } : found;
    },
  });

  async function compare(one: ShippedCase, count: number): Promise<void> {
    const [today, template] = await Promise.all([
      orgOf(),
      s.app.db.read((reads) => s.app.approvals.context.templates.latest(reads, one.template)),
    ]);
    const picked = await Promise.all(
      Object.entries(one.chosen ?? {}).map(
        async ([step, members]) => [step, await Promise.all(members.map((m) => personIdOf(s, m)))] as const,
      ),
    );
    const chosen = Object.fromEntries(picked);
    const picks = Object.values(chosen).flat();
    const calendar = s.app.approvals.context.calendar();
    const travellers = travellersOf(today);
    fc.assert(
      fc.property(fc.constantFrom(...travellers), seats, (traveller, away) => {
        // Who is chosen cannot apply; the choice is theirs alone.
        fc.pre(!picks.includes(traveller.personId));
        const { personId, assignmentId } = traveller;
        const form = signedBy(personId, one.valid) as never;
        const foretell = (org: WholeOrg) =>
          forecast(
            template,
            { personId, assignmentId, form, chosen },
            { org, calendar, today: '2026-11-23', absences: [], balances: {}, choices: {} },
          );
        const asked = foretell(today).answer.path.flatMap(({ people }) => people);
        const locked = asked.flatMap((person, at) =>
          away.includes(at) && !picks.includes(person.personId) ? [person.personId] : [],
        );
        const org = without(today, locked);
        const foretold = foretell(org);
        const begun = decide(
          null,
          {
            type: 'submit',
            by: { personId, name: '' },
            instanceId: newId(),
            number: 'X-1',
            assignmentId,
            title: '',
            form,
            values: foretold.checked.values,
            chosen,
            forecast: foretold.steps,
          },
          { now: NOW, newId, template, org, agentOf: () => null },
        ).state;
        const stops = foretold.answer.path.some(({ problem }) => problem !== undefined);
        const walked = dryRun(template, org, [traveller]);
        const mine = walked.branches.find(
          ({ steps }) => steps.join() === foretold.answer.path.flatMap(humanTitle).join(),
        );
        expect(mine?.dead).toBe(stops ? 1 : 0);
        const told = personWalk(template, org, personId).posts.find(
          (post) => post.assignmentId === assignmentId,
        );
        const way = told?.branches.find(
          ({ steps }) => steps.map(({ title }) => title).join() === mine?.steps.join(),
        );
        for (const step of way?.steps.filter(({ choice }) => choice === null) ?? [])
          expect(foretold.steps).toContainEqual({
            stepKey: step.stepKey,
            personIds: step.people.map((one) => one.personId),
          });
        expect(way?.steps.some(({ problem }) => problem !== null)).toBe(stops);
        const done = carriedThrough(template, org, begun);
        expect(done.status).toBe(stops ? 'running' : 'approved');
        if (stops) return;
        const sat = done.steps.map(({ stepKey, seats }) => ({
          stepKey,
          personIds: seats.flatMap(({ person }) => (person === null ? [] : [person.personId])),
        }));
        expect(sat).toEqual(foretold.steps);
        // Whoever sits there was asked, was not needed any more, or had agreed just before (R16).
        for (const step of done.steps) {
          const tasks = done.tasks.filter(({ stepId }) => stepId === step.stepId).length;
          const passed = step.seats.length - tasks;
          if (passed > 0) expect(['any', 'sequential']).toContain(step.mode);
        }
      }),
      { numRuns: count },
    );
  }

  /** Which of those who would be asked are locked; none in many runs. */
  const seats = fc.array(fc.nat({ max: 7 }), { maxLength: 4 });
  const humanTitle = ({ mode, title }: { mode: string; title: string }): string[] =>
    mode === 'cc' ? [] : [title];

  it.each(SHIPPED_CASES.map((one) => [`${one.template}: ${one.steps.join(', ')}`, one] as const))(
    '%s, for fifty people',
    (_name, one) => compare(one, 50),
  );
});
