import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import type { MissingPhotos } from './api.ts';
import PhotosPage from './PhotosPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const missing: MissingPhotos = {
  items: [
    { personId: 'p1', staffNo: '00731', name: '张雨桐', unitName: '信息工程学院', title: '教师', due: null },
    {
      personId: 'p2',
      staffNo: '00742',
      name: '吴敏',
      unitName: '信息工程学院',
      title: '讲师',
      due: { dueAt: 1, provisional: false, state: 'overdue', words: '超时 1 个工作日' },
    },
  ],
  next: null,
  total: 2,
  units: [
    { unitId: 'd20', name: '信息工程学院', people: 40, missing: 2, asked: 1 },
    { unitId: 'd11', name: '图书馆', people: 9, missing: 600, asked: 0 },
  ],
};
const open = async (more: Record<string, Answer> = {}, url = '/console/photos') => {
  const calls = fakeApi({
    'GET /api/me': () => ({ body: sample.person() }),
    'GET /api/photos/missing': () => ({ body: missing }),
    ...more,
  });
  page = await mountPage(PhotosPage, '/console/photos', url);
  return calls;
};
const act = () => document.querySelector<HTMLButtonElement>('.el-dialog footer .el-button:last-child');

describe('photos that are missing', () => {
  it('S2-15b shows how many of each department, who, and who was asked until when', async () => {
    await open();
    const rows = [...page.root.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim()).join(' '),
    );
    expect(rows[0]).toBe('信息工程学院 40 2 1');
    expect(rows[2]).toBe('张雨桐 00731 信息工程学院 教师 还没请');
    expect(rows[3]).toContain('超时 1 个工作日');
  });

  it('S2-15b asks a department in one act, after saying how many', async () => {
    const calls = await open(
      { 'POST /api/photos/ask': () => ({ body: { asked: 1, left: 0 } }) },
      '/console/photos?unit=d20',
    );
    expect(calls.of('GET /api/photos/missing').at(-1)?.path).toContain('unitId=d20');
    page.button('请 1 人上传').click();
    await settle();
    expect(calls.of('POST /api/photos/ask')).toEqual([]);
    act()?.click();
    await settle();
    expect(calls.of('POST /api/photos/ask').map(({ body }) => body)).toEqual([{ unitId: 'd20' }]);
  });

  it('says so when more wait than one act asks, and when all have one', async () => {
    const calls = await open({ 'POST /api/photos/ask': () => ({ body: { asked: 300, left: 301 } }) });
    page.button('请 601 人上传').click();
    await settle();
    expect(document.querySelector('.el-dialog')?.textContent).toContain('一次最多请 300 人');
    expect(act()?.disabled).toBe(true);
    const phrase = document.querySelector<HTMLInputElement>('#photos-phrase');
    if (!phrase) throw new Error('nothing to type');
    phrase.value = '请 300 人';
    phrase.dispatchEvent(new Event('input'));
    await settle();
    act()?.click();
    await settle();
    expect(calls.of('POST /api/photos/ask').map(({ body }) => body)).toEqual([
      { unitId: null, phrase: '请300人' },
    ]);
    page.app.unmount();
    await open({
      'GET /api/photos/missing': () => ({ body: { ...missing, items: [], total: 0, units: [] } }),
    });
    expect(page.text()).toContain('都有照片了');
    page.app.unmount();
    await open({ 'GET /api/photos/missing': () => problem(500, 'http.internal', '出错了') });
    expect(page.text()).toContain('R7K2-40');
  });
});
