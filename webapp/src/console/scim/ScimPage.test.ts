import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import type { ScimKey, ScimSource, ScimSources } from './api.ts';
import ScimPage from './ScimPage.vue';

const base = '/api/hr/scim';
const DAY_MS = 86_400_000;
let page: Mounted;
afterEach(() => {
  page.app.unmount();
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const key = (part: Partial<ScimKey> = {}): ScimKey => ({
  keyId: 'k1',
  hint: 'aB3x',
  state: 'valid',
  createdAt: sample.at,
  createdBy: '赵老师',
  expiresAt: sample.at + 300 * DAY_MS,
  revokedAt: null,
  lastUsedAt: sample.at,
  ...part,
});
const source = (part: Partial<ScimSource> = {}): ScimSource => ({
  source: 'idp',
  name: '统一身份认证',
  createdAt: sample.at,
  createdBy: '赵老师',
  acceptedAt: null,
  acceptedBy: null,
  linked: { people: 1246, units: 86 },
  today: { taken: 0, refused: 2 },
  keys: [key()],
  can: { accept: false, why: null },
  ...part,
});
const all = { keys: true, acts: true };

async function open(
  items: ScimSource[],
  can: ScimSources['can'] = all,
  more: Record<string, Answer> = {},
): Promise<ReturnType<typeof fakeApi>> {
  vi.useFakeTimers({ toFake: ['Date'], now: sample.at });
  const body: ScimSources = { items, baseUrl: 'https://oa.example.edu.cn/scim/v2', can };
  const server = fakeApi({
    'GET /api/me': () => ({ body: sample.person() }),
    [`GET ${base}/sources`]: () => ({ body }),
    ...more,
  });
  page = await mountPage(ScimPage, '/console/sources/scim', '/console/sources/scim');
  return server;
}
const fill = async (id: string, value: string): Promise<void> => {
  const field = document.querySelector<HTMLInputElement>(`#${id}`);
  if (!field) throw new Error(`no field ${id}`);
  field.value = value;
  field.dispatchEvent(new Event('input'));
  await settle();
};
const press = async (words: string): Promise<void> => {
  page.button(words).click();
  await settle();
};
const act = (): HTMLButtonElement => {
  const found = [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1);
  if (!found) throw new Error('no dialog');
  return found;
};

describe('identity systems', () => {
  it('tell what each may, what it is tied to, and how its keys stand', async () => {
    await open([
      source({
        keys: [
          key({ expiresAt: sample.at + 5 * DAY_MS }),
          key({ keyId: 'k2', hint: 'old1', state: 'revoked', revokedAt: sample.at }),
          key({ keyId: 'k3', hint: 'cli1', createdBy: null, expiresAt: null, lastUsedAt: null }),
        ],
      }),
    ]);
    for (const words of [
      'https://oa.example.edu.cn/scim/v2',
      '还没确认',
      '1,246',
      '还有 5 天到期',
      '已停用',
      '在服务器上',
      '不到期',
      '没有用过',
    ])
      expect(page.text()).toContain(words);
    expect(page.has('停用…cli1')).toBe(true);
    expect(page.has('停用…old1')).toBe(false);
  });

  it('H3 without the right to give keys there are no buttons for them', async () => {
    await open([source()], { keys: false, acts: false });
    for (const words of ['发密钥…', '登记身份系统…', '停用…', '看记录', '确认这个系统…'])
      expect(page.has(words)).toBe(false);
    page.app.unmount();
    await open([], { keys: false, acts: true });
    expect(page.text()).toContain('登记和发密钥由超级管理员办');
  });

  it('a key is shown once, with its last day', async () => {
    const server = await open([source()], all, {
      [`POST ${base}/sources/idp/keys`]: () => ({ body: { key: 'scim_once' } }),
    });
    await press('发密钥…');
    await fill('scim-until', '2027-06-30');
    act().click();
    await settle();
    expect(server.of(`POST ${base}/sources/idp/keys`)[0]?.body).toEqual({ lastOn: '2027-06-30' });
    expect(page.text()).toContain('scim_once');
    await press('我已交给对方');
    expect(page.text()).not.toContain('scim_once');
  });

  it('a system is set up by a code that is checked before it is sent', async () => {
    const server = await open([], all, { [`POST ${base}/sources`]: () => ({ body: { ok: true } }) });
    await press('登记身份系统…');
    await fill('scim-name', '统一身份认证');
    await fill('scim-code', 'IDP 1');
    expect(act().disabled).toBe(true);
    expect(page.text()).toContain('代号只能用小写字母');
    await fill('scim-code', 'idp-1');
    act().click();
    await settle();
    expect(server.of(`POST ${base}/sources`)[0]?.body).toEqual({ source: 'idp-1', name: '统一身份认证' });
  });

  it('a key is revoked after being told that it was used', async () => {
    const server = await open([source()], all, {
      [`POST ${base}/keys/k1/revoke`]: () => ({ body: { ok: true } }),
    });
    await press('停用…');
    expect(page.text()).toContain('还用过');
    act().click();
    await settle();
    expect(server.of(`POST ${base}/keys/k1/revoke`)).toHaveLength(1);
  });

  it('A7 D3 it is accepted by somebody else, who types what it may; who set it up is told why not', async () => {
    const server = await open(
      [
        source({ can: { accept: true, why: null } }),
        source({ source: 'mine', can: { accept: false, why: 'own' } }),
      ],
      all,
      { [`POST ${base}/sources/idp/accept`]: () => ({ body: { ok: true } }) },
    );
    expect(page.text()).toContain('您登记的，要由另一位人事确认');
    await press('确认这个系统…');
    expect(page.text()).toContain('今天拦下了它 2 次');
    expect(act().disabled).toBe(true);
    await fill('scim-phrase', '让统一身份认证改人员和账号');
    act().click();
    await settle();
    expect(server.of(`POST ${base}/sources/idp/accept`)).toHaveLength(1);
  });

  it('shows what it did and what it was not let do', async () => {
    const target = { type: 'person', id: 'p9', name: '张老师', ref: 'H9' };
    const row = { id: 'a1', at: sample.at, action: 'directory.changed', target, result: 'ok' };
    await open([source()], all, {
      [`GET ${base}/sources/idp/acts`]: () => ({
        body: {
          items: [row, { ...row, id: 'a2', action: 'scim.end', result: 'scim.over_limit' }],
          next: null,
        },
      }),
    });
    await press('看记录');
    for (const words of ['改资料', '张老师', '没有办超过当天上限', '原因在对方系统的日志里'])
      expect(page.text()).toContain(words);
  });

  it('a failed list says so', async () => {
    await open([], all, {
      [`GET ${base}/sources`]: () => problem(500, 'http.internal', '服务器出错'),
    });
    expect(page.text()).toContain('没取到身份系统清单');
  });
});
