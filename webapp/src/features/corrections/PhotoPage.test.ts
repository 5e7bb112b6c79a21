import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import type { OwnPhoto } from './api.ts';
import PhotoPage from './PhotoPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const photo = (part: Partial<OwnPhoto> = {}): OwnPhoto => ({
  photo: null,
  due: null,
  bounds: { minSide: 240, maxSide: 6000, maxBytes: 5_242_880 },
  ...part,
});
const there: NonNullable<OwnPhoto['photo']> = {
  uploadedAt: 7,
  width: 295,
  height: 413,
  state: 'waiting',
  stateWords: '待核对',
  why: null,
};
const open = async (answer: Answer) => {
  fakeApi({ 'GET /api/me': () => ({ body: me }), 'GET /api/photos/own': answer });
  page = await mountPage(PhotoPage, '/record/photo', '/record/photo');
};

describe('my photo', () => {
  it('S2-15b says that it is missing, until when it is asked for, and what it must be like', async () => {
    const due = { dueAt: 1, provisional: false, state: 'ok' as const, words: '还剩 5 个工作日' };
    await open(() => ({ body: photo({ due }) }));
    expect(page.text()).toContain('还没有照片');
    expect(page.text()).toContain('还剩 5 个工作日');
    expect(page.text()).toContain('边长 240 到 6000 像素');
    expect(page.root.querySelector('input[type=file]')?.getAttribute('accept')).toBe('image/jpeg,image/png');
  });

  it('S2-15b shows the one there is, and takes another', async () => {
    await open(() => ({ body: photo({ photo: there }) }));
    expect(page.root.querySelector('img')?.getAttribute('src')).toBe('/api/photos/own/picture?at=7');
    expect(page.text()).toContain('待核对');
    expect(page.text()).toContain('换一张');
  });

  it('S2-15b says why it did not pass and until when another one is asked for', async () => {
    const due = { dueAt: 1, provisional: false, state: 'ok' as const, words: '还剩 5 个工作日' };
    const rejected = { ...there, state: 'rejected', stateWords: '已退回', why: '模糊' } as const;
    await open(() => ({ body: photo({ photo: rejected, due }) }));
    expect(page.text()).toContain('照片没有通过：模糊，请重新上传。');
    expect(page.text()).toContain('重新上传 还剩 5 个工作日');
  });

  it('says what failed when it could not be fetched', async () => {
    await open(() => problem(500, 'http.internal', '出错了'));
    expect(page.text()).toContain('R7K2-40');
  });
});
