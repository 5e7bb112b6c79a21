import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import { mayOpen } from '../session.ts';
import type { Package, Packages } from './api.ts';
import PackagesPage from './PackagesPage.vue';
import { w } from './words.ts';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const ME = { 'GET /api/me': () => ({ body: sample.person() }) };
const PATH = '/console/packages';
const LIST = '/api/approvals/packages';

const one = (more: Partial<Package>): Package => ({
  packageId: 'k1',
  templateTitle: null,
  unitName: null,
  fromOn: '2026-11-01',
  toOn: '2026-11-30',
  state: 'making',
  cases: 40,
  done: 7,
  bytes: null,
  askedAt: 0,
  endedAt: null,
  takenAt: null,
  ...more,
});
const answer = (items: Package[]): Packages => ({
  items,
  next: null,
  total: items.length,
  templates: [{ key: 'leave', title: '请假' }],
  units: [{ unitId: 'u1', name: '信息工程学院' }],
  mostCases: 500,
});

describe('packages of a period', () => {
  it('says how far each is, and offers what is ready', async () => {
    const items = [
      one({}),
      one({
        packageId: 'k2',
        state: 'ready',
        bytes: 3_355_443,
        done: 40,
        takenAt: 1,
        templateTitle: '<i>请假</i>',
      }),
      one({ packageId: 'k3', state: 'failed' }),
    ];
    fakeApi({ ...ME, [`GET ${LIST}`]: () => ({ body: answer(items) }) });
    page = await mountPage(PackagesPage, PATH, PATH);
    await settle();
    for (const words of ['已做 7 / 40 件', '3.2 MB', '取过', '没有做成', '<i>请假</i>', '我负责的全部部门'])
      expect(page.text()).toContain(words);
    const links = [...page.root.querySelectorAll<HTMLAnchorElement>('a[download]')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual([`${LIST}/k2/file`]);
  });

  it('asks for a range with what for, and shows a refusal', async () => {
    const calls = fakeApi({
      ...ME,
      [`GET ${LIST}`]: () => ({ body: answer([]) }),
      [`POST ${LIST}`]: () => problem(422, 'approvals.package_too_large', '一份卷宗最多 500 件'),
    });
    page = await mountPage(PackagesPage, PATH, PATH);
    await settle();
    expect(page.text()).toContain(w.none);
    page.button(w.ask).click();
    await settle();
    const type = (id: string, value: string): void => {
      const input = document.querySelector<HTMLInputElement>(`#${id}`);
      if (!input) throw new Error(`no #${id}`);
      input.value = value;
      input.dispatchEvent(new Event('input'));
    };
    type('package-from', '2026-11-01');
    type('package-to', '2026-11-30');
    type('package-purpose', '交审计');
    await settle();
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('button')];
    buttons.findLast((button) => button.textContent?.trim() === w.ask)?.click();
    await settle();
    expect(calls.of(`POST ${LIST}`).map(({ body }) => body)).toEqual([
      { fromOn: '2026-11-01', toOn: '2026-11-30', purpose: '交审计' },
    ]);
    expect(document.body.textContent).toContain('一份卷宗最多 500 件');
  });

  it('H1 is there for heads and super administrators', () => {
    const [hr] = sample.person().roles;
    if (!hr) throw new Error('no role');
    const as = (role: string) => mayOpen({ ...sample.person(), roles: [{ ...hr, role }] }, 'packages');
    expect(['unitHead', 'superAdmin', 'staff', 'liaison'].map(as)).toEqual([true, true, false, false]);
  });
});
