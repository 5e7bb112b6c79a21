import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  CaseAnswer,
  ImportsAnswer,
  ListAnswer,
  OwnAnswer,
} from '../../server/features/native-approvals/contract.ts';
import type { NativeHandIn } from '../../server/sandbox/contract.ts';
import { BadAnswer } from '../../server/wecom/index.ts';
import type { Client } from '../support/client.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { userid } from '../support/story.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROOT = '/api/native-approvals';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

async function handIn(more: Partial<NativeHandIn> = {}): Promise<string> {
  const { number } = await s.sandbox.control.handInNative(userid.applicant, {
    title: '补卡申请',
    nodes: [{ mode: 'any', userids: [userid.unitHead] }],
    fields: [{ title: '缺卡原因', text: '手机没电' }],
    ...more,
  });
  await s.settle();
  return number;
}
const own = (client: Client, box = 'todo') => client.get<OwnAnswer>(`${ROOT}/own?box=${box}`);
const rows = <Row>(sql: string) => s.app.db.read(({ em }) => em.query<Row[]>(sql));

/** 企业微信 answers about these forms in a shape nobody knows. */
function garble(numbers: readonly string[]): { asked: () => number } {
  const { nativeApproval } = s.app.wecom;
  const detail = nativeApproval.detail.bind(nativeApproval);
  let asked = 0;
  Object.assign(nativeApproval, {
    detail: async (number: string) => {
      if (!numbers.includes(number)) return detail(number);
      asked += 1;
      throw new BadAnswer({ api: 'oa/getapprovaldetail', reason: 'bad_answer', stem: 'info' });
    },
  });
  return { asked: () => asked };
}

it('a form that cannot be understood holds up no other, by night or in an import, and is told of', async () => {
  const known = await handIn();
  s.sandbox.control.adminCorp({ nativeEvents: false });
  const strange = await handIn();
  const plain = await handIn();
  const { asked } = garble([known, strange]);
  await s.sandbox.control.actNative(userid.unitHead, plain, { act: 'handOn', to: userid.hrHead });
  await s.advance(18 * HOUR);
  expect((await own(await s.signIn(userid.hrHead))).items.map(({ number }) => number)).toEqual([plain]);
  // The one that ran is asked for behind the strange one, and only these two once more for each try.
  for (let minutes = 0; minutes < 12; minutes += 1) await s.advance(10 * 60_000);
  expect(asked()).toBe(10);
  expect(await rows(`select name from job where state = 'failed'`)).toEqual([{ name: 'native.reconcile' }]);

  const admin = await s.signIn(userid.superAdmin);
  await admin.post(`${ROOT}/imports`, { fromOn: '2026-11-20', untilOn: '2026-11-24' });
  await s.settle();
  expect((await admin.get<ImportsAnswer>(`${ROOT}/imports`)).items).toMatchObject([
    { state: 'done', found: 3, read: 1, unreadable: 2 },
  ]);
});

it('a form that was out of the visible range for a day runs again when it is shown again', async () => {
  const number = await handIn();
  s.sandbox.control.adminApp({ visible: { userids: [userid.unitHead], parties: [], tags: [] } });
  await s.advance(18 * HOUR);
  expect(await rows('select state from native_case')).toEqual([{ state: 'unreadable' }]);
  s.sandbox.control.adminApp({ visible: { userids: [], parties: [1], tags: [] } });
  await s.advance(DAY);
  expect(await own(await s.signIn(userid.unitHead))).toMatchObject({
    todo: 1,
    items: [{ number, state: 'running', holders: [{ due: { words: '还剩 1 个工作日' } }] }],
  });
});

it('个保法 6 who was not asked yet reads nothing', async () => {
  const number = await handIn({
    nodes: [
      { mode: 'any', userids: [userid.unitHead] },
      { kind: 'copy', userids: [userid.colleague] },
      { mode: 'any', userids: [userid.hrHead] },
    ],
  });
  const [row] = await rows<{ id: string }>('select id from native_case');
  const path = `${ROOT}/cases/${row?.id}`;
  const status = async (who: string) => (await (await s.signIn(who)).raw('GET', path)).status;
  for (const later of [userid.colleague, userid.hrHead]) {
    expect(await status(later)).toBe(404);
    expect((await own(await s.signIn(later), 'mine')).items).toEqual([]);
  }
  await s.sandbox.control.actNative(userid.unitHead, number, { act: 'agree', words: '祝早日康复' });
  await s.settle();
  const head = await s.signIn(userid.hrHead);
  expect((await head.get<CaseAnswer>(path)).steps[0]?.seats[0]?.words).toBe('祝早日康复');
  expect(await status(userid.colleague)).toBe(200);
});

it('a long title is cut between two characters, and long words as well', async () => {
  await handIn({ title: '😀'.repeat(400), fields: [{ title: '说明', text: `长${'😀'.repeat(3_000)}` }] });
  const head = await s.signIn(userid.unitHead);
  const [item] = (await own(head)).items;
  expect(item?.title).toBe('😀'.repeat(191));
  const { fields } = await head.get<CaseAnswer>(`${ROOT}/cases/${item?.caseId}`);
  expect(fields?.[0]?.text).toBe(`长${'😀'.repeat(1_999)}`);
  const [duty] = await rows<{ title: string }>(`select title from obligation where kind = 'native.step'`);
  expect(duty?.title).not.toContain('\uFFFD');
});

it('a form without a name of its own has one to filter by, and blanks around a name are none', async () => {
  await handIn({ title: '  ' });
  await handIn({ title: ' 补卡申请 ' });
  const admin = await s.signIn(userid.superAdmin);
  const { titles } = await admin.get<ListAnswer>(`${ROOT}/cases`);
  expect(titles.toSorted()).toEqual(['补卡申请', '未命名审批'].toSorted());
  for (const title of titles) {
    const { items } = await admin.get<ListAnswer>(`${ROOT}/cases?title=${encodeURIComponent(title)}`);
    expect(items.map((item) => item.title)).toEqual([title]);
  }
});

it('R23 who hands in before the directory knows them is recognised while it runs, and not in what is over', async () => {
  const body = { userid: 'outsider', name: '外聘', mobile: '13700001234', department: [1] };
  s.sandbox.control.adminCall({ api: 'user/create', body });
  const submit = async () => {
    const form = { title: '补卡申请', nodes: [{ userids: [userid.unitHead] }] };
    const { number } = await s.sandbox.control.handInNative('outsider', form);
    await s.settle();
    return number;
  };
  const [over, runs] = [await submit(), await submit()];
  await s.sandbox.control.actNative(userid.unitHead, over, { act: 'agree' });
  await s.settle();
  await s.app.db.run('update person set userid = ? where userid = ?', ['outsider', userid.colleague]);
  await s.app.db.run('update directory_revision set stamp = ?', ['another']);
  await s.sandbox.control.actNative(userid.unitHead, runs, { act: 'handOn', to: userid.hrHead });
  await s.sandbox.control.actNative('outsider', over, { act: 'revoke' });
  await s.settle();
  const known = await rows<{
    number: string;
    applicantId: string | null;
    unitId: string | null;
    parts: number;
  }>(
    `select number, applicantId, unitId,
       (select count(*) from native_part p where p.caseId = native_case.id and p.personId = native_case.applicantId) as parts
     from native_case order by number`,
  );
  expect(
    known.map(({ number, applicantId, parts }) => [number, applicantId !== null, Number(parts)]),
  ).toEqual([
    [over, false, 0],
    [runs, true, 1],
  ]);
  expect(known[1]?.unitId).not.toBeNull();
});
