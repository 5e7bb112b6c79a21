import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { instantOf } from '../../server/kernel/dates.ts';
import { addSource, issueKey } from '../../server/features/hr/index.ts';
import { MessageTable } from '../../server/features/messaging/index.ts';
import { constantIn, serverSources } from '../support/sources.ts';
import { aRoom, ROOMS } from '../support/rooms.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { namedStep, personIdOf, publishSteps, submitOwn } from '../support/own-template.ts';
import { applyForLeave, cardsOf, detail, ONE_DAY, tapApprove, userid } from '../support/story.ts';

type Message = Awaited<ReturnType<typeof allMessages>>[number];
let s: Started;
let messages: Message[];

const LEADS = 'a card that leads there';
/** What may be done on the card itself, by kind. Kinds that are not named here are words with a link. */
const OFFERED = new Map([
  ['approvals.task', '同意 看详情'],
  ['approvals.result', LEADS],
  ['approvals.copy', LEADS],
  ['approvals.reminder', LEADS],
  ['approvals.consult', LEADS],
  ['approvals.opinion', LEADS],
  ['approvals.edited', LEADS],
  ['approvals.resumed', LEADS],
  ['approvals.returned', LEADS],
  ['approvals.passed_over', LEADS],
  ['approvals.revoked', LEADS],
  ['approvals.circulated', LEADS],
  ['approvals.mentioned', LEADS],
  ['approvals.late', LEADS],
  ['approvals.rung', LEADS],
  ['repairs.take', '接单 转单 看详情'],
  ['repairs.accept', '验收通过 没修好'],
  ['leave.back', '我已返岗 续假或看详情'],
  ['meetingrooms.decide', '批准 看详情'],
  ['meetingrooms.coming', '取消预订 看详情'],
  ['meetingrooms.free', '预订 不用了'],
  ['portal.digest', LEADS],
  ['supervision.digest', LEADS],
]);

const allMessages = () => s.app.db.read((r) => r.em.getRepository(MessageTable).find());

async function lock(member: string): Promise<void> {
  const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
  const personId = org.personByUserid(member)?.personId ?? '';
  await s.app.db.write(systemActor('test'), (tx) => s.app.directory.lockPerson(tx, personId));
}

/**
 * Somebody nobody knows renames a dozen members at the admin console: nothing is put back by itself, somebody is told,
 * and of the stranger too.
 */
async function driftInMass(): Promise<void> {
  const signedIn = { operType: 7, detailType: 23, info: '', ip: '10.0.0.9' };
  s.sandbox.control.addLog({ kind: 'admin', userid: 'nobody-knows', ...signedIn });
  const { members } = s.sandbox.control.state();
  for (const { userid: member } of members.filter(({ status }) => status === 1).slice(0, 12))
    s.sandbox.control.editMember(member, {
      operator: demoCast.superAdmin.userid,
      changes: { name: `改名${member.slice(0, 8)}` },
    });
  await s.settle();
  await s.advance(24 * 3_600_000);
  await s.advance(3_600_000);
}

/** An identity system nobody has looked at yet wants to let somebody go (A7). */
async function refusedIdentitySystem(): Promise<void> {
  const key = await s.app.db.write(systemActor('cli:scim'), async (tx) => {
    await addSource(tx, 'idp', '统一身份认证');
    return issueKey(tx, 'idp');
  });
  const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
  const personId = org.personByUserid(userid.applicant)?.personId ?? '';
  const answer = await fetch(`${s.url}/scim/v2/Users/${personId}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${key}` },
  });
  expect(answer.status).toBe(403);
  await s.settle();
}

/** Sent back, handed in again past those who agreed, approved, revoked. */
async function goingBack(): Promise<void> {
  const first = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
  await publishSteps(
    s,
    [await namedStep(s, 'one', [userid.colleague], first), await namedStep(s, 'two', [userid.leader], first)],
    { onReturn: 'BACK_TO_RETURNER' },
  );
  const applicant = await s.signIn(userid.applicant);
  const leader = await s.signIn(userid.leader);
  const { instanceId } = await submitOwn(applicant);
  await s.settle();
  await tapApprove(s, userid.colleague);
  await s.settle();
  const { myTask } = await detail(leader, instanceId);
  const back = { toStepKey: null, reason: '请写明用途' };
  await leader.post(`/api/approvals/tasks/${myTask?.taskId}/send-back`, back);
  await applicant.post(`/api/approvals/instances/${instanceId}/resubmit`, { form: { what: '乙' } });
  await s.settle();
  await tapApprove(s, userid.leader);
  await applicant.post(`/api/approvals/instances/${instanceId}/revoke`, { reason: '不办了' });
  await s.settle();
}

/** Asked before, which holds the own task, and for an opinion; both answered. */
async function asking(): Promise<void> {
  const first = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
  await publishSteps(s, [await namedStep(s, 'one', [userid.leader], first)]);
  const applicant = await s.signIn(userid.applicant);
  const leader = await s.signIn(userid.leader);
  const colleague = await s.signIn(userid.colleague);
  const colleagueId = await personIdOf(s, userid.colleague);
  const { instanceId } = await submitOwn(applicant);
  const act = async (who: typeof leader, path: string, body: object) => {
    const { myTask } = await detail(who, instanceId);
    await who.post(`/api/approvals/tasks/${myTask?.taskId}/${path}`, body);
    await s.settle();
  };
  await act(leader, 'consult', { personIds: [colleagueId], question: '有场地吗' });
  const { consulting } = await detail(colleague, instanceId);
  await colleague.post(`/api/approvals/consults/${consulting.asked?.consultId}/answer`, { text: '有' });
  await act(leader, 'add', { placement: 'before', personIds: [colleagueId] });
  await act(colleague, 'approve', {});
}

/** R40: changed by who decides, told to whose form it is. */
async function changing(): Promise<void> {
  const first = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
  const step = await namedStep(s, 'one', [userid.leader], first);
  await publishSteps(s, [{ ...step, fields: { what: 'edit' } }]);
  const leader = await s.signIn(userid.leader);
  const { instanceId } = await submitOwn(await s.signIn(userid.applicant));
  const { myTask } = await detail(leader, instanceId);
  const edits = [{ key: 'what', version: 0, value: '丙' }];
  await leader.post(`/api/approvals/tasks/${myTask?.taskId}/edit`, { edits });
  await s.settle();
}

/** Sent to somebody to read, who is named in a comment as well. */
async function reading(): Promise<void> {
  const first = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
  await publishSteps(s, [await namedStep(s, 'one', [userid.leader], first)]);
  const leader = await s.signIn(userid.leader);
  const { instanceId } = await submitOwn(await s.signIn(userid.applicant));
  const personIds = [await personIdOf(s, userid.colleague)];
  await leader.post(`/api/approvals/instances/${instanceId}/circulate`, { personIds, note: '请了解' });
  await leader.post(`/api/approvals/instances/${instanceId}/comment`, {
    clientKey: randomUUID(),
    text: '请看',
    mentions: personIds,
  });
  await s.settle();
}

/** R37: nobody decides; the holder hears of it, then their superior. */
async function beingLate(): Promise<void> {
  const first = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
  const step = await namedStep(s, 'one', [userid.unitHead], first);
  if (step.kind !== 'approve') throw new Error('no human step');
  const timeout = [
    { after: { halfDays: 1 }, do: 'remind' as const },
    { after: { halfDays: 2 }, do: 'escalate' as const },
  ];
  await publishSteps(s, [{ ...step, timeout }]);
  await submitOwn(await s.signIn(userid.applicant));
  await s.settle();
}

/** S1-10: so much falls due for one person in one minute that they are told once. */
async function crowding(): Promise<void> {
  const holderPersonId = await personIdOf(s, userid.leader);
  const clock = {
    kind: 'approvals.task',
    subjectType: 'crowd',
    path: '/todo',
    title: '张雨桐 年假 1 个工作日',
  };
  await s.app.db.write(systemActor('test'), async (tx) =>
    s.app.supervision.openObligations(
      tx,
      Array.from({ length: 7 }, (_, n) => ({
        ...clock,
        subjectId: `crowd${String(n)}`,
        stepRef: `crowd${String(n)}`,
        holderPersonId,
        holderUnitId: null,
        budget: { workdays: 1 },
      })),
    ),
  );
}

/** S1-10.1: reported, dispatched by the rule, mended; the reporter is asked to accept it. */
async function mending(): Promise<void> {
  const admin = await s.signIn(demoCast.superAdmin.userid);
  const personId = await personIdOf(s, userid.librarian);
  await admin.send('PUT', '/api/repairs/workers', { personId, categories: ['desktop'], areas: [] });
  const reporter = await s.signIn(userid.applicant);
  const mender = await s.signIn(userid.librarian);
  const reported = { category: 'desktop', placeId: null, placeText: '图书馆三楼', words: '投影仪不亮' };
  const report = (clientKey: string) =>
    reporter.post<{ ticketId: string }>('/api/repairs/tickets', { ...reported, clientKey });
  await report('cards-left-open');
  const { ticketId } = await report('cards-mended');
  const acts = `/api/repairs/tickets/${ticketId}/act`;
  await mender.post(acts, { act: 'accept' });
  const photo = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);
  const { fileId } = (await (await mender.upload('/api/files', '照片.png', photo)).json()) as {
    fileId: string;
  };
  await mender.post(acts, { act: 'finish', words: '换了灯泡', fileIds: [fileId] });
  await s.settle();
}

/** S2-A11d: a manager is asked, somebody waits for a time and gets it, and who booked for tomorrow is told to come. */
async function meeting(): Promise<void> {
  const admin = await s.signIn(demoCast.superAdmin.userid);
  const staff = await s.signIn(userid.applicant);
  const other = await s.signIn(userid.colleague);
  const managerId = await personIdOf(s, userid.unitHead);
  const asked = await aRoom(admin, managerId, { name: '要批准的', needsApproval: true });
  const free = await aRoom(admin, managerId, { name: '要签到的', checkInMinutes: 60 });
  const at = (hour: number) => ({
    startsAt: instantOf('2026-11-24', hour * 60),
    endsAt: instantOf('2026-11-24', (hour + 1) * 60),
  });
  const book = (roomId: string, hour: number) =>
    staff.post<{ items: { bookingId: string }[] }>(`${ROOMS}/bookings`, {
      roomId,
      ...at(hour),
      subject: '例会',
      clientKey: randomUUID(),
    });
  await book(asked, 9);
  await book(free, 9);
  const { items } = await book(free, 11);
  await other.post(`${ROOMS}/rooms/${free}/waits`, at(11));
  await staff.post(`${ROOMS}/bookings/${items[0]?.bookingId ?? ''}/cancel`, { version: 1 });
  await s.settle();
}

/** Everything the product says to people today, once. */
beforeAll(async () => {
  s = await startApp();
  const applicant = await s.signIn(userid.applicant);
  const decided = await applyForLeave(applicant, ONE_DAY);
  await s.settle();
  await s.advance(5 * 3_600_000);
  await applicant.post(`/api/approvals/instances/${decided.instanceId}/remind`);
  await tapApprove(s, userid.unitHead);
  await s.settle();
  await goingBack();
  await asking();
  await changing();
  await reading();
  await designing();
  await takingOut();
  await beingLate();
  await crowding();
  await mending();
  await meeting();
  // Left lying for a working day: digest in the morning, then a reminder.
  await applyForLeave(applicant, { ...ONE_DAY, from: '2026-12-03', to: '2026-12-03' });
  // In 企业微信's own 审批, since five days: late from the first minute.
  await s.sandbox.control.handInNative(userid.applicant, {
    title: '补卡申请',
    nodes: [{ userids: [userid.unitHead] }],
    at: s.clock.now() - 5 * 86_400_000,
  });
  for (let hour = 0; hour < 40; hour += 1) await s.advance(3_600_000);
  // R18: nobody is left for a seat of the second step.
  await applicant.signIn(userid.applicant);
  await applyForLeave(applicant, { from: '2026-12-14', to: '2026-12-18' });
  await s.settle();
  await lock(userid.hrHead);
  await lock(demoCast.secondAdmin.userid);
  await tapApprove(s, userid.unitHead);
  await s.settle();
  await driftInMass();
  await refusedIdentitySystem();
  // The day of leave is over: reporting back is asked for.
  await s.advance(24 * 3_600_000);
  messages = await allMessages();
}, 60_000);
afterAll(() => s.close());

/** R46: a sensitive template waits for somebody who changed nothing in it. */
async function designing(): Promise<void> {
  const admin = await s.signIn(demoCast.superAdmin.userid);
  const templates = '/api/approvals/design/templates';
  await admin.post(templates, { from: 'running', templateKey: 'sealOut' });
  await admin.post(`${templates}/sealOut/review`, { version: 1 });
  await s.settle();
}

/** The requests of a year, made into one package, of which its asker is told. */
async function takingOut(): Promise<void> {
  const admin = await s.signIn(demoCast.superAdmin.userid);
  const range = { fromOn: '2026-01-01', toOn: '2026-12-31', purpose: '交巡察组' };
  await admin.post('/api/approvals/packages', range);
  await s.settle();
}

it('every kind of message a room can queue was said in this story', () => {
  const sources = serverSources().filter(({ path }) => !path.startsWith('server/features/messaging/'));
  const kinds = sources
    .filter(({ text }) => /queue(Card|Text)\(/.test(text))
    .flatMap((source) =>
      [
        ...source.text.matchAll(/(?:\bkind: |to\((?:cards\.)?state, )(?:'([a-z]+\.[a-z_]+)'|([A-Z_]+)\b)/g),
      ].map(([, literal, name = '']) => literal ?? constantIn(sources, source, name) ?? name),
    );
  expect(new Set(kinds).size).toBeGreaterThanOrEqual(7);
  expect([...new Set(kinds)].filter((kind) => !messages.some((message) => message.kind === kind))).toEqual(
    [],
  );
});

it('each was taken by 企业微信: no card breaks its limits', () => {
  expect(messages.filter((message) => message.state === 'failed')).toEqual([]);
  expect(messages.filter((message) => message.state === 'sent').length).toBeGreaterThan(6);
});

it('a card that can be tapped is answered by a room; the others are notices with nothing to tap', async () => {
  const cards = messages.flatMap(({ kind, content }) =>
    content.type === 'card' ? [{ kind, card: content.card }] : [],
  );
  const tappable = cards.filter(({ card }) => !['text_notice', 'news_notice'].includes(card.cardType));
  expect(new Set(tappable.map(({ kind }) => kind))).toEqual(
    new Set([
      'approvals.task',
      'repairs.take',
      'repairs.accept',
      'leave.back',
      'meetingrooms.decide',
      'meetingrooms.coming',
      'meetingrooms.free',
    ]),
  );
  for (const { card } of cards)
    if (!tappable.some((one) => one.card === card)) expect(card).not.toHaveProperty('buttons');
  const live = cardsOf(s, userid.unitHead).filter(
    ({ content }) => content.card.card_type === 'button_interaction' && content.state.replacedBy === null,
  );
  expect(live.length).toBeGreaterThan(0);
  for (const { id } of live) {
    const act = await s.sandbox.control.tap(userid.unitHead, { messageId: id, key: 'approve' });
    expect(act.reply).toBe('update_template_card');
  }
});

it('PHONE.md 6: each kind of message offers this, and nothing else decides on a card', () => {
  const offers = (content: Message['content']): string => {
    if (content.type === 'text') return 'words with a link';
    if (!('buttons' in content.card)) return 'a card that leads there';
    return content.card.buttons.map(({ text }) => text).join(' ');
  };
  const said = new Map<string, Set<string>>();
  for (const { kind, content } of messages)
    said.set(kind, (said.get(kind) ?? new Set()).add(offers(content)));
  const told = [...said]
    .filter(([kind]) => OFFERED.has(kind))
    .map(([kind, found]) => [kind, [...found].sort().join(' / ')]);
  expect(new Map(told as [string, string][])).toEqual(OFFERED);
  for (const [kind, found] of said)
    if (!OFFERED.has(kind)) expect([kind, [...found]]).toEqual([kind, ['words with a link']]);
});

it('no card names an address that is not ours, and each leads somewhere', () => {
  for (const { kind, content } of messages) {
    const text = JSON.stringify(content);
    const addresses = [...text.matchAll(/https?:\/\/[^"\\ <>）]+/g)].map(([address]) => address);
    expect(addresses.length, kind).toBeGreaterThan(0);
    for (const address of addresses) expect(new URL(address).origin, kind).toBe(s.url);
  }
});

it('the same thing is said to nobody twice', () => {
  const said = messages.map(({ kind, ref, personId }) => `${kind} ${ref} ${personId}`);
  expect(new Set(said).size).toBe(said.length);
});

it('copy rules: 你, no exclamation marks, nothing left open in a sentence', () => {
  for (const { kind, content } of messages) {
    const text = JSON.stringify(content).replaceAll(s.url, '');
    expect(text, kind).not.toMatch(/[！!您]|undefined|null|NaN|\{\w+\}|\[object/);
  }
});
