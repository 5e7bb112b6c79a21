import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import * as sample from '../../testing/samples.ts';
import type { PlanAnswer } from '../api.ts';
import PlanPage from './PlanPage.vue';

const url = '/console/hr/plans/pl1';
let page: Mounted;
afterEach(async () => {
  page.app.unmount();
  vi.unstubAllGlobals();
  await settle();
});

function api(plan: () => PlanAnswer, more: Record<string, Answer> = {}) {
  return fakeApi({
    'GET /api/me': () => ({ body: sample.person() }),
    'GET /api/hr/plans/pl1': () => ({ body: plan() }),
    'GET /api/hr/plans/pl1/changes': ({ path }) => ({
      body: sample.page(/leave|destructive/.test(path) ? sample.leavers : sample.hires),
    }),
    'GET /api/hr/plans/pl1/doubts': () => ({ body: sample.page(sample.doubts) }),
    ...more,
  });
}
async function open(query = ''): Promise<void> {
  page = await mountPage(PlanPage, '/console/hr/plans/:planId', url + query, { planId: 'pl1' });
}
const input = (): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>('#confirm-phrase');
  if (!found) throw new Error('no field for the phrase');
  return found;
};
async function type(words: string): Promise<void> {
  input().value = words;
  input().dispatchEvent(new Event('input'));
  await settle();
}
async function seeAll(): Promise<void> {
  page.button('都展开').click();
  await settle();
  document.querySelector<HTMLInputElement>('.confirm .el-checkbox input')?.click();
  await settle();
}

describe('what a plan would do', () => {
  it('says first that nothing was written', async () => {
    api(() => sample.plan());
    await open();
    expect(page.root.querySelector('.head-sub')?.textContent).toContain('32 项变动，还没有写入任何内容');
    expect(page.text()).toContain('7F3C 91A2 04BB');
  });

  it('shows percentages with their base, and how near a college is to its limit (D2)', async () => {
    api(() => sample.plan());
    await open();
    expect(page.text()).toContain('占现有 208 的 1.9% / 3%');
    expect(page.text()).toContain('接近上限，再多 2 项就会停下');
  });

  it('begins with what is destructive and asks the server for just that', async () => {
    const calls = api(() => sample.plan());
    await open();
    expect(calls.of('GET /api/hr/plans/pl1/changes').map(({ path }) => path)).toEqual([
      '/api/hr/plans/pl1/changes?destructive=1',
    ]);
    expect(page.text()).toContain('张老师');
  });

  it('says what else moves, with numbers', async () => {
    api(() => sample.plan());
    await open();
    expect([...page.root.querySelectorAll('.after li')].map((li) => li.textContent)).toEqual([
      '停用后立即退出登录：6',
      '37 件待办要换人',
      '1 个部门将没有负责人',
    ]);
  });

  it('opens a person: before, after, cleared values, rows of the sheet', async () => {
    api(() => sample.plan());
    await open();
    page.button('张老师，前后对比').click();
    await settle();
    expect(page.text()).toContain('直属上级周老师清空');
    expect(page.text()).toContain('花名册第 1,259 行');
  });

  it('keeps the group in the URL, by kind or by unit', async () => {
    const calls = api(() => sample.plan());
    await open();
    page.button('入职').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ kind: 'hire' });
    expect(calls.of('GET /api/hr/plans/pl1/changes').at(-1)?.path).toBe(
      '/api/hr/plans/pl1/changes?kind=hire',
    );
    page.app.unmount();
    await open('?by=unit&unit=JD');
    expect(calls.of('GET /api/hr/plans/pl1/changes').at(-1)?.path).toBe(
      '/api/hr/plans/pl1/changes?unitCode=JD',
    );
    expect(page.text()).toContain('其中停用、撤销 4');
  });

  it('walks groups with ↑ ↓ and goes to the people with →, back with ←', async () => {
    api(() => sample.plan());
    await open();
    const list = page.root.querySelector('.groups ul');
    const press = (target: Element | null, key: string) =>
      target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press(list, 'ArrowDown');
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ kind: 'leave' });
    press(list, 'ArrowRight');
    await settle();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('张老师，前后对比');
    press(document.activeElement, 'ArrowLeft');
    await settle();
    expect(document.activeElement?.textContent).toContain('离职');
  });

  it('says where nothing is found, and clears the search', async () => {
    api(() => sample.plan(), { 'GET /api/hr/plans/pl1/changes': () => ({ body: sample.page([]) }) });
    await open('?q=无此人');
    expect(page.text()).toContain('没有找到“无此人”');
    expect(page.has('清除筛选')).toBe(true);
  });

  it('has nothing to do: 0 writes', async () => {
    api(() =>
      sample.plan({ state: 'empty', total: 0, groups: [], units: [], destructiveCount: 0, doubts: 0 }),
    );
    await open();
    expect(page.text()).toContain('没有变化，0 次写入');
  });

  it('taking somebody out makes a new plan with a new address', async () => {
    const calls = api(() => sample.plan(), {
      'POST /api/hr/plans/pl1/decide': () => ({ body: { planId: 'pl2' } }),
    });
    await open();
    page.button('移出计划').click();
    await settle();
    expect(calls.of('POST /api/hr/plans/pl1/decide')[0]?.body).toEqual({
      decisions: [{ key: 'person:H2016031:leave', decision: 'leaveOut' }],
    });
    expect(page.router.currentRoute.value.path).toBe('/console/hr/plans/pl2');
  });
});

describe('doubts', () => {
  it('preselects nothing and sends what was chosen together', async () => {
    const calls = api(() => sample.plan(), {
      'POST /api/hr/plans/pl1/decide': () => ({ body: { planId: 'pl2' } }),
    });
    await open('?view=doubts');
    const radios = () => [...page.root.querySelectorAll<HTMLInputElement>('.choices input')];
    expect(radios().some(({ checked }) => checked)).toBe(false);
    expect(page.has('重算计划')).toBe(false);
    const label = (words: string) =>
      [...page.root.querySelectorAll<HTMLElement>('.choices label')].filter((each) =>
        each.textContent?.includes(words),
      );
    expect(label('这次不管')).toHaveLength(1);
    label('仍在岗')[0]?.querySelector('input')?.click();
    label('已离职')[1]?.querySelector('input')?.click();
    label('就是 林老师')[0]?.querySelector('input')?.click();
    await settle();
    page.button('按这 3 处重算计划').click();
    await settle();
    expect(calls.of('POST /api/hr/plans/pl1/decide')[0]?.body).toEqual({
      decisions: [
        { key: 'left:H2014008', decision: 'stays' },
        { key: 'left:H2014009', decision: 'left' },
        { key: 'same:H2026020', decision: 'same', personId: 'id-H2011005' },
      ],
    });
    expect(page.router.currentRoute.value.path).toBe('/console/hr/plans/pl2');
  });

  it('asks before choices that were not sent are lost', async () => {
    api(() => sample.plan());
    await open('?view=doubts');
    page.button('这一页 2 人都算离职').click();
    await settle();
    const ask = vi.fn(() => false);
    vi.stubGlobal('confirm', ask);
    await page.router.push('/console/hr/batches');
    expect(ask).toHaveBeenCalledWith(expect.stringContaining('2 处'));
    expect(page.router.currentRoute.value.path).toBe(url);
    ask.mockReturnValue(true);
    await page.router.push('/console/hr/batches');
    expect(page.router.currentRoute.value.path).toBe('/console/hr/batches');
  });
});

describe('the second person (D3)', () => {
  it('the initiator sees why and no confirm button at all', async () => {
    api(() => sample.plan());
    await open();
    expect(page.text()).toContain('您是发起人，要由另一位人事复核');
    expect([page.has('复核…'), page.has('执行')]).toEqual([false, false]);
    expect(document.querySelector('.el-button--danger')).toBeNull();
  });

  async function review(
    plan: () => PlanAnswer = () => sample.planToReview(),
    more: Record<string, Answer> = {},
  ) {
    const calls = api(plan, more);
    await open();
    expect(page.text()).toContain('等您复核');
    page.button('复核…').click();
    await settle();
    return calls;
  }

  it('must open every name and type the phrase; the button says the harm', async () => {
    await review();
    const button = page.button('停用 6 人并执行');
    expect(button.disabled).toBe(true);
    await type('停用６ 人');
    expect([page.text().includes('对上了'), button.disabled]).toEqual([true, true]);
    const box = document.querySelector<HTMLInputElement>('.confirm .el-checkbox input');
    expect(box?.disabled).toBe(true);
    await seeAll();
    expect([page.text().includes('已展开 6 / 6'), button.disabled]).toEqual([true, false]);
    await type('停用 6');
    expect([page.text().includes('还差 1 个字'), button.disabled]).toEqual([true, true]);
    await type('停用7人');
    expect(page.text()).toContain('和要求的不一样');
  });

  it('confirms this hash, starts, and goes to the run', async () => {
    let state: PlanAnswer = sample.planToReview();
    const calls = await review(() => state, {
      'POST /api/hr/plans/pl1/confirm': () => {
        state = sample.plan({ state: 'confirmed', can: { ...state.can, confirm: false, apply: true } });
        return { body: { ok: true } };
      },
      'POST /api/hr/plans/pl1/apply': () => ({ body: { ok: true } }),
    });
    await seeAll();
    await type('停用6人');
    page.button('停用 6 人并执行').click();
    await settle();
    expect(calls.of('POST /api/hr/plans/pl1/confirm')[0]?.body).toEqual({
      hash: state.hash,
      phrase: '停用6人',
    });
    expect(calls.of('POST /api/hr/plans/pl1/apply')).toHaveLength(1);
    expect(page.router.currentRoute.value.path).toBe(`${url}/run`);
  });

  it('Enter never confirms, neither in the field nor on the button', async () => {
    const calls = await review();
    await seeAll();
    await type('停用6人');
    const enter = () => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
    const [inField, onButton] = [enter(), enter()];
    input().dispatchEvent(inField);
    page.button('停用 6 人并执行').dispatchEvent(onButton);
    await settle();
    expect([inField.defaultPrevented, onButton.defaultPrevented]).toEqual([true, true]);
    expect(calls.calls.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('a click outside does not close it', async () => {
    await review();
    const overlay = document.querySelector<HTMLElement>('.el-overlay-dialog');
    overlay?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
    overlay?.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    overlay?.click();
    await settle();
    expect(page.has('停用 6 人并执行')).toBe(true);
    expect(document.querySelector<HTMLElement>('.el-overlay')?.style.display).not.toBe('none');
  });

  it('cannot be confirmed with fewer names than the plan counts', async () => {
    await review(() => sample.planToReview({ destructiveCount: 7, phrase: '停用7人' }));
    expect(page.text()).toContain('名单和计划的数不一致');
    await type('停用7人');
    expect([page.button('都展开').disabled, page.button('停用 7 人并执行').disabled]).toEqual([true, true]);
  });

  it('a plan that changed meanwhile closes it and says so', async () => {
    let state: PlanAnswer = sample.planToReview();
    await review(() => state, {
      'POST /api/hr/plans/pl1/confirm': () => {
        state = sample.plan({ state: 'outdated', can: { ...state.can, confirm: false } });
        return problem(409, 'hr.plan_outdated', '花名册在这之后变了');
      },
    });
    await seeAll();
    await type('停用6人');
    page.button('停用 6 人并执行').click();
    await settle(20);
    expect(page.text()).toContain('计划变了，原来的确认作废');
    expect(page.has('复核…')).toBe(false);
  });

  it('a change seen while it is open closes it too', async () => {
    let state: PlanAnswer = sample.planToReview();
    await review(() => state);
    state = sample.plan({ state: 'expired' });
    document.dispatchEvent(new Event('visibilitychange'));
    await settle(20);
    expect(page.text()).toContain('您打开确认框以后，计划或花名册变了');
  });

  it('a refused confirmation stays in the dialog with its number', async () => {
    await review(undefined, {
      'POST /api/hr/plans/pl1/confirm': () => problem(422, 'hr.phrase_wrong', '输入的和要求的不一样'),
    });
    await seeAll();
    await type('停用6人');
    page.button('停用 6 人并执行').click();
    await settle();
    expect(page.text()).toContain('没办成：输入的和要求的不一样');
    expect(page.text()).toContain('R7K2-40');
  });
});

describe('over the limit (D3, D4)', () => {
  it('shows no path to a confirmation, even if the answer allowed one', async () => {
    const can = { confirm: true, apply: true, pause: false, resume: false, accept: false, why: null };
    api(() => sample.planOverLimit({ state: 'waiting', can }));
    await open();
    expect([page.has('复核…'), page.has('执行')]).toEqual([false, false]);
    expect(page.text()).toContain('没有写入任何内容');
    expect(page.text()).toContain('超出 45 项');
  });

  it('offers a better sheet, counting as changes only, and the people in question', async () => {
    const calls = api(() => sample.planOverLimit(), {
      'POST /api/hr/batches/b1/plan': () => ({ body: { planId: 'pl3' } }),
    });
    await open('?kind=hire');
    page.button('看这 60 项').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ kind: 'leave' });
    page.button('当成“只含变化”重算').click();
    await settle();
    expect(calls.of('POST /api/hr/batches/b1/plan')[0]?.body).toEqual({ complete: false });
    expect(page.router.currentRoute.value.path).toBe('/console/hr/plans/pl3');
  });

  it('a suspicious source says so and has no path either (A2)', async () => {
    api(() =>
      sample.planOverLimit({
        guard: { verdict: 'suspicious', lines: [], reasons: ['这份表只有上一份的 40%'] },
        can: { confirm: true, apply: true, pause: false, resume: false, accept: false, why: null },
      }),
    );
    await open();
    expect(page.text()).toContain('看着不对，已停下');
    expect(page.text()).toContain('这份表只有上一份的 40%');
    expect([page.has('复核…'), page.has('执行')]).toEqual([false, false]);
  });
});

describe('other states', () => {
  it('without anything destructive nobody else is needed', async () => {
    const calls = api(
      () =>
        sample.plan({
          guard: { verdict: 'free', lines: [], reasons: [] },
          groups: [{ kind: 'hire', label: '入职', count: 9, destructive: false }],
          total: 9,
          destructiveCount: 0,
          doubts: 0,
          phrase: null,
          can: { confirm: false, apply: true, pause: false, resume: false, accept: false, why: null },
        }),
      { 'POST /api/hr/plans/pl1/apply': () => ({ body: { ok: true } }) },
    );
    await open();
    expect(page.text()).toContain('可以执行');
    page.button('执行 9 项').click();
    await settle();
    expect(calls.of('POST /api/hr/plans/pl1/apply')).toHaveLength(1);
    expect(page.router.currentRoute.value.path).toBe(`${url}/run`);
  });

  it.each([
    ['expired', '24 小时内没有执行'],
    ['outdated', '计划变了，原来的确认作废'],
    ['paused', '做完的都有效'],
    ['done', '每一项的结果在执行页'],
  ] as const)('%s', async (state, words) => {
    api(() => sample.plan({ state }));
    await open();
    expect(page.text()).toContain(words);
    expect([page.has('复核…'), page.has('移出计划')]).toEqual([false, false]);
  });

  it('tells a failure with its number and tries again', async () => {
    let round = 0;
    api(() => sample.plan(), {
      'GET /api/hr/plans/pl1': () => {
        round += 1;
        return round === 1 ? problem(503, 'http.internal', '服务暂时没有回应') : { body: sample.plan() };
      },
    });
    await open();
    expect(page.text()).toContain('没取到计划');
    expect(page.has('抄下编号 R7K2-40')).toBe(true);
    page.button('现在再试').click();
    await settle();
    expect(page.text()).toContain('32 项变动');
  });
});
