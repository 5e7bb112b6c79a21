import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import type { Ticket, TicketBrief } from './api.ts';
import RepairsPage from './RepairsPage.vue';
import ReportPage from './ReportPage.vue';
import TicketPage from './TicketPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const ME = { 'GET /api/me': () => ({ body: me }) };

const brief: TicketBrief = {
  ticketId: 't1',
  number: 'BX-2026-0642',
  categoryName: '桌面 IT',
  icon: 'pc',
  place: '行政楼 302',
  words: '打印机卡纸',
  state: 'done',
  stateWords: '待验收',
  reportedAt: Date.parse('2026-11-20T02:10:00Z'),
  unitName: '图书馆',
  holder: { id: 'p2', name: '冯师傅' },
  due: null,
  isLate: false,
  rating: null,
};
const ticket = (more: Partial<Ticket> = {}): Ticket => ({
  ...brief,
  convenient: '',
  reporter: { id: 'p1', name: '张老师' },
  assetNo: 'JD-2023-0417',
  holdWords: '',
  contractor: '',
  result: '换了搓纸轮',
  ratingWords: '',
  round: 1,
  urgent: '',
  needsPhoto: true,
  autoConfirmAt: Date.parse('2026-11-26T09:30:00Z'),
  can: ['confirm', 'rework'],
  events: [
    { kind: 'reported', title: '张老师报修', byName: '张老师', happenedAt: 0, words: '', fileIds: ['f1'] },
    {
      kind: 'held',
      title: '挂起，计时暂停',
      byName: '冯师傅',
      happenedAt: 0,
      words: '<b>等配件</b>',
      fileIds: [],
    },
  ],
  holdReasons: [
    { key: 'parts', name: '等配件' },
    { key: 'contractor', name: '等外包到场' },
  ],
  ...more,
});
const act = 'POST /api/repairs/tickets/t1/act';

describe('one ticket', () => {
  const open = async (answer: Answer | Ticket, more: Record<string, Answer> = {}) => {
    const calls = fakeApi({
      ...ME,
      'GET /api/repairs/tickets/t1': typeof answer === 'function' ? answer : () => ({ body: answer }),
      ...more,
    });
    page = await mountPage(TicketPage, '/repairs/:ticketId', '/repairs/t1', { ticketId: 't1' });
    return calls;
  };

  it('the reporter rates with a word beside the stars; no star, no rating', async () => {
    const calls = await open(ticket(), { [act]: () => ({ body: { state: 'closed' } }) });
    expect(page.text()).toContain('修好了吗');
    page.button('验收通过').click();
    await settle();
    expect(calls.of(act)).toEqual([]);
    page.root.querySelector<HTMLInputElement>('input[name=rating][value="4"]')?.click();
    await settle();
    expect(page.text()).toContain('满意');
    page.button('验收通过').click();
    await settle();
    expect(calls.of(act).map(({ body }) => body)).toEqual([{ act: 'confirm', rating: 4, words: '' }]);
  });

  it('shows the history newest first, words of people as text', async () => {
    await open(ticket());
    const said = [...page.root.querySelectorAll('.rep-history li b')].map((one) => one.textContent);
    expect(said).toEqual(['挂起，计时暂停', '张老师报修']);
    expect(page.root.querySelector('blockquote')?.textContent).toBe('<b>等配件</b>');
    expect(page.root.querySelector('.rep-photos img')?.getAttribute('src')).toBe(
      '/api/repairs/tickets/t1/files/f1',
    );
  });

  it('who mends takes it over with one tap, and has no stars', async () => {
    const calls = await open(
      ticket({ state: 'dispatched', stateWords: '待接单', can: ['accept', 'giveBack'], autoConfirmAt: null }),
      { [act]: () => ({ body: { state: 'accepted' } }) },
    );
    expect(page.has('验收通过')).toBe(false);
    page.button('接单').click();
    await settle();
    expect(calls.of(act).map(({ body }) => body)).toEqual([{ act: 'accept' }]);
  });

  it('says that it is not there, without saying whose it is', async () => {
    await open(() => problem(404, 'repairs.no_ticket', '没有找到'));
    expect(page.text()).toContain('没有找到这张报修');
  });
});

describe('reporting', () => {
  const categories = {
    items: [
      { key: 'desktop', name: '桌面 IT', icon: 'pc', promise: '一般 4 小时内接单', urgent: '' },
      {
        key: 'hazard',
        name: '安全隐患',
        icon: 'alert',
        promise: '一般 30 分钟内接单',
        urgent: '先打值班电话',
      },
    ],
  };
  const place = {
    placeId: 'pl1',
    code: 'ABCD2345',
    name: '行政楼 302',
    area: '行政楼',
    kind: 'room',
    assetNo: '',
  };

  it('S1-10.1a from the code on the wall: the place is filled in, what is open there is told, a hazard warns', async () => {
    const calls = fakeApi({
      ...ME,
      'GET /api/repairs/categories': () => ({ body: categories }),
      'GET /api/repairs/codes/ABCD2345': () => ({
        body: {
          place,
          open: [{ number: 'BX-2026-0001', categoryName: '桌面 IT', stateWords: '维修中', reportedAt: 0 }],
        },
      }),
      'POST /api/repairs/tickets': () => ({ body: { ticketId: 't1', number: 'BX-2026-0002' } }),
    });
    page = await mountPage(ReportPage, '/repairs/new', '/repairs/new?at=ABCD2345');
    expect(page.text()).toContain('行政楼 302');
    expect(page.text()).toContain('这里已有人报过“桌面 IT”，维修中');
    page.button('提交报修').click();
    await settle();
    expect(page.text()).toContain('请选什么问题');
    page.root.querySelector<HTMLInputElement>('input[value=hazard]')?.click();
    await settle();
    expect(page.text()).toContain('先打值班电话');
    const box = page.root.querySelector<HTMLTextAreaElement>('#field-words');
    if (box) box.value = '扶手松动';
    box?.dispatchEvent(new Event('input'));
    page.button('提交报修').click();
    await settle();
    expect(calls.of('POST /api/repairs/tickets').map(({ body }) => body)).toMatchObject([
      { category: 'hazard', placeId: 'pl1', placeText: '', words: '扶手松动', fileIds: [] },
    ]);
  });
});

describe('my tickets', () => {
  const open = async (isWorker: boolean) => {
    const calls = fakeApi({
      ...ME,
      'GET /api/repairs/own': () => ({ body: { items: [brief], next: null, isWorker, todo: 2 } }),
    });
    page = await mountPage(RepairsPage, '/repairs', '/repairs');
    return calls;
  };

  it('who mends nothing sees what they reported and no tabs', async () => {
    await open(false);
    expect(page.text()).toContain('打印机卡纸');
    expect(page.text()).not.toContain('我要修的');
  });

  it('who mends has what lies with them one tap away', async () => {
    const calls = await open(true);
    page.button('我要修的').click();
    await settle();
    expect(calls.of('GET /api/repairs/own').at(-1)?.path).toContain('box=todo');
  });
});
