import type { InstanceAnswer } from '../api/shapes.ts';
import DetailPage from '../features/approvals/DetailPage.vue';
import { fakeApi, type Answer } from './fake-api.ts';
import { mountPage, type Mounted } from './mount.ts';
import { instance, me } from './samples.ts';

/** Where the server has the request of these tests. */
export const REQUEST = '/api/approvals/instances/i1';

/** A server that knows one request, and what else the test needs of it. */
export const requestServer = (part: Partial<InstanceAnswer> = {}, more: Record<string, Answer> = {}) =>
  fakeApi({
    'GET /api/me': () => ({ body: me }),
    [`GET ${REQUEST}`]: () => ({ body: instance(part) }),
    [`POST ${REQUEST}/read`]: () => ({ body: { ok: true } }),
    ...more,
  });

/** Its page, as a link with this hash opens it. */
export const openRequest = (hash = ''): Promise<Mounted> =>
  mountPage(DetailPage, '/approvals/:instanceId', `/approvals/i1${hash}`, { instanceId: 'i1' });
