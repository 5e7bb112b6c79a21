/** 传阅 and @ on the page of a request (R29). */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../api/connection.ts';
import type { ActAnswer, InstanceAnswer } from '../../api/shapes.ts';
import { forgetMe } from '../../session.ts';
import { problem, type Answer } from '../../testing/fake-api.ts';
import { settle, type Mounted } from '../../testing/mount.ts';
import { openRequest, REQUEST, requestServer } from '../../testing/request-page.ts';
import { hideToast, toasts } from '../../ui/toast.ts';

const done: ActAnswer = { outcome: 'done', words: '已传阅给 1 人', nextWords: null, nextItem: null };
const zhou = { personId: 'p9', name: '周敏', unitName: '人事处', title: '考勤专员', staffNo: '00912' };
const AT = Date.parse('2026-11-23T10:20:00+08:00');
const sent: InstanceAnswer['circulating']['sent'] = [
  {
    id: 'x1',
    by: '陈志远',
    at: AT,
    note: '请了解',
    readers: [
      { personId: 'p1', name: '李静', unitName: '图书馆', readAt: null, confirmedAt: null },
      { personId: 'p2', name: '孙波', unitName: '财务处', readAt: AT + 60_000, confirmedAt: null },
      { personId: 'p3', name: '吴晓燕', unitName: '人事处', readAt: AT, confirmedAt: AT + 3_600_000 },
    ],
  },
];

function server(part: Partial<InstanceAnswer>, more: Record<string, Answer> = {}) {
  return requestServer(part, {
    'GET /api/directory/units': () => ({
      body: {
        unit: { unitId: 'u0', name: '海州职业技术学院' },
        items: [{ unitId: 'u1', name: '人事处', headcount: 1, childCount: 0 }],
        path: [],
      },
    }),
    'GET /api/directory/people': () => ({ body: { items: [zhou], next: null } }),
    ...more,
  });
}

let page: Mounted;
beforeEach(() => {
  forgetMe();
  connection.down = false;
});
afterEach(() => {
  page.app.unmount();
  hideToast();
  vi.unstubAllGlobals();
});

const all = () => page.root.ownerDocument;
async function button(words: string): Promise<HTMLElement> {
  await vi.waitFor(() => page.button(words));
  return page.button(words);
}
async function say(words: string): Promise<void> {
  await vi.waitFor(() => expect(all().querySelector('textarea')).not.toBeNull());
  const area = all().querySelector('textarea');
  if (area === null) return;
  area.value = words;
  area.dispatchEvent(new Event('input'));
  await settle();
}
async function pickZhou(): Promise<void> {
  await vi.waitFor(() => expect(all().querySelector('.unit-row')).not.toBeNull());
  all().querySelector<HTMLButtonElement>('.unit-row button')?.click();
  await vi.waitFor(() => expect(all().querySelector('.person-row')).not.toBeNull());
  all().querySelector<HTMLInputElement>('.person-row input')?.click();
  await settle();
  (await button('确定（1）')).click();
  await settle();
}

describe('reading without deciding', () => {
  it('R29 lists who was sent it with when they opened and confirmed it', async () => {
    server({ circulating: { maySend: true, toConfirm: null, sent } });
    page = await openRequest();
    await vi.waitFor(() => expect(page.text()).toContain('陈志远传阅'));
    const rows = [...all().querySelectorAll('.circulation li')].map((row) =>
      row.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(rows.map((row) => row.replace(/\d{4}-/, ''))).toEqual([
      '李静 图书馆未打开',
      '孙波 财务处11-23 10:21 打开',
      '吴晓燕 人事处11-23 11:20 确认',
    ]);
    expect(page.has('确认已读')).toBe(false);
  });

  it('confirms what was sent to me, and shows it anew', async () => {
    const api = server(
      { circulating: { maySend: true, toConfirm: { by: '陈志远', note: '请了解' }, sent } },
      { [`POST ${REQUEST}/confirm-read`]: () => ({ body: { ...done, words: '已确认阅读' } }) },
    );
    page = await openRequest();
    await vi.waitFor(() => expect(page.text()).toContain('陈志远请你阅读这份申请'));
    (await button('确认已读')).click();
    await settle();
    expect(api.of(`POST ${REQUEST}/confirm-read`)).toHaveLength(1);
    expect(toasts.now?.words).toBe('已确认阅读');
    expect(api.of(`GET ${REQUEST}`)).toHaveLength(2);
  });

  it('sends it to people with a word; what the server refuses is told', async () => {
    const answers: Answer[] = [
      () => ({ body: done }),
      () => problem(409, 'approvals.circulated_already', '已经传阅给他们，没有再发一次。'),
    ];
    const api = server(
      {},
      { [`POST ${REQUEST}/circulate`]: (call) => (answers.shift() ?? answers[0])?.(call) ?? {} },
    );
    page = await openRequest();
    for (const words of ['已传阅给 1 人', '已经传阅给他们，没有再发一次。']) {
      (await button('传阅')).click();
      await pickZhou();
      await say('请了解');
      (await button('发出传阅')).click();
      await settle();
      await vi.waitFor(() => expect(toasts.now?.words).toBe(words));
    }
    expect(api.of(`POST ${REQUEST}/circulate`)[0]?.body).toEqual({ personIds: ['p9'], note: '请了解' });
  });

  it('offers nothing to who has no part in it', async () => {
    server({ circulating: { maySend: false, toConfirm: null, sent: [] } });
    page = await openRequest();
    await vi.waitFor(() => expect(page.text()).toContain('打印'));
    expect(page.has('传阅')).toBe(false);
  });
});

describe('a comment', () => {
  it('R29 names who is told of it, of those who see the request', async () => {
    const api = server(
      {
        mentionable: [
          { personId: 'p1', name: '李静', unitName: '图书馆', title: '馆员' },
          { personId: 'p2', name: '孙波', unitName: '财务处', title: '处长' },
        ],
      },
      { [`POST ${REQUEST}/comment`]: () => ({ body: done }) },
    );
    page = await openRequest();
    (await button('更多')).click();
    await vi.waitFor(() => expect(page.text()).toContain('只留言，不决定'));
    [...all().querySelectorAll<HTMLElement>('.acts button')]
      .find((one) => one.textContent.includes('只留言'))
      ?.click();
    await say('请看附件');
    (await button('@孙波')).click();
    (await button('@李静')).click();
    (await button('@孙波')).click();
    await settle();
    expect((await button('@李静')).getAttribute('aria-pressed')).toBe('true');
    all().querySelector<HTMLElement>('.sheet .btn.fill')?.click();
    await settle();
    expect(api.of(`POST ${REQUEST}/comment`).map((call) => call.body)).toEqual([
      { clientKey: expect.any(String) as string, text: '请看附件', mentions: ['p1'] },
    ]);
  });

  it('leads to what is attached to it, and says its name as text', async () => {
    const said = { id: 'c1', kind: 'comment', state: 'done', name: '李静' } as const;
    const files = [{ fileId: 'f1', name: '预算 <b>1</b>.pdf' }];
    const row = {
      ...said,
      role: '评论',
      stateWords: '',
      at: 1,
      usedWords: null,
      comment: '见附件',
      why: null,
      onBehalfOf: null,
      files,
    };
    server({ timeline: [row] });
    page = await openRequest();
    await vi.waitFor(() => expect(page.text()).toContain('预算 <b>1</b>.pdf'));
    const link = [...all().querySelectorAll('a')].find((one) => one.textContent.includes('预算'));
    expect(link?.getAttribute('href')).toBe(`${REQUEST}/files/f1`);
  });
});
