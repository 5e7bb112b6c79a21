import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DelegationView } from '../../../../server/features/delegations/contract.ts';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import { toasts } from '../../ui/toast.ts';
import DelegationsPage from './DelegationsPage.vue';
import { requestOf, startOf, type Draft } from './draft.ts';

const someone = (name: string) => ({ personId: name, name, unitName: '信息工程学院' });
const given: DelegationView = {
  delegationId: 'd1',
  principal: someone('陈志远'),
  agent: someone('吴敏'),
  fromOn: '2026-11-23',
  untilOn: '2026-11-26',
  daysWords: '11-23 至 11-25',
  scopeWords: '全部审批',
  atEndWords: '结束后没处理完的退回本人',
  atEnd: 'return',
  takesOpen: true,
  state: 'inForce',
  stateWords: '代理中',
  side: 'given',
  canEnd: true,
};

let page: Mounted;
afterEach(() => {
  page?.app.unmount();
  vi.unstubAllGlobals();
});
async function open(more: Record<string, Answer> = {}): Promise<ReturnType<typeof fakeApi>> {
  const api = fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/delegations': ({ path }) => ({
      body: { items: path.includes('side=given') ? [given] : [], next: null },
    }),
    ...more,
  });
  page = await mountPage(DelegationsPage, '/delegations', '/delegations');
  return api;
}

describe('standing agents', () => {
  it('says who decides for me, until when, and takes it back after a question', async () => {
    const ended = vi.fn(() => ({ body: { delegation: { ...given, state: 'ended', canEnd: false } } }));
    await open({ 'POST /api/delegations/d1/end': ended });
    expect(page.text()).toContain('吴敏');
    expect(page.text()).toContain('11-23 至 11-25 · 全部审批');
    expect(page.text()).toContain('没有人请你代理');
    page.button('收回').click();
    await settle();
    expect(page.text()).toContain('没处理完的会退回本人。');
    expect(ended).not.toHaveBeenCalled();
    page.root.ownerDocument.querySelector<HTMLButtonElement>('dialog .btn.danger')?.click();
    await settle();
    expect(ended).toHaveBeenCalledTimes(1);
    expect(toasts.now?.words).toBe('已收回');
  });

  it('keeps the question and says why when it cannot be taken back', async () => {
    await open({
      'POST /api/delegations/d1/end': () => problem(404, 'delegations.not_found', '没有找到这条代理。'),
    });
    page.button('收回').click();
    await settle();
    page.root.ownerDocument.querySelector<HTMLButtonElement>('dialog .btn.danger')?.click();
    await settle();
    expect(page.text()).toContain('没有找到这条代理。');
  });
});

describe('what the form sends', () => {
  const draft: Draft = {
    ...startOf({ from: '2026-11-30', to: '2026-12-01' }),
    agent: someone('吴敏') as never,
  };

  it('a half-open range: the last day counts', () => {
    expect(requestOf(draft)).toEqual({
      agentId: '吴敏',
      fromOn: '2026-11-30',
      untilOn: '2026-12-02',
      scope: { kind: 'all' },
      takesOpen: true,
      atEnd: 'return',
    });
  });

  it.each([
    ['needAgent', { agent: null }],
    ['needDays', { to: '' }],
    ['needOrder', { to: '2026-11-29' }],
    ['needKinds', { scope: 'templates' }],
    ['needKinds', { scope: 'groups' }],
  ] as const)('%s', (fault, change) => {
    expect(requestOf({ ...draft, ...change })).toBe(fault);
  });

  it('groups of the service hall, where they are asked for', () => {
    expect(requestOf({ ...draft, scope: 'groups', groups: ['教学'], keys: ['leave'] })).toMatchObject({
      scope: { kind: 'groups', groups: ['教学'] },
    });
  });

  it('takes nothing from a link but dates', () => {
    expect(startOf({ from: 'javascript:', to: ['2026-11-30'] })).toMatchObject({ from: '', to: '' });
  });
});
