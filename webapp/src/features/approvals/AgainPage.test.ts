import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetMe } from '../../session.ts';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me, template } from '../../testing/samples.ts';
import AgainPage from './AgainPage.vue';

const form = {
  type: 'annual',
  time: { from: '2026-11-26', fromHalf: 'pm', to: '2026-12-01', toHalf: 'pm' },
  reason: '回乡',
};
const returned = {
  template: {
    ...template,
    posts: [...template.posts, { assignmentId: 'a2', unitName: '人事处', title: '专员', main: false }],
  },
  number: 'QJ-1',
  assignmentId: 'a1',
  form,
  chosen: {},
  people: [],
  files: [],
  by: '陈志远',
  at: 1,
  reason: '请写明交接的课',
};
const forecast = {
  title: '年假 3.5 个工作日',
  computed: { days: null, provisional: false },
  fieldNotes: [],
  figures: [],
  required: [],
  path: [],
  estimateWords: '',
  canSubmit: true,
  reasons: [],
};
const again = '/api/approvals/instances/i1';

function server(more: Record<string, Answer> = {}) {
  return fakeApi({
    'GET /api/me': () => ({ body: me }),
    [`GET ${again}/form`]: () => ({ body: returned }),
    'POST /api/approvals/forecast': () => ({ body: forecast }),
    [`POST ${again}/resubmit`]: () => ({
      body: { outcome: 'done', words: '已重新提交', nextWords: null, nextItem: null },
    }),
    ...more,
  });
}
const open = (): Promise<Mounted> =>
  mountPage(AgainPage, '/approvals/:instanceId/again', '/approvals/i1/again', { instanceId: 'i1' });

let page: Mounted;
beforeEach(() => {
  localStorage.clear();
  forgetMe();
  HTMLElement.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('the form of a request that was sent back', () => {
  it('R13 begins with what was filled in, says why it came back, and is handed in under the same request', async () => {
    const api = server();
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('陈志远退回：请写明交接的课'));
    expect(page.has('重新提交')).toBe(true);
    page.root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await vi.waitFor(() => expect(api.of(`POST ${again}/resubmit`)).toHaveLength(1));
    await settle();
    expect(api.of(`POST ${again}/resubmit`).map((call) => call.body)).toEqual([{ form }]);
    expect(page.router.currentRoute.value.path).toBe('/approvals/i1');
  });

  it('R39 asks for the forecast of this very request, and R21 from the post it was made from', async () => {
    const api = server();
    page = await open();
    await vi.waitFor(() => expect(api.of('POST /api/approvals/forecast').length).toBeGreaterThan(0));
    expect(api.of('POST /api/approvals/forecast')[0]?.body).toMatchObject({
      instanceId: 'i1',
      assignmentId: 'a1',
    });
    expect(page.text()).not.toContain('以哪个岗位申请');
  });

  it('says so when there is nothing to hand in again', async () => {
    server({ [`GET ${again}/form`]: () => problem(409, 'approvals.not_returned', '不在你这里') });
    page = await open();
    expect(page.text()).toContain('这份申请不用重新提交');
  });
});
