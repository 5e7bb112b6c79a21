import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../api/connection.ts';
import { forgetMe } from '../../session.ts';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import ReportPage from './ReportPage.vue';
import { brief, me, request } from './testing/samples.ts';

const accounts = {
  personId: 'p9',
  personName: '张老师',
  accounts: [
    { systemCode: 'oa', systemName: 'OA', state: 'open', words: '正常', sinceAt: null, openedFor: null },
  ],
  locks: [],
};
const answered = (outcome: string, missing: string[] = []) => ({
  body: { requestId: 'r1', outcome, missing, status: 'draft' },
});
const server = (more: Record<string, Answer> = {}) =>
  fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/accounts/people/p9': () => ({ body: accounts }),
    'GET /api/accounts/requests': () => ({ body: { items: [], next: null } }),
    'POST /api/accounts/requests': () => answered('done'),
    'PUT /api/accounts/requests/r1/form': () => answered('done'),
    'GET /api/accounts/requests/r1': () => ({ body: request('r1', { can: { submit: ['u20'] } }) }),
    'POST /api/accounts/requests/r1/submit': () => answered('done'),
    ...more,
  });
const draft = {
  kind: 'cancel',
  person: { personId: 'p9', name: '吴敏', unitName: '', title: '' },
  values: { unitId: 'u20' },
  letter: { number: '', fileId: null },
  unitNames: { u20: '信息工程学院' },
  files: {},
  requestId: null,
  stoodBefore: null,
};
const open = (): Promise<Mounted> =>
  mountPage(ReportPage, '/accounts/report', '/accounts/report?kind=cancel');
function keepDraft(part: object = {}): void {
  localStorage.setItem(
    'steward:p1:draft:accounts:new',
    JSON.stringify({ at: 1, value: { ...draft, ...part } }),
  );
}
async function send(): Promise<void> {
  page.root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle(20);
}

let page: Mounted;
beforeEach(() => {
  localStorage.clear();
  connection.down = false;
  forgetMe();
  HTMLElement.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('reporting a person', () => {
  it('opens with the kind of the link and the own unit, and asks who', async () => {
    const api = server();
    page = await open();
    expect(page.text()).toContain('离职日期');
    expect(page.text()).toContain('信息工程学院');
    await send();
    expect(page.text()).toContain('请先选人');
    expect(api.of('POST /api/accounts/requests')).toEqual([]);
  });

  it('S3-1b: shows beside its field what the server calls missing, and sends the same request again', async () => {
    let round = 0;
    const api = server({
      'POST /api/accounts/requests/r1/submit': () => {
        round += 1;
        return round === 1 ? answered('returned', ['离职日期', '函（文号或附件）']) : answered('done');
      },
    });
    keepDraft();
    page = await open();
    await send();
    expect(page.root.querySelector('#at-leftOn')?.textContent).toContain('还缺离职日期');
    expect(page.root.querySelector('#at-letter')?.textContent).toContain('还缺函（文号或附件）');
    await send();
    expect(api.of('POST /api/accounts/requests')).toHaveLength(1);
    expect(page.router.currentRoute.value.path).toBe('/accounts/requests/r1');
    expect(localStorage.getItem('steward:p1:draft:accounts:new')).toBeNull();
  });

  it('keeps everything and says why when the server refuses', async () => {
    server({
      'POST /api/accounts/requests': () => problem(403, 'accounts.not_your_unit', '只能办本单位的事。'),
    });
    keepDraft();
    page = await open();
    await send();
    expect(page.text()).toContain('只能办本单位的事。');
    expect(page.text()).toContain('吴敏');
  });

  it('shows beside the unit that nobody would send it yet', async () => {
    server({
      'GET /api/me': () => ({ body: { ...me, posts: [] } }),
      'POST /api/accounts/requests': () => problem(422, 'accounts.no_sender', '请先选单位。'),
    });
    keepDraft({ kind: 'secondOut', values: {} });
    page = await open();
    await send();
    expect(page.root.querySelector('#at-homeUnitId')?.textContent).toContain('还缺借出单位');
    expect(page.text()).toContain('请先选单位。');
  });

  it('points to what HR has noted already for this person', async () => {
    server({ 'GET /api/accounts/requests': () => ({ body: { items: [brief('r7')], next: null } }) });
    keepDraft();
    page = await open();
    await settle();
    expect(page.text()).toContain('这个人已有一份注销申请，未报送。');
    expect(page.root.querySelector('a[href="/accounts/requests/r7"]')).not.toBeNull();
  });

  it('S3-2.2: the own unit moves to where the person comes to', async () => {
    server();
    keepDraft({ kind: 'change', values: { move: 'within', unitId: 'u20' } });
    page = await open();
    page.root
      .querySelector<HTMLInputElement>('input[name="move"][value="between"]')
      ?.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(page.root.querySelector('#at-toUnitId')?.textContent).toContain('信息工程学院');
    expect(page.root.querySelector('#at-unitId')?.textContent).toContain('请选择');
  });

  it('forgets the server’s request when the kind changes', async () => {
    const api = server();
    keepDraft({ requestId: 'r1' });
    page = await open();
    page.root
      .querySelector<HTMLInputElement>('input[name="kind"][value="open"]')
      ?.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    await send();
    expect(api.of('POST /api/accounts/requests')[0]?.body).toMatchObject({ filled: { kind: 'open' } });
  });
});
