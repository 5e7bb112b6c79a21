import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { ActAnswer, ItemsAnswer } from '../../server/features/approvals/contract.ts';
import { historyOf, loadInstance, replay } from '../../server/features/approvals/index.ts';
import type {
  DelegateRequest,
  DelegationView,
  ListAnswer,
} from '../../server/features/delegations/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { addDays, dateOf } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { namedStep, personIdOf, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, detail, expectCard, ONE_DAY, tapApprove, todo, userid } from '../support/story.ts';

let s: Started;
let applicant: Client;
let head: Client;
let agent: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
  agent = await s.signIn(userid.colleague);
});
afterEach(() => s.close());

const DAY = 24 * 3_600_000;
const HEAD = demoCast.unitHead.name;
const AGENT = demoCast.colleague.name;

const today = (): string => dateOf(s.clock.now());
async function request(more: Partial<DelegateRequest> = {}): Promise<DelegateRequest> {
  return {
    agentId: await personIdOf(s, userid.colleague),
    fromOn: today(),
    untilOn: addDays(today(), 3),
    scope: { kind: 'all' },
    takesOpen: true,
    atEnd: 'return',
    ...more,
  };
}
async function delegate(client: Client, more: Partial<DelegateRequest> = {}): Promise<DelegationView> {
  const body = await request(more);
  const { delegation } = await client.post<{ delegation: DelegationView }>('/api/delegations', body);
  await s.settle();
  return delegation;
}
async function end(client: Client, { delegationId }: DelegationView): Promise<DelegationView> {
  const path = `/api/delegations/${delegationId}/end`;
  const { delegation } = await client.post<{ delegation: DelegationView }>(path);
  await s.settle();
  return delegation;
}
async function refusal(client: Client, more: Partial<DelegateRequest>): Promise<string> {
  const response = await client.send('POST', '/api/delegations', await request(more));
  return ((await response.json()) as { code: string }).code;
}
const texts = (member: string): string[] =>
  s.sandbox.control
    .appMessages(member)
    .flatMap(({ content }) => (content.msgtype === 'text' ? [content.content] : []));
const onList = async (client: Client): Promise<string[]> =>
  (await todo(client)).items.map(({ instanceId }) => instanceId);
/** As they see it when they sign in now: sessions end with the day. */
const listOf = async (member: string): Promise<string[]> => onList(await s.signIn(member));
async function approve(client: Client, instanceId: string): Promise<ActAnswer> {
  const { myTask } = await detail(client, instanceId);
  return client.post<ActAnswer>(`/api/approvals/tasks/${myTask?.taskId}/approve`, {});
}
async function expectReplay(instanceId: string): Promise<void> {
  await s.app.db.read(async (reads) => {
    expect(replay(await historyOf(reads, instanceId))).toEqual((await loadInstance(reads, instanceId)).state);
  });
}

describe('somebody who is away has an agent', () => {
  it('R30 what comes goes to the agent, who decides for them, and everybody sees for whom', async () => {
    await delegate(head);
    expect(texts(userid.colleague).at(-1)).toContain(`${HEAD}请你代理审批`);
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    const both = `${AGENT}（代 ${HEAD}）`;
    expect((await detail(applicant, instanceId)).holder).toMatchObject({ names: [both] });
    expect(await onList(head)).toEqual([]);
    const { items } = await todo(agent);
    expect(items.map(({ state }) => state.words)).toEqual([`代 ${HEAD}`]);
    expect(JSON.stringify(expectCard(s, userid.colleague, '申请'))).toContain(`代 ${HEAD} 处理`);
    // Who is stood in for may look on.
    expect((await detail(head, instanceId)).can.approve).toBe(false);
    await tapApprove(s, userid.colleague);
    await s.settle();
    const row = (await detail(applicant, instanceId)).timeline.find(({ onBehalfOf }) => onBehalfOf !== null);
    expect(row).toMatchObject({ name: AGENT, onBehalfOf: HEAD, stateWords: '同意' });
    const done = await agent.get<ItemsAnswer>('/api/approvals/items?box=done');
    expect(done.items[0]?.state.words).toContain(`我已同意（代 ${HEAD}）`);
    await expectReplay(instanceId);
  });

  it('R32 not where the agent applies or sits at the step', async () => {
    await delegate(head);
    const own = await applyForLeave(agent, ONE_DAY);
    expect(await onList(head)).toEqual([own.instanceId]);
    await publishSteps(s, [
      await namedStep(s, 'one', [userid.unitHead, userid.colleague], { mode: 'all', refusal: 'FAIL_FAST' }),
    ]);
    const { instanceId } = await submitOwn(applicant);
    expect(await onList(head)).toContain(instanceId);
    expect(await onList(agent)).toEqual([instanceId]);
  });

  it('holds for the kinds of request it names', async () => {
    await delegate(head, { scope: { kind: 'templates', keys: ['wecomExtension'] } });
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    expect(await onList(head)).toEqual([instanceId]);
  });

  it('holds for the groups of the service hall it names', async () => {
    await delegate(head, { scope: { kind: 'groups', groups: ['请假销假'] } });
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    expect(await onList(head)).toEqual([]);
    expect(await onList(agent)).toEqual([instanceId]);
    const { items } = await head.get<{ items: { scopeWords: string }[] }>('/api/delegations');
    expect(items[0]?.scopeWords).toBe('请假销假类');
  });

  it('R31 begins with its first day and ends with its last, chains followed', async () => {
    const hrHeadId = await personIdOf(s, userid.hrHead);
    await delegate(head, { fromOn: addDays(today(), 1), untilOn: addDays(today(), 2) });
    await delegate(agent, { agentId: hrHeadId, untilOn: addDays(today(), 9) });
    const before = await applyForLeave(applicant, ONE_DAY);
    expect(await onList(head)).toEqual([before.instanceId]);
    await s.advance(DAY);
    expect(await listOf(userid.unitHead)).toEqual([]);
    expect(await listOf(userid.hrHead)).toEqual([before.instanceId]);
    const { holder } = await detail(await s.signIn(userid.applicant), before.instanceId);
    expect(JSON.stringify(holder)).toContain(`（代 ${HEAD}）`);
    await s.advance(DAY);
    expect(await listOf(userid.unitHead)).toEqual([before.instanceId]);
    expect(await listOf(userid.hrHead)).toEqual([]);
    await expectReplay(before.instanceId);
  });
});

describe('R33 the end', () => {
  it('returns what is undecided where its rule says so, and keeps it with the agent where it says that', async () => {
    for (const atEnd of ['return', 'stay'] as const) {
      const delegation = await delegate(head, { atEnd });
      const { instanceId } = await submitLeave(atEnd === 'return' ? 1 : 2);
      await s.settle();
      expect(await onList(agent)).toContain(instanceId);
      const ended = await end(head, delegation);
      expect(ended).toMatchObject({ state: 'ended', stateWords: '本人已收回', canEnd: false });
      expect(await end(head, delegation)).toEqual(ended);
      expect(await onList(atEnd === 'return' ? head : agent)).toContain(instanceId);
      expect(await onList(atEnd === 'return' ? agent : head)).not.toContain(instanceId);
      expect((await approve(atEnd === 'return' ? head : agent, instanceId)).outcome).toBe('done');
    }
  });

  it('open tasks go over at the beginning only where asked', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const first = await delegate(head, { takesOpen: false });
    expect(await onList(head)).toEqual([instanceId]);
    await end(head, first);
    await delegate(head);
    expect(await onList(agent)).toEqual([instanceId]);
    expect(await onList(head)).toEqual([]);
  });

  it('an agent may let go of it, and one who is locked stands in for nobody', async () => {
    const first = await delegate(head);
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await end(agent, first);
    expect(texts(userid.unitHead).at(-1)).toContain('代理人已退出');
    expect(await onList(head)).toEqual([instanceId]);
    await delegate(head);
    expect(await onList(agent)).toEqual([instanceId]);
    await lock(userid.colleague);
    expect(await onList(head)).toEqual([instanceId]);
    const { items } = await head.get<ListAnswer>('/api/delegations');
    expect(items.map(({ stateWords }) => stateWords)).toEqual(['代理人不能再审批，已结束', '代理人已退出']);
  });

  it('R22 a valid agent comes first when their principal cannot act any more', async () => {
    await delegate(head, { takesOpen: false, fromOn: today() });
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    expect(await onList(agent)).toEqual([instanceId]);
    await lock(userid.unitHead);
    expect(await onList(agent)).toEqual([instanceId]);
    await approve(agent, instanceId);
    expect((await detail(applicant, instanceId)).timeline.some((row) => row.onBehalfOf === HEAD)).toBe(true);
  });
});

describe('R36 the clock', () => {
  const clocksOf = (instanceId: string) =>
    s.app.db.read((reads) => s.app.supervision.listOfSubjects(reads, 'approval', [instanceId]));

  it('is the same one when an agent takes over and gives back: its start, what was used, one history', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    const [before] = await clocksOf(instanceId);
    await s.advance(2 * 3_600_000);
    const delegation = await delegate(head);
    expect(await onList(agent)).toEqual([instanceId]);
    const [after, ...others] = await clocksOf(instanceId);
    expect(others).toEqual([]);
    expect(after).toMatchObject({
      id: before?.id,
      openedAt: before?.openedAt,
      dueAt: before?.dueAt,
      state: 'open',
      holderPersonId: await personIdOf(s, userid.colleague),
    });
    const { items } = await todo(agent);
    expect(items.map(({ due }) => due.dueAt)).toEqual([before?.dueAt]);
    await end(head, delegation);
    const [back] = await clocksOf(instanceId);
    expect(back).toMatchObject({
      id: before?.id,
      dueAt: before?.dueAt,
      holderPersonId: before?.holderPersonId,
    });
    const { events } = await s.app.db.read((reads) => s.app.supervision.historyOf(reads, before?.id ?? ''));
    expect(events.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['transferred', 'agency'],
      ['transferred', 'agency_ended'],
    ]);
    await approve(head, instanceId);
    expect((await clocksOf(instanceId)).find(({ id }) => id === before?.id)?.state).toBe('closed');
  });
});

describe('whose own leave is approved', () => {
  it('is asked for an agent if requests come to them, once, with the days filled in', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await approve(head, instanceId);
    await s.settle();
    // The applicant decides nothing.
    expect(texts(userid.applicant).filter((words) => words.includes('请人代理'))).toEqual([]);
    await approveAll(await applyForLeave(head, ONE_DAY));
    const asked = texts(userid.unitHead).filter((words) => words.includes('请人代理'));
    expect(asked).toEqual([expect.stringContaining('你 11-26 休假')]);
    expect(asked[0]).toContain('/delegations/new?from=2026-11-26&to=2026-11-26');
    await delegate(head, { fromOn: '2026-12-10', untilOn: '2026-12-11' });
    await approveAll(await applyForLeave(head, { ...ONE_DAY, from: '2026-12-10', to: '2026-12-10' }));
    expect(texts(userid.unitHead).filter((words) => words.includes('请人代理'))).toHaveLength(1);
  });

  it('R38 is asked once for leaves that are one absence, again when it grows, and then for what nobody stands in on', async () => {
    const take = async (day: string) =>
      approveAll(await applyForLeave(head, { ...ONE_DAY, from: day, to: day }));
    const asked = () => texts(userid.unitHead).filter((words) => words.includes('代理'));
    // Requests come to the head.
    await approve(head, (await applyForLeave(applicant, ONE_DAY)).instanceId);
    await take('2026-11-27');
    await take('2026-11-26');
    // A Monday: no working time between.
    await delegate(head, { fromOn: '2026-11-26', untilOn: '2026-11-28' });
    await take('2026-11-30');
    expect(asked().map((words) => words.replace(/<a.*/su, ''))).toEqual([
      expect.stringContaining('你 11-27 休假，期间的审批可以请人代理。'),
      expect.stringContaining('你的休假接在一起了，11-26 至 11-27 期间的审批可以请人代理。'),
      expect.stringContaining('你的休假延长了，11-28 至 11-30 的审批还没有人代理。'),
    ]);
    expect(asked()[2]).toContain('/delegations/new?from=2026-11-28&to=2026-11-30');
  });
});

/** By whoever has it, until it has ended. */
async function approveAll({ instanceId }: { instanceId: string }): Promise<void> {
  const members = Object.values(userid);
  for (let turn = 0; turn < 4; turn += 1) {
    for (const member of members) {
      const client = await s.signIn(member);
      if (!(await onList(client)).includes(instanceId)) continue;
      await approve(client, instanceId);
      await s.settle();
    }
  }
}

describe('who may, and what is refused', () => {
  it('R31 oneself, circles, a second agent, wrong days, nobody known', async () => {
    await delegate(head);
    const headId = await personIdOf(s, userid.unitHead);
    const leaderId = await personIdOf(s, userid.leader);
    const colleague = await personIdOf(s, userid.colleague);
    const refusals = await Promise.all([
      refusal(agent, { agentId: colleague }),
      refusal(agent, { agentId: headId }),
      refusal(head, { agentId: leaderId, scope: { kind: 'templates', keys: ['leave'] } }),
      refusal(head, { fromOn: addDays(today(), -1) }),
      refusal(head, { untilOn: today() }),
      refusal(head, { untilOn: addDays(today(), 400) }),
      refusal(agent, { agentId: 'nobody' }),
      refusal(agent, { agentId: leaderId, scope: { kind: 'templates', keys: ['nothing'] } }),
    ]);
    expect(refusals).toEqual([
      'delegations.self',
      'delegations.cycle',
      'delegations.twice',
      'delegations.past',
      'delegations.empty',
      'delegations.too_long',
      'delegations.agent_inactive',
      'delegations.no_template',
    ]);
    expect((await agent.get<ListAnswer>('/api/delegations')).items).toEqual([]);
  });

  it('both sides see it and may end it; to others it does not exist', async () => {
    const delegation = await delegate(head);
    const received = await agent.get<ListAnswer>('/api/delegations?side=received');
    expect(received.items).toEqual([
      expect.objectContaining({
        delegationId: delegation.delegationId,
        side: 'received',
        stateWords: '代理中',
      }),
    ]);
    const path = `/api/delegations/${delegation.delegationId}/end`;
    expect((await applicant.send('POST', path, {})).status).toBe(404);
    expect((await head.get<ListAnswer>('/api/delegations')).items[0]?.state).toBe('inForce');
  });
});

describe('who oversees', () => {
  it('H1 R33 ends one for somebody who cannot, with a reason that both sides read', async () => {
    const { delegationId } = await delegate(head);
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const admin = await s.signIn(userid.superAdmin);
    const overseen = '/api/delegations/overseen';
    expect((await head.raw('GET', overseen)).status).toBe(403);
    const { items } = await admin.get<ListAnswer>(overseen);
    expect(items).toMatchObject([{ delegationId, principal: { name: HEAD }, agent: { name: AGENT } }]);

    const path = `/api/delegations/${delegationId}/end-for`;
    expect((await head.send('POST', path, { reason: '不需要了' })).status).toBe(403);
    expect((await admin.send('POST', path, { reason: ' ' })).status).toBe(400);
    await admin.post(path, { reason: '由副职主持工作' });
    await s.settle();
    for (const member of [userid.unitHead, userid.colleague])
      expect(texts(member).at(-1)).toContain('管理员已结束（由副职主持工作）');
    expect(await onList(head)).toEqual([instanceId]);
    expect((await admin.get<ListAnswer>(overseen)).items).toEqual([]);
    const ended = await admin.get<ListAnswer>(`${overseen}?state=ended`);
    expect(ended.items.map(({ stateWords }) => stateWords)).toEqual(['管理员已结束']);
    await admin.post(path, { reason: '再来一次' });
    await s.settle();
    expect(texts(userid.unitHead).at(-1)).not.toContain('再来一次');
  });

  it('R22 what an agent held for somebody locked goes on to whom the rule names, or to be filled', async () => {
    await publishSteps(s, [
      await namedStep(s, 'a', [userid.unitHead], { mode: 'any', refusal: 'FIRST_ACTION' }),
    ]);
    const { delegationId } = await delegate(head);
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    await lock(userid.unitHead);
    expect(await onList(agent)).toEqual([instanceId]);
    const admin = await s.signIn(userid.superAdmin);
    await admin.post(`/api/delegations/${delegationId}/end-for`, { reason: '另行安排' });
    await s.settle();
    expect(await onList(agent)).toEqual([]);
    expect(texts(userid.superAdmin).at(-1)).toContain('没有审批人');
    await expectReplay(instanceId);
  });

  it('R5 R22 a locked principal whose turn has not come is stood in for when it comes', async () => {
    const members = [userid.colleague, userid.unitHead];
    await publishSteps(s, [await namedStep(s, 'a', members, { mode: 'sequential', refusal: 'FAIL_FAST' })]);
    const deputy = await s.signIn(userid.superAdmin);
    await delegate(head, { agentId: await personIdOf(s, userid.superAdmin) });
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    await lock(userid.unitHead);
    await approve(agent, instanceId);
    await s.settle();
    expect(await onList(deputy)).toEqual([instanceId]);
    await expectReplay(instanceId);
  });

  it('R18 whose agency has ended when their turn comes is nobody to wait for', async () => {
    const members = [userid.colleague, userid.unitHead];
    await publishSteps(s, [await namedStep(s, 'a', members, { mode: 'sequential', refusal: 'FAIL_FAST' })]);
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    await lock(userid.unitHead);
    await approve(agent, instanceId);
    await s.settle();
    expect(texts(userid.superAdmin).at(-1)).toContain('没有审批人');
    await expectReplay(instanceId);
  });
});

const lock = async (member: string) => {
  const personId = await personIdOf(s, member);
  await s.app.db.write(systemActor('test'), (tx) => s.app.directory.lockPerson(tx, personId));
  await s.settle();
};

/** A day of leave of one's own, so that two requests of a test do not overlap (R39). */
function submitLeave(weeksAhead: number) {
  const on = addDays('2026-11-25', 7 * weeksAhead);
  return applyForLeave(applicant, { ...ONE_DAY, from: on, to: on });
}
