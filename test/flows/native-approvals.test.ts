import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  CaseAnswer,
  ImportsAnswer,
  ListAnswer,
  OwnAnswer,
} from '../../server/features/native-approvals/contract.ts';
import type { NativeHandIn } from '../../server/sandbox/contract.ts';
import type { Client } from '../support/client.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { todosOf } from '../support/todos.ts';
import { userid } from '../support/story.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const ROOT = '/api/native-approvals';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const FORM = (more: Partial<NativeHandIn> = {}): NativeHandIn => ({
  title: '补卡申请',
  nodes: [{ mode: 'any', userids: [userid.unitHead] }],
  fields: [{ title: '缺卡原因', text: '手机没电' }],
  ...more,
});
async function handIn(more: Partial<NativeHandIn> = {}): Promise<string> {
  const { number } = await s.sandbox.control.handInNative(userid.applicant, FORM(more));
  await s.settle();
  return number;
}
async function act(by: string, number: string, request: Parameters<typeof s.sandbox.control.actNative>[2]) {
  await s.sandbox.control.actNative(by, number, request);
  await s.settle();
}
const own = (client: Client, box = 'todo') => client.get<OwnAnswer>(`${ROOT}/own?box=${box}`);
const list = (client: Client, query = '') => client.get<ListAnswer>(`${ROOT}/cases${query}`);
const one = (client: Client, id: string) => client.get<CaseAnswer>(`${ROOT}/cases/${id}`);
const duties = async (client: Client) =>
  (await todosOf(client)).filter(({ path }) => path.startsWith('/native-approvals/'));
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const calls = (name: string) =>
  s.sandbox.state().ledger.filter((entry) => entry.kind === 'call' && entry.name === name).length;
const rows = <Row>(sql: string) => s.app.db.read(({ em }) => em.query<Row[]>(sql));

it('issue 4.9 an event brings a form to its holder’s to-dos; decided in 企业微信 it is gone, and nobody was told twice', async () => {
  const words = '<img src=x onerror=alert(1)>=1+1';
  const number = await handIn({ fields: [{ title: '缺卡原因', text: words }] });
  const head = await s.signIn(userid.unitHead);
  const [due] = await duties(head);
  expect(due?.text).toContain('企业微信审批：补卡申请（张雨桐）');
  const todo = await own(head);
  expect(todo).toMatchObject({
    todo: 1,
    items: [{ number, state: 'running', applicantName: '张雨桐', holders: [{ name: '陈志远' }] }],
  });
  const caseId = todo.items[0]?.caseId ?? '';
  // R36: two working days from Monday 10:20, told on the page of the form with what was written, as it was written.
  expect(await one(head, caseId)).toMatchObject({
    fields: [{ title: '缺卡原因', text: words }],
    steps: [{ kindWords: '审批', seats: [{ name: '陈志远', stateWords: '等待处理', tone: 'now' }] }],
    holders: [{ due: { state: 'ok', words: '还剩 2 个工作日' } }],
  });
  // 企业微信 told the holder itself: no card, no text by us.
  expect(JSON.stringify(s.sandbox.control.appMessages(userid.unitHead))).not.toContain('补卡');
  // Sealed where it lies.
  const [stored] = await rows<{ formSealed: string }>('select formSealed from native_case');
  expect(stored?.formSealed).toMatch(/^v1\./);

  await act(userid.unitHead, number, { act: 'agree', words: '情况属实' });
  expect(await duties(head)).toEqual([]);
  const applicant = await s.signIn(userid.applicant);
  expect(await own(applicant, 'mine')).toMatchObject({ items: [{ number, state: 'approved', holders: [] }] });
  expect((await one(applicant, caseId)).steps[0]?.seats[0]).toMatchObject({
    stateWords: '已同意',
    words: '情况属实',
  });
  // A stranger learns nothing; an overseer the way, not the words of the form.
  const stranger = await s.signIn(userid.colleague);
  expect((await stranger.raw('GET', `${ROOT}/cases/${caseId}`)).status).toBe(404);
  expect(await codeOf(await stranger.raw('GET', `${ROOT}/cases`))).toEqual([403, 'native.not_yours']);
  const overseer = await s.signIn(userid.superAdmin);
  expect(await one(overseer, caseId)).toMatchObject({ fields: null, title: '补卡申请' });
});

it('D10 late, repeated and reordered events end in what 企业微信 says', async () => {
  s.sandbox.control.addFault({ kind: 'duplicate_callbacks', times: 3 });
  s.sandbox.control.addFault({ kind: 'reorder_callbacks', of: 3, ms: 50 });
  const { number } = await s.sandbox.control.handInNative(
    userid.applicant,
    FORM({ nodes: [{ mode: 'sequential', userids: [userid.unitHead, userid.hrHead] }] }),
  );
  await s.sandbox.control.actNative(userid.unitHead, number, { act: 'handOn', to: userid.colleague });
  await s.sandbox.control.actNative(userid.colleague, number, { act: 'agree' });
  await s.settle();
  const holder = await s.signIn(userid.hrHead);
  expect(await own(holder)).toMatchObject({ todo: 1, items: [{ holders: [{ name: '王海燕' }] }] });
  for (const before of [userid.unitHead, userid.colleague])
    expect((await own(await s.signIn(before))).todo).toBe(0);
  const open = await rows<{ n: number }>(
    `select count(*) as n from obligation where subjectType = 'native_approval' and state = 'open'`,
  );
  expect(open.map(({ n }) => Number(n))).toEqual([1]);
});

it('S1-6.1b a step that runs out counts against the department that held it; done in time and told late it does not', async () => {
  const late = await handIn();
  const inTime = await handIn({ title: '外出申请' });
  // Decided on Tuesday, and the event is lost: only the night tells.
  await s.advance(DAY);
  s.sandbox.control.addFault({ kind: 'lost_callbacks' });
  await s.sandbox.control.actNative(userid.unitHead, inTime, { act: 'agree' });
  s.sandbox.control.removeFaults();
  // Wednesday after work, before the nightly reconciliation: both look late.
  await s.advance(DAY + 9 * HOUR);
  await s.advance(16 * HOUR);
  const admin = await s.signIn(userid.superAdmin);
  const { items, units } = await list(admin);
  expect(items.map(({ number, isLate, state }) => [number, isLate, state])).toEqual([
    [inTime, false, 'approved'],
    [late, true, 'running'],
  ]);
  const [unit] = units;
  expect(unit).toMatchObject({ open: 1, overdue: 1, late: 1 });
  const caseId = items[1]?.caseId ?? '';
  expect((await one(admin, caseId)).late).toMatchObject([{ name: '陈志远', unitName: unit?.unitName }]);
  // Supervision reminds, in a short text with the page.
  const told = s.sandbox.control.appMessages(userid.unitHead).map(({ content }) => JSON.stringify(content));
  expect(
    told.filter((text) => text.includes('应于') && text.includes('工作台 → 审批')).length,
  ).toBeGreaterThan(0);
  // Handed on late, the breach stays with whoever held it (G9).
  await act(userid.unitHead, late, { act: 'handOn', to: userid.hrHead });
  expect((await one(admin, caseId)).late).toMatchObject([{ name: '陈志远' }]);
  expect((await own(await s.signIn(userid.hrHead))).todo).toBe(1);
  // A head sees what their unit held, and no more.
  const head = await list(await s.signIn(userid.unitHead));
  expect(head.items).toHaveLength(2);
  expect(head.can.import).toBe(false);
});

it('the night finds a form and an end whose events were lost, and what a deleted member handed in', async () => {
  s.sandbox.control.adminCorp({ nativeEvents: false });
  const number = await handIn();
  const head = await s.signIn(userid.unitHead);
  expect(await own(head)).toMatchObject({ todo: 0 });
  await s.advance(18 * HOUR);
  expect(await own(await s.signIn(userid.unitHead))).toMatchObject({ todo: 1, items: [{ number }] });
  await act(userid.applicant, number, { act: 'withdraw' });
  await s.advance(DAY);
  expect(await own(await s.signIn(userid.unitHead))).toMatchObject({ todo: 0 });
  // The applicant of another one is out of the app's visible range: it is shown no more, and waits with nobody.
  const other = await handIn();
  await s.advance(DAY);
  expect(await own(await s.signIn(userid.unitHead))).toMatchObject({ todo: 1, items: [{ number: other }] });
  s.sandbox.control.adminApp({ visible: { userids: [userid.unitHead] } });
  await s.advance(DAY);
  const [row] = await rows<{ state: string }>(`select state from native_case where number = '${other}'`);
  expect(row?.state).toBe('unreadable');
  expect(await rows(`select id from native_holding where untilAt is null`)).toEqual([]);
});

it('an import of 250 forms over 90 days goes on where it was cut off, reads none twice, and again makes nothing twice', async () => {
  const START = s.clock.now();
  for (let nth = 0; nth < 250; nth += 1) {
    const at = START - (1 + (nth % 90)) * DAY;
    const isOpen = nth % 50 === 0;
    s.sandbox.control.seedNative(
      userid.applicant,
      FORM({ at, legacy: nth % 3 === 0 }),
      isOpen ? [] : [{ by: userid.unitHead, act: { act: 'agree', words: `第 ${nth} 张`, at: at + HOUR } }],
    );
  }
  // Handed in by somebody 企业微信 lists and our directory does not know.
  s.sandbox.control.adminCall({
    api: 'user/create',
    body: { userid: 'outsider', name: '外聘', mobile: '13700001234', department: [1] },
  });
  s.sandbox.control.seedNative('outsider', FORM({ at: START - DAY, nodes: [{ userids: ['outsider'] }] }));
  const admin = await s.signIn(userid.superAdmin);
  const wanted = { fromOn: '2026-08-20', untilOn: '2026-11-23' };
  // Cut off in the middle, twice: the process that reads dies.
  const { nativeApproval } = s.app.wecom;
  const detail = nativeApproval.detail.bind(nativeApproval);
  let [left, answered] = [40, 0];
  Object.assign(nativeApproval, {
    detail: async (number: string) => {
      left -= 1;
      if (left === 0 || left === -50) throw new Error('cut off');
      const answer = await detail(number);
      answered += 1;
      return answer;
    },
  });
  const { importId } = await admin.post<{ importId: string }>(`${ROOT}/imports`, wanted);
  expect(await codeOf(await admin.send('POST', `${ROOT}/imports`, wanted))).toEqual([
    409,
    'native.import_running',
  ]);
  await s.settle();
  const progress = async () =>
    (await admin.get<ImportsAnswer>(`${ROOT}/imports`)).items.find((item) => item.importId === importId);
  expect(await progress()).toMatchObject({ state: 'running', windows: 4, windowsDone: 0 });
  for (let minutes = 0; minutes < 10; minutes += 1) await s.advance(5 * 60_000);
  expect(await progress()).toMatchObject({
    state: 'done',
    windowsDone: 4,
    found: 251,
    read: 251,
    unreadable: 0,
  });
  expect(answered).toBe(251);
  const count = () =>
    rows<{ n: number }>('select count(*) as n from native_case').then(([row]) => Number(row?.n));
  expect(await count()).toBe(251);

  // The running ones are their holder's; a person nobody knows is shown by the userid.
  expect(await own(await s.signIn(userid.unitHead))).toMatchObject({ todo: 5 });
  const unknown = await list(admin, '?fromOn=2026-11-22&untilOn=2026-11-22&state=running');
  expect(unknown.items.find(({ applicantName }) => applicantName === 'outsider')).toMatchObject({
    holders: [{ id: null, name: 'outsider', due: null }],
  });
  // Old steps are late from the first minute: the time runs from when they came to their holder.
  const open = await list(admin, '?state=running&q=202610');
  expect(open.items.every(({ isLate }) => isLate)).toBe(true);
  // Pages go through all of them, each once.
  const seen: string[] = [];
  for (let cursor = ''; ;) {
    const page = await list(admin, `?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    seen.push(...page.items.map(({ number }) => number));
    if (page.next === null) break;
    cursor = page.next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([251, 251]);

  const again = await s.signIn(userid.superAdmin);
  await again.post(`${ROOT}/imports`, wanted);
  await s.settle();
  expect(await count()).toBe(251);
  const open2 = await rows<{ n: number }>(
    `select count(*) as n from obligation where subjectType = 'native_approval'`,
  );
  expect(open2.map(({ n }) => Number(n))).toEqual([5]);
});

it('an app that is not listed is told of once, and stops asking until the night', async () => {
  s.sandbox.control.adminCorp({ nativeApprovals: false });
  const admin = await s.signIn(userid.superAdmin);
  await admin.post(`${ROOT}/imports`, { fromOn: '2026-11-01', untilOn: '2026-11-23' });
  await s.settle();
  const [run] = (await admin.get<ImportsAnswer>(`${ROOT}/imports`)).items;
  expect(run).toMatchObject({ state: 'stopped' });
  expect((await list(admin)).access).toMatchObject({ isOn: true, errcode: 301055 });
  const asked = calls('oa/getapprovalinfo');
  for (let hour = 0; hour < 6; hour += 1) await s.advance(HOUR);
  expect(calls('oa/getapprovalinfo')).toBe(asked);
  // Two nights later: asked again, told once.
  await s.advance(DAY);
  await s.advance(DAY);
  expect(calls('oa/getapprovalinfo')).toBeGreaterThan(asked);
  const clocks = await rows<{ state: string }>(`select state from obligation where kind = 'native.access'`);
  expect(clocks).toHaveLength(1);
  s.sandbox.control.adminCorp({ nativeApprovals: true });
  await s.advance(DAY);
  expect(await rows(`select state from obligation where kind = 'native.access' and state = 'open'`)).toEqual(
    [],
  );
  expect((await list(await s.signIn(userid.superAdmin))).access).toMatchObject({ refusedAt: null });
});

it.each([
  [{ fromOn: '2026-11-23', untilOn: '2026-11-01' }, 400, 'native.days_reversed'],
  [{ fromOn: '2024-01-01', untilOn: '2026-11-01' }, 400, 'native.days_too_many'],
  [{ fromOn: '2026-11-30', untilOn: '2026-12-01' }, 400, 'native.days_ahead'],
])('an import of %j is refused and leaves nothing', async (body, status, code) => {
  const admin = await s.signIn(userid.superAdmin);
  expect(await codeOf(await admin.send('POST', `${ROOT}/imports`, body))).toEqual([status, code]);
  const head = await s.signIn(userid.unitHead);
  const wanted = { fromOn: '2026-11-01', untilOn: '2026-11-02' };
  expect(await codeOf(await head.send('POST', `${ROOT}/imports`, wanted))).toEqual([
    403,
    'native.may_not_import',
  ]);
  expect(await rows('select id from native_import')).toEqual([]);
});
