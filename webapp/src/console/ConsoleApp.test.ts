import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter, type RouteMeta } from 'vue-router';
import { fakeApi, problem } from '../testing/fake-api.ts';
import { settle } from '../testing/mount.ts';
import ConsoleApp from './ConsoleApp.vue';
import { loadMe, me, meFailure } from './session.ts';
import * as sample from './testing/samples.ts';

let unmount = (): void => {};
async function open(path = '/console/hr/batches', meta: RouteMeta = {}): Promise<HTMLElement> {
  const Page = defineComponent({ render: () => h('h1', '这里是页面') });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: Page, meta }],
  });
  await router.push(path);
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const app = createApp(ConsoleApp).use(router);
  app.mount(root);
  unmount = () => app.unmount();
  await settle();
  return root;
}

beforeEach(() => {
  me.value = null;
  meFailure.value = null;
});
afterEach(() => {
  unmount();
  vi.unstubAllGlobals();
});

describe('the shell', () => {
  it('shows who you are and only the entries that exist', async () => {
    me.value = sample.person();
    const root = await open();
    expect(root.querySelector('.who-open')?.textContent).toContain('人事处 李老师');
    expect([...root.querySelectorAll('nav.side a')].map((a) => a.textContent?.trim())).toEqual([
      '组织架构',
      '人员',
      '人事导入',
      '执行记录',
      '数据来源',
      '名单与标签',
      '通讯录差异',
      '更正申请',
      '证件照',
      '承诺与知晓',
      '档案审核',
      '数据质量',
      '账号申请',
      '新人',
      '锁定',
      '注销与交接',
      '逾期清单',
      '月度巡检',
      '系统登记',
      '会议室',
      '假期余额',
      '审批模板',
      '保存期限',
    ]);
    expect(root.querySelector('[aria-current="page"]')?.textContent).toContain('人事导入');
    expect(root.textContent).toContain('这里是页面');
    expect(root.querySelector('a.skip')?.getAttribute('href')).toBe('#content');
  });

  it('a plan’s run belongs to the import, the list of runs is its own entry', async () => {
    me.value = sample.person();
    let root = await open('/console/hr/plans/pl1/run');
    expect(root.querySelector('nav.side [aria-current]')?.textContent).toContain('人事导入');
    unmount();
    root = await open('/console/hr/runs');
    expect(root.querySelector('nav.side [aria-current]')?.textContent).toContain('执行记录');
  });

  it.each([
    ['hrMaintainer', true],
    ['superAdmin', true],
    ['moduleManager', false],
  ])('%s may see the HR pages: %s', async (role, may) => {
    me.value = sample.person([{ role, roleName: role, scopeUnitName: null }]);
    const root = await open();
    expect(root.textContent?.includes('这里是页面')).toBe(may);
  });

  it.each([
    ['systemAdmin', ['账号申请', '文件交换', '月度巡检'], ['人事导入', '权限']],
    ['hrHead', ['账号申请', '月度巡检'], ['文件交换', '人事导入', '权限']],
    ['liaison', ['账号申请', '锁定', '注销与交接', '逾期清单'], ['月度巡检', '文件交换', '权限']],
    ['auditAdmin', ['权限'], ['账号申请', '人事导入']],
    ['moduleManager', ['审批模板'], ['账号申请', '权限', '人事导入']],
  ])('%s finds %j and not %j', async (role, there, absent) => {
    me.value = sample.person([{ role, roleName: role, scopeUnitName: null }]);
    const root = await open();
    const words = [...root.querySelectorAll('nav.side a')].map((a) => a.textContent?.trim());
    expect(words).toEqual(expect.arrayContaining(there));
    expect(words.filter((each) => absent.includes(each ?? ''))).toEqual([]);
  });

  it('a page is opened by its own roles, not by those of the HR pages', async () => {
    me.value = sample.person([{ role: 'auditAdmin', roleName: '审计管理员', scopeUnitName: null }]);
    const root = await open('/console/rights', { area: 'rights' });
    expect(root.textContent).toContain('这里是页面');
    unmount();
    me.value = sample.person([{ role: 'liaison', roleName: '信息联络员', scopeUnitName: null }]);
    const other = await open('/console/rights', { area: 'rights' });
    expect(other.textContent).not.toContain('这里是页面');
    expect(other.textContent).toContain('由企业创建者、超级管理员、安全管理员和审计管理员看');
  });

  it('without the right it says whose the page is and how to get it, and shows no entries', async () => {
    me.value = sample.person([]);
    const root = await open();
    expect(root.textContent).toContain('您没有看人事导入的权限');
    expect(root.textContent).toContain('由人事处的花名册维护人和超级管理员管');
    expect(root.textContent).toContain('由超级管理员授予“花名册维护”');
    expect(root.querySelectorAll('nav.side a')).toHaveLength(0);
  });

  it('tells when it cannot be found out who you are, and asks again', async () => {
    let round = 0;
    fakeApi({
      'GET /api/me': () => {
        round += 1;
        return round === 1 ? problem(503, 'http.internal', '服务暂时没有回应') : { body: sample.person() };
      },
    });
    await loadMe().catch(() => undefined);
    const root = await open();
    expect(root.textContent).toContain('服务暂时没有回应');
    root.querySelector<HTMLButtonElement>('.btn.primary')?.click();
    await settle();
    expect(root.textContent).toContain('这里是页面');
  });

  it('the personal menu opens with the focus in it and Escape gives it back', async () => {
    me.value = sample.person();
    const root = await open();
    const opener = root.querySelector<HTMLButtonElement>('.who-open');
    opener?.click();
    await settle();
    const box = root.querySelector('.who-box');
    expect(box?.contains(document.activeElement)).toBe(true);
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle();
    expect(root.querySelector('.who-box')).toBeNull();
    expect(document.activeElement).toBe(opener);
  });

  it('a chosen theme is kept for the next visit', async () => {
    me.value = sample.person();
    const root = await open();
    root.querySelector<HTMLButtonElement>('.who-open')?.click();
    await settle();
    const { theme, keepTheme } = await import('./theme/theme.ts');
    keepTheme();
    root.querySelector<HTMLInputElement>('input[value="dark"]')?.click();
    await settle();
    expect([theme.value, localStorage.getItem('console:theme')]).toEqual(['dark', 'dark']);
    expect(document.documentElement.classList.contains('dark')).toBe(true);
    theme.value = 'system';
    await settle();
    expect(localStorage.getItem('console:theme')).toBeNull();
  });
});
