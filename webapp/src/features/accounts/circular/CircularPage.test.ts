import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetMe } from '../../../session.ts';
import { fakeApi, problem } from '../../../testing/fake-api.ts';
import { mountPage, type Mounted } from '../../../testing/mount.ts';
import { me, NOW } from '../testing/samples.ts';
import CircularPage from './CircularPage.vue';

const open = (): Promise<Mounted> =>
  mountPage(CircularPage, '/accounts/circulars/:circularId', '/accounts/circulars/ci1', {
    circularId: 'ci1',
  });
const path = 'GET /api/accounts/circulars/ci1';

let page: Mounted;
beforeEach(forgetMe);
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('a circular on the phone (S3-4g)', () => {
  it('reads as it was issued, by whom and when', async () => {
    fakeApi({
      'GET /api/me': () => ({ body: me }),
      [path]: () => ({
        body: { text: '关于逾期的通报\n\n1. 机电工程学院', issuedByName: '吴老师', issuedAt: NOW },
      }),
    });
    page = await open();
    expect(page.text()).toContain('1. 机电工程学院');
    expect(page.text()).toContain('吴老师');
    expect(page.text()).toContain('签发');
  });

  it('of other units looks like none', async () => {
    fakeApi({
      'GET /api/me': () => ({ body: me }),
      [path]: () => problem(404, 'accounts.not_visible', '没有。'),
    });
    page = await open();
    expect(page.text()).toContain('这份通报你看不到');
  });
});
