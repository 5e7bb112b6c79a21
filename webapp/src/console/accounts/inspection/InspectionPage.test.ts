import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import { openPage, type OpenPage } from '../testing/open-page.ts';
import * as sample from '../testing/samples.ts';
import InspectionPage from './InspectionPage.vue';
import InspectionsPage from './InspectionsPage.vue';
import LetterPage from './LetterPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});

describe('the inspections', () => {
  const list = 'GET /api/accounts/inspections';
  async function open(more: Record<string, Answer> = {}, role = 'systemAdmin'): Promise<void> {
    page = await openPage(
      InspectionsPage,
      { path: '/console/accounts/inspections', role },
      {
        [list]: () => ({
          body: sample.pageOf([
            sample.inspectionBrief(),
            sample.inspectionBrief({ inspectionId: 'in3', systemCode: 'attendance', state: 'undecided' }),
          ]),
        }),
        ...more,
      },
    );
  }
  it('names system and month; without a verdict there are no figures', async () => {
    await open();
    expect(page.text()).toContain('2026 年 10 月企业微信1,2461,1983117已有结论');
    expect(page.text()).toContain('无感考勤1,246———证据不齐');
  });
  it('S3-4a: one for a system and a month; too early is refused beside the button', async () => {
    await open({
      'POST /api/accounts/inspections': () =>
        problem(422, 'accounts.window_open', '巡检期还没结束，12-09 起才能做。'),
    });
    page.button('做一次巡检').click();
    await settle();
    expect(page.act().disabled).toBe(true);
    await page.tick('OA');
    await page.type('inspect-month', '2026-11');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/inspections')[0]?.body).toEqual({
      systemCode: 'oa',
      month: '2026-11',
    });
    expect(document.querySelector('.ask [role="alert"]')?.textContent).toContain('12-09 起才能做');
  });
  it('HR looks and runs none', async () => {
    await open({}, 'hrHead');
    expect(page.has('做一次巡检')).toBe(false);
  });
});

describe('one inspection', () => {
  const at = '/api/accounts/inspections/in1';
  async function open(inspection = sample.inspection(), more: Record<string, Answer> = {}): Promise<void> {
    page = await openPage(
      InspectionPage,
      {
        path: '/console/accounts/inspections/:inspectionId',
        url: '/console/accounts/inspections/in1',
        props: { inspectionId: 'in1' },
      },
      {
        [`GET ${at}`]: () => ({ body: inspection }),
        [`GET ${at}/letters`]: () => ({ body: sample.pageOf(sample.letters()) }),
        [`GET ${at}/findings`]: () => ({ body: sample.pageOf([sample.finding('f1')]) }),
        ...more,
      },
    );
  }
  it('begins with who is listed, with the rule and the evidence of every source (S3-4b)', async () => {
    await open();
    expect(page.calls.of(`GET ${at}/findings`)[0]?.path).toBe(`${at}/findings?verdict=listed&limit=50`);
    expect(page.text()).toContain('列入期内没有操作记录');
    const cells = [...document.querySelectorAll('.findings tbody td')].map((cell) =>
      cell.textContent?.trim(),
    );
    expect(cells.slice(2, 4)).toEqual(['09-12', '—']);
    expect(document.querySelector('.findings tbody td .dim')?.textContent).toBe('09-12');
  });
  it('one letter per unit, leaders’ marked, with how far the reply is (S3-4c, 4d)', async () => {
    await open();
    expect(page.text()).toContain('党政办（院领导）');
    expect(page.text()).toContain('1 / 3');
    expect(page.text()).toContain('8 / 10');
  });
  it('without evidence nothing is concluded: no figures, and which source is missing', async () => {
    const undecided = sample.inspection({
      state: 'undecided',
      letters: { sent: 0, accounts: 0, replied: 0 },
      figures: { total: 1246, active: 0, excluded: 0, listed: 0, undecided: 1246 },
      sources: [{ code: 'consoleExport', label: '后台导出', cutOffAt: null, enough: false }],
    });
    await open(undecided);
    expect(page.text()).toContain('证据不齐，没有下结论，也没有发函');
    expect(page.text()).toContain('后台导出没取到');
    expect([...document.querySelectorAll('.inspect-figs b')].map((b) => b.textContent)).toEqual([
      '1,246',
      '—',
      '—',
      '—',
      '0',
    ]);
    expect(page.calls.of(`GET ${at}/findings`)[0]?.path).toContain('verdict=undecided');
  });
  it('S3-4a while it goes slice by slice it says how far it is, and concludes nothing', async () => {
    await open(
      sample.inspection({
        state: 'running',
        letters: { sent: 0, accounts: 0, replied: 0 },
        figures: { total: 500, active: 490, excluded: 0, listed: 10, undecided: 0 },
      }),
    );
    expect(page.text()).toContain('已看 500 个账号');
    expect(page.has('再做一版')).toBe(false);
    expect(page.calls.of(`GET ${at}/findings`)).toHaveLength(0);
    expect(page.text()).not.toContain('490');
  });
  it('takes a console’s export, by staff number, and makes a new version (G8)', async () => {
    await open(sample.inspection(), {
      'POST /api/accounts/inspections/evidence': () => ({
        body: {
          taken: 1,
          faulty: 1,
          faults: [{ row: 1, who: 'X1', code: 'unknown', words: '没有这个工号或账号' }],
        },
      }),
      'POST /api/accounts/inspections': () => ({ body: { inspectionId: 'in2' } }),
    });
    page.button('导入证据').click();
    await settle();
    await page.tick('后台导出');
    const input = document.querySelector<HTMLInputElement>('#evidence-file');
    const csv = '账号,最后操作时间\nH2018007,2026-10-20 08:00\nX1,2026-10-21\n';
    Object.defineProperty(input, 'files', { value: [new File([csv], 'a.csv')], configurable: true });
    input?.dispatchEvent(new Event('change'));
    for (let round = 0; round < 5; round += 1) await settle();
    expect(page.text()).toContain('读到 2 行');
    expect(page.act().disabled).toBe(true);
    await page.type('evidence-cut', '2026-11-09T02:00');
    page.act().click();
    for (let round = 0; round < 3; round += 1) await settle();
    expect(page.calls.of('POST /api/accounts/inspections/evidence')[0]?.body).toEqual({
      systemCode: 'wecom',
      month: '2026-10',
      source: 'consoleExport',
      cutOffAt: Date.parse('2026-11-09T02:00:00+08:00'),
      rows: [
        { who: 'H2018007', lastAt: Date.parse('2026-10-20T08:00:00+08:00') },
        { who: 'X1', lastAt: Date.parse('2026-10-21T00:00:00+08:00') },
      ],
    });
    expect(page.text()).toContain('第 3 行 X1：没有这个工号或账号');
    page.act().click();
    for (let round = 0; round < 3; round += 1) await settle();
    expect(page.calls.of('POST /api/accounts/inspections')[0]?.body).toEqual({
      systemCode: 'wecom',
      month: '2026-10',
    });
    expect(page.router.currentRoute.value.path).toBe('/console/accounts/inspections/in2');
  });
});

describe('a letter', () => {
  async function open(): Promise<void> {
    page = await openPage(
      LetterPage,
      {
        path: '/console/accounts/letters/:letterId',
        url: '/console/accounts/letters/le2',
        props: { letterId: 'le2' },
        role: 'liaison',
      },
      {
        'GET /api/accounts/letters/le2': () => ({ body: sample.letter() }),
        'GET /api/accounts/letters/le2/accounts': ({ path }) => ({
          body: sample.pageOf(
            sample.letterAccounts().filter(({ reply }) => (reply !== null) === path.includes('box=answered')),
          ),
        }),
        'POST /api/accounts/letter-items/li2/reply': () => ({ body: { requestId: 'r9' } }),
      },
    );
  }
  it('S3-4e: a reason per account', async () => {
    await open();
    expect(page.text()).toContain('还差 2 个账号');
    expect(page.text()).not.toContain('外出进修，下月返校');
    await page.tick('已答复 1');
    await settle();
    expect(page.text()).toContain('外出进修，下月返校');
    await page.tick('待答复 2');
    await settle();
    page.button('答复…').click();
    await settle();
    await page.tick('仍在用');
    expect(page.act().disabled).toBe(true);
    await page.type('reply-reason', '带学生实习');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/letter-items/li2/reply')[0]?.body).toEqual({
      kind: 'keep',
      reason: '带学生实习',
      leftOn: null,
      leavingReason: null,
    });
  });
  it('S3-4f: "has left" says that it disables, and needs day and reason', async () => {
    await open();
    page.button('答复…').click();
    await settle();
    await page.tick('已离职');
    expect(page.act().textContent).toContain('答复已离职，停用账号');
    await page.type('reply-left', '2026-10-30');
    expect(page.act().disabled).toBe(true);
    await page.tick('辞职');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/letter-items/li2/reply')[0]?.body).toEqual({
      kind: 'left',
      reason: '',
      leftOn: '2026-10-30',
      leavingReason: 'resigned',
    });
  });
});
