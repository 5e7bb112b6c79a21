import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { mayOpen } from '../session.ts';
import * as sample from '../testing/samples.ts';
import type { Correction, CorrectionsPage as Page } from './api.ts';
import CorrectionPage from './CorrectionPage.vue';
import CorrectionsPage from './CorrectionsPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const at = Date.UTC(2026, 10, 23, 2);
const correction = (part: Partial<Correction> = {}): Correction => ({
  correctionId: 'c1',
  field: 'bornOn',
  label: '出生日期',
  person: { personId: 'p1', name: '张雨桐', unitName: '信息工程学院', title: '教师' },
  owner: 'hr',
  ownerName: '人事处',
  state: 'open',
  stateWords: '待答复',
  raisedAt: at,
  endedAt: null,
  due: { dueAt: at, provisional: false, state: 'overdue', words: '超时 1 个工作日' },
  isLate: true,
  isPersonal: true,
  wanted: '1990-**-**',
  present: { words: '1991-**-**', agrees: false },
  reason: '与身份证不一致',
  files: [{ fileId: 'f1', name: '身份证.png', size: 500, type: 'image/png' }],
  answer: null,
  history: [{ id: 'e1', at, by: '张雨桐', words: '提出申请，交人事处', note: null }],
  clocks: [{ id: 'o1', holder: '吴晓燕', openedAt: at, dueAt: at, closedAt: null, isLate: true }],
  can: { withdraw: false, answer: true, sendOnTo: '信息办', reveal: true },
  ...part,
});
const owners: Page['owners'] = [
  { owner: 'hr', ownerName: '人事处' },
  { owner: 'accounts', ownerName: '信息办' },
];

describe('the corrections of one’s scope', () => {
  const list = async (answer: Answer) => {
    const calls = fakeApi({
      'GET /api/me': () => ({ body: sample.person() }),
      'GET /api/corrections': answer,
    });
    page = await mountPage(CorrectionsPage, '/console/corrections', '/console/corrections');
    return calls;
  };

  it('S1-2e H1 says who asks for what until when, with the counts of the same set', async () => {
    const { wanted: _w, reason: _r, ...brief } = correction();
    const body = { items: [brief], next: null, total: 1, counts: { open: 1, closed: 4 }, owners };
    const calls = await list(() => ({ body }));
    expect(page.text()).toContain('待答复 1');
    expect(page.text()).toContain('已办完 4');
    const row = page.root.querySelector('tbody tr');
    expect(row?.textContent?.replace(/\s+/g, ' ')).toContain('张雨桐出生日期信息工程学院人事处');
    expect(row?.querySelector('.t-red')?.textContent).toBe('超时 1 个工作日');
    expect(row?.querySelector('a')?.getAttribute('href')).toBe('/console/corrections/c1');
    expect(calls.of('GET /api/corrections').at(-1)?.path).toContain('state=open');
  });

  it('says so when nothing waits, and when it could not be fetched', async () => {
    await list(() => ({
      body: { items: [], next: null, total: 0, counts: { open: 0, closed: 0 }, owners: owners.slice(0, 1) },
    }));
    expect(page.text()).toContain('没有待答复的更正申请');
    page.app.unmount();
    await list(() => problem(500, 'http.internal', '出错了'));
    expect(page.text()).toContain('R7K2-40');
  });

  it('S1-2e is open to who keeps records or accounts, with or without a role', async () => {
    await list(() => ({
      body: { items: [], next: null, total: 0, counts: { open: 0, closed: 0 }, owners: [] },
    }));
    const nobody = { ...sample.person(), roles: [], can: { seePeople: true, managePeople: false } };
    const role = { role: 'systemAdmin', roleName: '系统管理员', scopeUnitName: null };
    expect(mayOpen(nobody, 'corrections')).toBe(false);
    expect(mayOpen({ ...nobody, roles: [role] }, 'corrections')).toBe(true);
    expect(mayOpen({ ...nobody, can: { seePeople: true, managePeople: true } }, 'corrections')).toBe(true);
  });
});

describe('one correction', () => {
  const open = async (found: Correction, more: Record<string, Answer> = {}) => {
    const calls = fakeApi({
      'GET /api/me': () => ({ body: sample.person() }),
      'GET /api/corrections/c1': () => ({ body: found }),
      ...more,
    });
    const url = '/console/corrections/c1';
    page = await mountPage(CorrectionPage, '/console/corrections/:correctionId', url, { correctionId: 'c1' });
    return calls;
  };
  const dialog = (selector: string) => document.querySelector<HTMLElement>(`.el-dialog ${selector}`);

  it('S1-2e shows what the record says beside what is asked, and that HR’s data does not agree yet', async () => {
    await open(correction());
    expect(page.text()).toContain('现在的记录和申请不一致');
    expect(page.text()).toContain('1991-**-**');
    expect(page.text()).toContain('1990-**-**');
    expect(page.text()).toContain('吴晓燕');
    page.app.unmount();
    await open(correction({ present: { words: '1990-**-**', agrees: true } }));
    expect(page.text()).toContain('现在的记录已和申请一致');
  });

  it.each([
    ['已更正', 'correct', '人事系统'],
    ['不更正', 'refuse', '与档案原件一致'],
    ['转给信息办', 'send-on', '手机号由信息办登记'],
  ])('S1-2e %s asks for words and sends them', async (button, path, note) => {
    const key = `POST /api/corrections/c1/${path}`;
    const calls = await open(correction(), { [key]: () => ({ body: { state: 'open' } }) });
    page.button(button).click();
    await settle();
    const act = dialog('footer .el-button:last-child') as HTMLButtonElement | null;
    expect(act?.disabled).toBe(true);
    const area = dialog('textarea') as HTMLTextAreaElement | null;
    if (!area || !act) throw new Error('no dialog');
    area.value = note;
    area.dispatchEvent(new Event('input'));
    await settle();
    act.click();
    await settle();
    expect(calls.of(key).map(({ body }) => body)).toEqual([{ note }]);
  });

  it('H6 the value in full asks what for, and is masked again after half a minute', async () => {
    const key = 'POST /api/corrections/c1/reveal';
    const calls = await open(correction(), { [key]: () => ({ body: { value: '1990-03-07' } }) });
    page.button('查看完整内容').click();
    await settle();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    dialog('footer .el-button:last-child')?.click();
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.of(key).map(({ body }) => body)).toEqual([{ purpose: '核对证件' }]);
    expect(page.text()).toContain('1990-03-07');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(page.root.textContent).not.toContain('1990-03-07');
  });

  it('H3 one’s own has no answer buttons', async () => {
    await open(correction({ can: { withdraw: true, answer: false, sendOnTo: null, reveal: true } }));
    expect(page.has('不更正')).toBe(false);
  });

  it('one outside the scope reads as not found', async () => {
    await open(correction(), {
      'GET /api/corrections/c1': () => problem(404, 'corrections.not_visible', '没有找到'),
    });
    expect(page.text()).toContain('没有找到这份申请');
  });
});
