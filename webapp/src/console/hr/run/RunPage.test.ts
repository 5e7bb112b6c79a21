import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import { clockSkewMs } from '../../session.ts';
import * as sample from '../../testing/samples.ts';
import type { PlanAnswer, RunAnswer } from '../api.ts';
import RunPage from './RunPage.vue';
import RunsPage from './RunsPage.vue';

const url = '/console/hr/plans/pl1/run';
let page: Mounted;
beforeEach(() => {
  // The server's clock stands a moment after the last sign of life.
  clockSkewMs.value = sample.run().lastSignAt + 2000 - Date.now();
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const running = (part: Partial<PlanAnswer> = {}): PlanAnswer =>
  sample.plan({
    state: 'running',
    confirmedBy: '王老师',
    can: { confirm: false, apply: false, pause: true, resume: false, accept: false, why: null },
    ...part,
  });
function api(run: () => RunAnswer, plan: () => PlanAnswer = running, more: Record<string, Answer> = {}) {
  return fakeApi({
    'GET /api/me': () => ({ body: sample.person() }),
    'GET /api/hr/plans/pl1': () => ({ body: plan() }),
    'GET /api/hr/plans/pl1/run': () => ({ body: run() }),
    'GET /api/hr/plans/pl1/items': () => ({ body: sample.page(sample.runItems, { next: 'c1', total: 21 }) }),
    ...more,
  });
}
async function open(query = ''): Promise<void> {
  page = await mountPage(RunPage, '/console/hr/plans/:planId/run', url + query, { planId: 'pl1' });
}
async function tick(): Promise<void> {
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
}

describe('a run', () => {
  it('tells how far 企业微信 is behind, and per person whether it took them', async () => {
    api(() => sample.run({ state: 'success', finishedAt: sample.run().lastSignAt }));
    await open();
    expect(page.root.querySelector('.run-wecom')?.textContent).toBe(
      '企业微信还有 3 次写入在排队；1 人的资料企业微信没有接受，见逐项结果',
    );
    const marks = [...page.root.querySelectorAll('tbody tr td:nth-child(6)')].map((cell) =>
      cell.textContent?.trim(),
    );
    expect(marks).toEqual(['等写入', '没接受', '已写入']);
  });

  it('shows done of all by result, the rest in words, the steps in order', async () => {
    api(() => sample.run());
    await open();
    expect(page.root.querySelector('.run-head')?.textContent).toContain('21');
    expect(page.text()).toContain('大约还要 2 分钟，含等限流解除');
    expect(page.root.querySelector('[role="img"]')?.getAttribute('aria-label')).toBe(
      '按结果：完成 17，无需写入 2，等重试 2，没成 2，没轮到 9',
    );
    expect(
      [...page.root.querySelectorAll('.stages li')].map((li) => li.textContent?.replace(/\s+/g, ' ').trim()),
    ).toEqual([
      '第 1 步单位2 / 2',
      '第 2 步入职、调动、信息19 / 24',
      '第 3 步负责人、上级0 / 4',
      '第 4 步停用0 / 6',
    ]);
  });

  it('sorts what did not work by its cure (D7); codes never stand alone', async () => {
    api(() => sample.run());
    await open();
    expect(page.text()).toContain('没成的 4 项，按怎么治分');
    expect(page.text()).toContain('限流，稍后自动重试');
    expect(page.text()).toContain('权限要改');
    expect(page.text()).toContain('先清那边 （企业微信 60104）');
  });

  it('asks again while it runs, and the log follows', async () => {
    const calls = api(() => sample.run());
    await open();
    await tick();
    expect(calls.of('GET /api/hr/plans/pl1/run')).toHaveLength(2);
    expect(calls.of('GET /api/hr/plans/pl1/items')).toHaveLength(2);
  });

  it('the log stays as it is when one switches that off', async () => {
    const calls = api(() => sample.run());
    await open();
    page.root.querySelector<HTMLInputElement>('.card-head .el-checkbox input')?.click();
    await settle();
    const before = calls.of('GET /api/hr/plans/pl1/items').length;
    await tick();
    expect(calls.of('GET /api/hr/plans/pl1/items')).toHaveLength(before);
  });

  it('shows a cure it does not know in words alone', async () => {
    const words = '手机号已被占用。到旧账号清空';
    api(() => sample.run({ troubles: [{ cure: words, words, count: 1 }] }));
    await open();
    expect(page.root.querySelector('.trouble-words')?.textContent).toBe(words);
    expect(page.root.querySelectorAll('section .tag.red')[0]?.textContent).toBe('没做成');
  });

  it('filters the log from the cure and keeps it in the URL', async () => {
    const calls = api(() => sample.run());
    await open();
    [...page.root.querySelectorAll<HTMLButtonElement>('td.act button')][1]?.click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ result: 'failed' });
    expect(calls.of('GET /api/hr/plans/pl1/items').at(-1)?.path).toBe(
      '/api/hr/plans/pl1/items?result=failed',
    );
  });

  it('pauses, then says what is untouched and until when it can go on', async () => {
    let state = sample.run();
    let plan = running();
    const calls = api(
      () => state,
      () => plan,
      {
        'POST /api/hr/plans/pl1/pause': () => {
          state = sample.run({ state: 'paused' });
          plan = running({
            state: 'paused',
            expiresAt: sample.at + 86_400_000,
            can: { ...plan.can, pause: false, resume: true },
          });
          return { body: { ok: true } };
        },
        'POST /api/hr/plans/pl1/resume': () => ({ body: { ok: true } }),
      },
    );
    await open();
    page.button('暂停').click();
    await settle();
    expect(page.text()).toContain('做完的 19 项都有效，没有做一半的；剩下 11 项没有动');
    expect(page.text()).toContain('还一个人都没有停用');
    expect(page.text()).toContain('到 11-21 10:42 不接着做，就要重新复核');
    page.button('接着做剩下的 11 项').click();
    await settle();
    expect(calls.of('POST /api/hr/plans/pl1/resume')).toHaveLength(1);
  });

  it('does not offer what this person may not do', async () => {
    api(
      () => sample.run(),
      () =>
        running({
          can: { confirm: false, apply: false, pause: false, resume: false, accept: false, why: null },
        }),
    );
    await open();
    expect(page.has('暂停')).toBe(false);
  });

  it('greys the figures after 30 s without a sign of life', async () => {
    clockSkewMs.value += 31_000;
    api(() => sample.run());
    await open();
    expect(page.text()).toContain('30 秒没有消息，正在重新连接');
    expect(page.root.querySelector('.card.lost')).not.toBeNull();
  });

  it.each([
    ['success', { done: 30, unchanged: 2 }, '全部做完'],
    ['partial', { done: 28, unchanged: 2, failed: 2 }, '30 项有效，2 项没成'],
    ['failed', { failed: 32 }, '没有一项写进企业微信'],
    ['stopped', { done: 4, waiting: 28 }, '做完的 4 项有效，剩下 28 项没有动'],
  ] as const)('ends as %s with counts (D6)', async (state, counts, words) => {
    const zero = { done: 0, unchanged: 0, planned: 0, retrying: 0, failed: 0, skipped: 0, waiting: 0 };
    api(() =>
      sample.run({
        state,
        counts: { ...zero, ...counts },
        remainingWords: null,
        finishedAt: sample.at + 1,
        troubles: [],
      }),
    );
    await open();
    expect(page.text()).toContain(words);
    expect(page.has('暂停')).toBe(false);
  });

  it('a plan that never ran says so', async () => {
    api(
      () => sample.run(),
      () => sample.plan(),
      { 'GET /api/hr/plans/pl1/run': () => problem(404, 'hr.no_run', '没有执行过') },
    );
    await open();
    expect(page.text()).toContain('这份计划还没有执行过');
  });
});

describe('the list of runs', () => {
  it('leads to each result', async () => {
    fakeApi({ 'GET /api/hr/runs': () => ({ body: { items: [sample.runBrief()], next: null } }) });
    page = await mountPage(RunsPage, '/console/hr/runs', '/console/hr/runs');
    expect(page.text()).toContain('部分没做成');
    expect(page.root.querySelector('td.act a')?.getAttribute('href')).toBe(url);
  });

  it('says when there is none', async () => {
    fakeApi({ 'GET /api/hr/runs': () => ({ body: { items: [], next: null } }) });
    page = await mountPage(RunsPage, '/console/hr/runs', '/console/hr/runs');
    expect(page.text()).toContain('还没有执行过');
  });
});
