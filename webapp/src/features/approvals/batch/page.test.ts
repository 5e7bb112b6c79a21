import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BatchAnswer, BatchItem } from '../../../../../server/features/approvals/batch/contract.ts';
import { fakeApi, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import { me } from '../../../testing/samples.ts';
import { hideToast, toasts } from '../../../ui/toast.ts';
import BatchPage from './BatchPage.vue';
import { togglePicked } from './selection.ts';

const item = (taskId: string, more: Partial<BatchItem> = {}): BatchItem => ({
  taskId,
  instanceId: `i-${taskId}`,
  formVersion: 1,
  title: '年假 1 个工作日',
  who: '张雨桐',
  unitName: '信息工程学院',
  due: { dueAt: null, provisional: false, state: 'none', words: '' },
  forWords: '',
  facts: [{ label: '时间', value: '12-08 周二' }],
  outlier: null,
  alone: null,
  ...more,
});
const ITEMS = [
  item('a'),
  item('b', { formVersion: 3, outlier: '请假 12，这批多为 1' }),
  item('c', { alone: '要写意见' }),
];
const group = { templateKey: 'leave', title: '请假', icon: 'leave', hue: 'blue' as const, items: ITEMS };

let page: Mounted;
let left: BatchItem[];
beforeEach(() => {
  left = ITEMS;
});
afterEach(() => {
  page?.app.unmount();
  hideToast();
  vi.unstubAllGlobals();
});
async function open(more: Record<string, Answer> = {}) {
  const answer = (): BatchAnswer => ({
    groups: left.length > 0 ? [{ ...group, items: left }] : [],
    more: false,
  });
  const api = fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/approvals/batch': () => ({ body: answer() }),
    ...more,
  });
  page = await mountPage(BatchPage, '/todo/batch', '/todo/batch');
  return api;
}
const boxes = (): HTMLInputElement[] => [...page.root.querySelectorAll<HTMLInputElement>('.batch-box')];

describe('many decisions on one page', () => {
  it('takes all that is ordinary, not what stands out, and never what has to be opened', async () => {
    await open();
    expect(page.text()).toContain('请假 12，这批多为 1');
    page.button('全选').click();
    await settle();
    expect(boxes().map(({ checked }) => checked)).toEqual([true, false, false]);
    expect(boxes()[2]?.disabled).toBe(true);
    expect(page.text()).toContain('同意 1 件');
    page.button('全不选').click();
    await settle();
    expect(page.text()).toContain('选几件');
  });

  it('asks once, says what stands out, and what became of each', async () => {
    const api = await open({
      'POST /api/approvals/batch': ({ body }) => {
        left = ITEMS.filter(({ taskId }) => taskId !== 'a');
        const { tasks } = body as { tasks: { taskId: string }[] };
        return {
          body: {
            results: tasks.map(({ taskId }) =>
              taskId === 'a'
                ? { taskId, outcome: 'done', words: '你已同意。' }
                : { taskId, outcome: 'refused', words: '请稍后再试' },
            ),
          },
        };
      },
    });
    for (const box of boxes().slice(0, 2)) box.click();
    await settle();
    page.button('同意 2 件').click();
    await settle();
    expect(page.text()).toContain('其中 1 件和别的不一样');
    expect(api.of('POST /api/approvals/batch')).toHaveLength(0);
    page.root.ownerDocument.querySelector<HTMLButtonElement>('dialog .btn.fill')?.click();
    await settle();
    expect(api.of('POST /api/approvals/batch')[0]?.body).toEqual({
      tasks: [
        { taskId: 'a', formVersion: 1 },
        { taskId: 'b', formVersion: 3 },
      ],
    });
    expect(toasts.now?.words).toBe('已同意 1 件，1 件没有办成');
    expect(page.text()).toContain('请稍后再试');
    expect(boxes()).toHaveLength(2);
  });

  it('R1 what was taken back meanwhile is told of by name, though it is on the list no more', async () => {
    await open({
      'POST /api/approvals/batch': () => {
        left = [];
        return { body: { results: [{ taskId: 'a', outcome: 'already', words: '申请人已撤回。' }] } };
      },
    });
    boxes()[0]?.click();
    await settle();
    page.button('同意 1 件').click();
    await settle();
    page.root.ownerDocument.querySelector<HTMLButtonElement>('dialog .btn.fill')?.click();
    await settle();
    expect(toasts.now?.words).toBe('已同意 0 件，1 件没有办成');
    expect(page.root.querySelector('[role=status]')?.textContent).toMatch(
      /张雨桐，年假 1 个工作日.*申请人已撤回/s,
    );
  });

  it('says so when there is nothing', async () => {
    left = [];
    await open();
    expect(page.text()).toContain('没有可以批量同意的');
  });

  it('takes a whole group back with what was picked by hand', () => {
    expect([...togglePicked(new Set(['a', 'b']), group)]).toEqual([]);
    expect([...togglePicked(new Set(['b']), group)]).toEqual(['b', 'a']);
  });
});
