import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import * as sample from '../../testing/samples.ts';
import { setSingleKeys } from '../../ui/use-keys.ts';
import { saying } from '../../ui/say.ts';
import type { BatchAnswer, FaultAnswer } from '../api.ts';
import BatchPage from './BatchPage.vue';

const url = '/console/hr/batches/b1';
let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
  setSingleKeys(true);
});

function api(batch: () => BatchAnswer = () => sample.batch(), more: Record<string, Answer> = {}) {
  let faults: FaultAnswer[] = sample.faultList;
  return fakeApi({
    'GET /api/me': () => ({ body: sample.person() }),
    'GET /api/hr/batches/b1': () => ({ body: batch() }),
    'GET /api/hr/batches/b1/faults': () => ({ body: sample.page(faults) }),
    'GET /api/hr/batches/b1/rows': ({ path }) => {
      const from = Math.max(2, Number(/from=(\d+)/.exec(path)?.[1]));
      const rows = Array.from({ length: 100 }, (_, at) => sample.sheetRow(from + at));
      return { body: { columns: sample.sheetColumns, rows, total: 1262 } };
    },
    'POST /api/hr/batches/b1/fixes': ({ body }) => {
      const fix = body as { line: number; column: string; same: boolean };
      faults = faults.filter(({ line, column }) => line !== fix.line || column !== fix.column);
      return { body: { fixed: fix.same ? 3 : 1, faults: faults.length } };
    },
    ...more,
  });
}
async function open(query = ''): Promise<void> {
  page = await mountPage(BatchPage, '/console/hr/batches/:batchId', url + query, { batchId: 'b1' });
}
async function key(name: string, target: EventTarget = window): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  await settle();
}
const card = (): HTMLElement | null => document.querySelector('.fault-card');
const chosenCell = (): string | undefined => document.querySelector('td.chosen')?.id;

describe('reading', () => {
  it('shows progress, asks again, and becomes the check page', async () => {
    let state = sample.batch({ state: 'reading', progress: 0.43 });
    api(() => state);
    await open();
    expect(page.text()).toContain('读到 43%');
    expect(page.text()).toContain('读的时候不改任何人');
    state = sample.batch();
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(page.text()).toContain('核对花名册');
  });

  it('an unreadable file says why and that nothing changed', async () => {
    api(() => sample.batch({ state: 'unreadable', trouble: '没有识别到表头' }));
    await open();
    expect(page.text()).toContain('没有识别到表头');
    expect(page.text()).toContain('没有读进任何一行，通讯录没有变');
    expect(page.has('生成计划')).toBe(false);
  });
});

describe('what was read', () => {
  it('gives the figures; unknown is no 0 and a bad row no leaver (A4)', async () => {
    api();
    await open();
    const figures = page.root.querySelector('.figs')?.textContent ?? '';
    expect(figures).toContain('1,300');
    expect(figures).toContain('选“完整花名册”后才算');
    expect(figures).toContain('不会被当成离职');
    expect(page.root.querySelector('.dock')?.textContent).toContain('有错的 5 行保持原样，不会被当成离职');
  });

  it('tells what each column was taken for and why; a column left out clears nothing (A5)', async () => {
    api();
    await open('?view=columns');
    expect(page.text()).toContain('4 列已对上，1 列不导入，1 列请看一眼');
    const row = [...page.root.querySelectorAll('tbody tr')].map((tr) =>
      tr.textContent?.replace(/\s+/g, ' ').trim(),
    )[3];
    expect(row).toMatch(/^证件号 ?证件号码 ?看一眼 ?名字认不出，按内容判断的$/);
    expect(page.text()).toContain('没给的列不会清空');
  });

  it.each([
    [{ missingColumns: ['姓名'] }, '文件里没有“姓名”'],
    [{ warnings: ['数据截止比上一批早 2 天'] }, '数据截止比上一批早 2 天'],
    [{ state: 'planned', planId: 'pl1', can: { fix: false, plan: false } }, '改了格子，现在的计划就作废'],
  ] as [Partial<BatchAnswer>, string][])('warns: %s', async (part, words) => {
    api(() => sample.batch(part));
    await open();
    expect(page.text()).toContain(words);
  });
});

describe('faults', () => {
  it('are grouped by what is wrong; list, sheet and card go together', async () => {
    api();
    await open();
    expect(
      [...page.root.querySelectorAll('.faults-list h3')].map((head) => head.textContent?.trim()),
    ).toEqual(['工号重复 2', '部门找不到 1', '证件号码有误 1', '日期读不懂 1']);
    page.button('第 21 行').click();
    await settle();
    expect(chosenCell()).toBe('cell-21-unitCodes');
    expect(card()?.textContent).toContain('C21 · 部门找不到');
    expect(card()?.textContent).toContain('机电工程学院/机械教研室（31 人）');
  });

  it('N and P walk them, round at the ends', async () => {
    api();
    await open();
    await key('n');
    expect(chosenCell()).toBe('cell-17-staffNo');
    await key('N');
    expect(chosenCell()).toBe('cell-18-staffNo');
    await key('p');
    await key('p');
    expect(card()?.textContent).toContain('第 5 / 5 处');
    await key('n');
    expect(card()?.textContent).toContain('第 1 / 5 处');
  });

  it('single keys rest inside a field, while composing, and when switched off', async () => {
    api();
    await open();
    await key('n');
    const field = card()?.querySelector('input');
    if (!field) throw new Error('no field');
    await key('n', field);
    expect(card()?.textContent).toContain('第 1 / 5 处');
    setSingleKeys(false);
    await key('n');
    expect(card()?.textContent).toContain('第 1 / 5 处');
  });

  it('N fetches the next page where the known faults end', async () => {
    const first = sample.faultList.slice(0, 2);
    const rest = sample.faultList.slice(2);
    const calls = api(undefined, {
      'GET /api/hr/batches/b1/faults': ({ path }) => ({
        body: path.includes('cursor=c1')
          ? sample.page(rest, { total: 5 })
          : sample.page(first, { next: 'c1', total: 5 }),
      }),
    });
    await open();
    expect(page.text()).toContain('还有 3 处，接着看');
    for (let at = 0; at < 3; at += 1) await key('n');
    expect(calls.of('GET /api/hr/batches/b1/faults')).toHaveLength(2);
    expect(chosenCell()).toBe('cell-21-unitCodes');
  });

  it('mends one cell with the nearest value and goes on to the next', async () => {
    const calls = api();
    await open();
    page.button('第 21 行').click();
    await settle();
    page.button('改这一格').click();
    await settle();
    expect(calls.of('POST /api/hr/batches/b1/fixes')[0]?.body).toEqual({
      kind: 'people',
      line: 21,
      column: 'unitCodes',
      value: 'JD01',
      same: false,
    });
    expect(saying.value).toBe('改好 1 格，还剩 4 处');
    expect(card()?.textContent).toContain('末位校验不符');
    expect(calls.of('GET /api/hr/batches/b1')).toHaveLength(2);
  });

  it('mends all equal ones at once', async () => {
    const calls = api();
    await open();
    page.button('第 21 行').click();
    await settle();
    card()?.querySelectorAll<HTMLInputElement>('input[type="radio"]')[1]?.click();
    await settle();
    page.button('同名的 3 格都改').click();
    await settle();
    expect(calls.of('POST /api/hr/batches/b1/fixes')[0]?.body).toMatchObject({ value: 'JD02', same: true });
    expect(saying.value).toContain('改好 3 格');
  });

  it('does not offer "all equal" where there is only one, nor a masked value for editing', async () => {
    api();
    await open();
    page.button('第 24 行').click();
    await settle();
    expect(page.has('都改')).toBe(false);
    expect(card()?.querySelector('input')?.value).toBe('');
    page.button('改这一格').click();
    await settle();
    expect(card()?.textContent).toContain('请先选一个值或填上');
  });

  it('Enter in the field mends, Escape closes', async () => {
    const calls = api();
    await open();
    page.button('第 640 行').click();
    await settle();
    const field = card()?.querySelector<HTMLInputElement>('input');
    if (!field) throw new Error('no field');
    field.value = '2026-11-23';
    field.dispatchEvent(new Event('input'));
    await settle();
    await key('Enter', field);
    expect(calls.of('POST /api/hr/batches/b1/fixes')[0]?.body).toMatchObject({
      line: 640,
      value: '2026-11-23',
    });
    await key('Escape', card() ?? window);
    expect(card()).toBeNull();
  });

  it('a refused fix says why and keeps what was typed', async () => {
    api(undefined, {
      'POST /api/hr/batches/b1/fixes': () => problem(409, 'hr.batch_planned', '这一批刚生成了计划'),
    });
    await open();
    page.button('第 21 行').click();
    await settle();
    page.button('改这一格').click();
    await settle();
    expect(card()?.textContent).toContain('没改成：这一批刚生成了计划');
  });

  it('shows only rows with faults on demand', async () => {
    api();
    await open();
    const faulty = [...page.root.querySelectorAll<HTMLElement>('.el-segmented__item')].find((each) =>
      each.textContent?.includes('只看有错的'),
    );
    faulty?.querySelector('input')?.click();
    await settle();
    const lines = [...page.root.querySelectorAll('.sheet-table tbody th')].map((head) => head.textContent);
    expect(lines).toEqual(['17', '18', '21', '24', '640']);
  });

  it('a batch that was planned can be looked at, not changed', async () => {
    api(() =>
      sample.batch({
        state: 'planned',
        planId: 'pl1',
        can: { fix: false, plan: false, complete: true, marked: true },
      }),
    );
    await open();
    page.button('第 21 行').click();
    await settle();
    expect(card()?.textContent).toContain('没有这个部门，这一行先不用');
    expect([page.has('改这一格'), page.has('生成计划')]).toEqual([false, false]);
  });
});

describe('the sheet', () => {
  it('puts only the rows in view into the page', async () => {
    const calls = api();
    await open();
    expect(page.root.querySelectorAll('.sheet-table tbody tr').length).toBeLessThan(60);
    expect(page.root.querySelector('.sheet-table')?.getAttribute('aria-rowcount')).toBe('1263');
    expect(calls.of('GET /api/hr/batches/b1/rows').map(({ path }) => path)).toEqual([
      '/api/hr/batches/b1/rows?kind=people&from=1&limit=100',
    ]);
  });

  it('a far fault fetches its rows', async () => {
    const calls = api();
    await open();
    page.button('第 640 行').click();
    await settle();
    expect(calls.of('GET /api/hr/batches/b1/rows').at(-1)?.path).toContain('from=6');
    expect(chosenCell()).toBe('cell-640-statusOn');
  });

  it('any cell can be edited from the keyboard', async () => {
    const calls = api();
    await open();
    const grid = page.root.querySelector('.sheet-table');
    if (!grid) throw new Error('no sheet');
    await key('ArrowDown', grid);
    await key('ArrowRight', grid);
    await key('Enter', grid);
    expect(card()?.textContent).toContain('改“姓名”');
    page.button('改这一格').click();
    await settle();
    expect(calls.of('POST /api/hr/batches/b1/fixes')[0]?.body).toMatchObject({ line: 3, column: 'name' });
  });
});

describe('the choice', () => {
  const pick = (words: string): void =>
    [...page.root.querySelectorAll<HTMLElement>('.dock .el-radio')]
      .find((each) => each.textContent?.includes(words))
      ?.querySelector('input')
      ?.click();

  it('preselects neither, and each says what follows', async () => {
    api();
    await open();
    expect(
      [...page.root.querySelectorAll<HTMLInputElement>('.dock input')].some(({ checked }) => checked),
    ).toBe(false);
    expect(page.button('生成计划').disabled).toBe(true);
    expect(page.text()).toContain('表里没有的人一概不动，不会停用任何账号');
    expect(page.text()).toContain('表里没有的在册人员会列为“可能离职”');
  });

  it.each([
    ['完整花名册', true],
    ['只含变化', false],
  ])('%s makes a plan with complete = %s', async (words, complete) => {
    const calls = api(undefined, { 'POST /api/hr/batches/b1/plan': () => ({ body: { planId: 'pl1' } }) });
    await open();
    pick(words);
    await settle();
    page.button('生成计划').click();
    await settle();
    expect(calls.of('POST /api/hr/batches/b1/plan')[0]?.body).toEqual({ complete });
    expect(page.router.currentRoute.value.path).toBe('/console/hr/plans/pl1');
  });

  it('somebody was faster: says so and offers what is there now', async () => {
    api(undefined, {
      'POST /api/hr/batches/b1/plan': () => problem(409, 'db.changed_meanwhile', '王老师刚生成了计划'),
    });
    await open();
    pick('只含变化');
    await settle();
    page.button('生成计划').click();
    await settle();
    expect(page.text()).toContain('有人先改了');
    expect(page.has('看现在的')).toBe(true);
  });
});
