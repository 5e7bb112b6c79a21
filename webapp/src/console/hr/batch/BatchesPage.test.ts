import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import * as sample from '../../testing/samples.ts';
import { fakeUpload } from '../../testing/xhr.ts';
import BatchesPage from './BatchesPage.vue';

const list = 'GET /api/hr/batches';
const me = { 'GET /api/me': () => ({ body: sample.person() }) };
let page: Mounted;
const open = async (url = '/console/hr/batches'): Promise<void> => {
  page = await mountPage(BatchesPage, '/console/hr/batches', url);
};
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

function choose(file: File): void {
  const input = page.root.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error('no file input');
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change'));
}

describe('the batches', () => {
  it('name number, file, cut-off, rows, faults and the next step', async () => {
    fakeApi({
      [list]: () => ({
        body: {
          items: [
            sample.batchBrief(),
            sample.batchBrief({
              batchId: 'b0',
              number: '2026-11-18-1',
              state: 'planned',
              planId: 'pl0',
              faults: 0,
            }),
          ],
          next: null,
        },
      }),
    });
    await open();
    expect(page.text()).toContain('2026-11-20-1');
    expect(page.text()).toContain('1,300');
    const links = [...page.root.querySelectorAll('td.act a')].map((a) => [
      a.textContent,
      a.getAttribute('href'),
    ]);
    expect(links).toEqual([
      ['核对', '/console/hr/batches/b1'],
      ['看计划', '/console/hr/plans/pl0'],
    ]);
    expect(page.root.querySelector('a[download]')?.getAttribute('href')).toBe('/api/hr/template');
  });

  it('pages with a cursor in the URL, forward and back', async () => {
    const calls = fakeApi({
      [list]: ({ path }) => ({
        body: path.includes('cursor=c1')
          ? { items: [sample.batchBrief({ batchId: 'b9', number: '2026-10-01-1' })], next: null }
          : { items: [sample.batchBrief()], next: 'c1' },
      }),
    });
    await open();
    page.button('下一页').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ cursor: 'c1', at: '1' });
    expect(page.text()).toContain('2–2');
    page.button('上一页').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({});
    expect(calls.of(list)).toHaveLength(3);
  });

  it('says what to do when there never was one', async () => {
    fakeApi({ [list]: () => ({ body: { items: [], next: null } }) });
    await open();
    expect(page.text()).toContain('还没有导入过');
    expect(page.text()).toContain('不改任何人');
  });

  it('tells a failure with its number', async () => {
    fakeApi({ [list]: () => problem(503, 'http.internal', '服务暂时没有回应') });
    await open();
    expect(page.text()).toContain('没取到批次清单');
    expect(page.has('抄下编号 R7K2-40')).toBe(true);
  });
});

describe('sending a sheet', () => {
  it('goes to its batch', async () => {
    fakeApi({ ...me, [list]: () => ({ body: { items: [], next: null } }) });
    const upload = fakeUpload(200, { batchId: 'b7' });
    await open();
    choose(new File(['x'], '花名册.xlsx'));
    await settle();
    expect(page.text()).toContain('正在传 花名册.xlsx');
    upload.answer();
    await settle();
    const sent = upload.forms[0]?.get('file');
    expect(sent instanceof File ? sent.name : '').toBe('花名册.xlsx');
    expect(page.router.currentRoute.value.path).toBe('/console/hr/batches/b7');
  });

  it('refuses another kind of file before sending it', async () => {
    fakeApi({ ...me, [list]: () => ({ body: { items: [], next: null } }) });
    const upload = fakeUpload(200, {});
    await open();
    choose(new File(['x'], '花名册.docx'));
    await settle();
    expect(page.text()).toContain('“花名册.docx”不是 .xlsx 或 .csv');
    expect(upload.forms).toEqual([]);
  });

  it('says what the server says', async () => {
    fakeApi({ ...me, [list]: () => ({ body: { items: [], next: null } }) });
    const upload = fakeUpload(413, { title: '文件超过 50 MB', code: 'http.too_large', requestId: 'R7K2-40' });
    await open();
    choose(new File(['x'], '花名册.csv'));
    await settle();
    upload.answer();
    await settle();
    expect(page.text()).toContain('没传上');
    expect(page.text()).toContain('文件超过 50 MB');
  });
});
