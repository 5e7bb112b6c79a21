import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import type { MissingPhotos, OnePhoto, PhotosPage as Photos } from './api.ts';
import PhotosPage from './PhotosPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const missing: MissingPhotos = {
  items: [
    {
      personId: 'p1',
      staffNo: '00731',
      name: '张雨桐',
      unitName: '信息工程学院',
      title: '教师',
      state: 'none',
      why: null,
      due: null,
    },
    {
      personId: 'p2',
      staffNo: '00742',
      name: '吴敏',
      unitName: '信息工程学院',
      title: '讲师',
      state: 'rejected',
      why: '模糊',
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
const open = async (more: Record<string, Answer> = {}, url = '/console/photos?state=none') => {
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
    expect(rows[2]).toBe('张雨桐 00731 信息工程学院 教师 缺 还没请');
    expect(rows[3]).toContain('已退回：模糊 超时 1 个工作日');
  });

  it('S2-15b asks a department in one act, after saying how many', async () => {
    const calls = await open(
      { 'POST /api/photos/ask': () => ({ body: { asked: 1, left: 0 } }) },
      '/console/photos?state=none&unit=d20',
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

const item = (personId: string, name: string): Photos['items'][number] => ({
  personId,
  staffNo: '00731',
  name,
  unitName: '信息工程学院',
  title: '教师',
  uploadedAt: 7,
  width: 295,
  height: 413,
  state: 'waiting',
  stateWords: '待核对',
  why: null,
  decidedAt: null,
  picture: `/api/photos/review/${personId}/picture?look=1`,
});
const counts = { waiting: 2, accepted: 3, rejected: 1, none: 4 };
const photos: Photos = {
  items: [item('p1', '张雨桐'), item('p2', '吴敏')],
  next: null,
  total: 2,
  counts,
  units: [{ unitId: 'd20', name: '信息工程学院', ...counts }],
};
const one: OnePhoto = {
  personId: 'p1',
  staffNo: '00731',
  name: '张雨桐',
  unitName: '信息工程学院',
  title: '教师',
  photo: photos.items[0] ?? null,
  history: [
    { id: 'e1', at: 1, by: '张雨桐', words: '上传' },
    { id: 'e2', at: 2, by: '吴晓燕', words: '退回：模糊' },
    { id: 'e3', at: 3, by: '张雨桐', words: '上传' },
  ],
};
const toLook = { 'GET /api/photos/review': () => ({ body: photos }) };
const tick = (label: string) =>
  document.querySelector<HTMLInputElement>(
    `.el-checkbox[aria-label="${label}"] input, input[aria-label="${label}"]`,
  );
const inDialog = (words: string) =>
  [...document.querySelectorAll<HTMLButtonElement>('.el-dialog button')].find(
    (button) => button.textContent?.trim() === words,
  );

describe('photos to look at', () => {
  it('S2-15b shows a page of pictures with how many of each state', async () => {
    await open(toLook, '/console/photos');
    expect([...page.root.querySelectorAll('img')].map((img) => img.getAttribute('src'))).toEqual([
      '/api/photos/review/p1/picture?look=1',
      '/api/photos/review/p2/picture?look=1',
    ]);
    for (const words of ['待核对 2', '合格 3', '已退回 1', '缺照片 5']) expect(page.text()).toContain(words);
  });

  it('S2-15b accepts those that are ticked, and says which of them changed meanwhile', async () => {
    const calls = await open(
      {
        ...toLook,
        'POST /api/photos/review/accept': () => ({
          body: {
            items: [
              { personId: 'p1', result: 'accepted', words: '合格' },
              { personId: 'p2', result: 'corrections.photo_replaced', words: '本人刚换了一张，请看新的' },
            ],
          },
        }),
      },
      '/console/photos',
    );
    expect(page.button('合格').disabled).toBe(true);
    tick('张雨桐的照片合格')?.click();
    tick('吴敏的照片合格')?.click();
    await settle();
    page.button('2 张合格').click();
    await settle();
    expect(calls.of('POST /api/photos/review/accept')).toEqual([]);
    act()?.click();
    await settle();
    expect(calls.of('POST /api/photos/review/accept').map(({ body }) => body)).toEqual([
      {
        items: [
          { personId: 'p1', uploadedAt: 7 },
          { personId: 'p2', uploadedAt: 7 },
        ],
      },
    ]);
    expect(page.text()).toContain('1 张没有记上： 吴敏：本人刚换了一张，请看新的');
    expect(calls.of('GET /api/photos/review')).toHaveLength(2);
  });

  it('S2-15b opens one with its history and rejects it with a reason', async () => {
    const calls = await open(
      {
        ...toLook,
        'GET /api/photos/review/p1': () => ({ body: one }),
        'POST /api/photos/review/p1/reject': () => ({ body: { state: 'rejected' } }),
      },
      '/console/photos',
    );
    page.root.querySelector<HTMLButtonElement>('[aria-label="打开张雨桐的证件照"]')?.click();
    await settle();
    expect(document.querySelector('.el-dialog')?.textContent).toContain('吴晓燕 退回：模糊');
    inDialog('退回')?.click();
    await settle();
    expect(inDialog('退回，请本人重新上传')?.disabled).toBe(true);
    const other = [...document.querySelectorAll<HTMLInputElement>('.el-dialog input[type=radio]')].at(-1);
    other?.click();
    await settle();
    expect(inDialog('退回，请本人重新上传')?.disabled).toBe(true);
    const words = document.querySelector<HTMLInputElement>('#photo-words');
    if (!words) throw new Error('nothing to write in');
    words.value = '背景不是白色';
    words.dispatchEvent(new Event('input'));
    await settle();
    inDialog('退回，请本人重新上传')?.click();
    await settle();
    expect(calls.of('POST /api/photos/review/p1/reject').map(({ body }) => body)).toEqual([
      { uploadedAt: 7, reason: 'other', words: '背景不是白色' },
    ]);
    expect(document.querySelector('.el-dialog')).toBeNull();
  });
});
