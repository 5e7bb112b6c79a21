import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import OrgPage from './OrgPage.vue';
import { item, people, unit, unitAnswer } from './testing/samples.ts';

let page: Mounted;
const asked = (path: string) => Object.fromEntries(new URL(path, 'http://x').searchParams);
const units = (...items: ReturnType<typeof unit>[]) => ({
  body: { items, next: null, total: items.length, people: 600 },
});
const tree: Answer = ({ path }) => {
  const { parentId, q } = asked(path);
  if (q !== undefined) return units();
  if (parentId === undefined) return units(unit('d00', '海州职业技术学院', { people: 600, childCount: 2 }));
  if (parentId === 'd00')
    return units(unit('d20', '信息工程学院', { people: 64, childCount: 1 }), unit('d05', '人事处'));
  return units(unit('d2001', '软件技术教研室', { people: 16 }));
};
const open = async (query = '', more: Record<string, Answer> = {}) => {
  const calls = fakeApi({
    'GET /api/access/units': tree,
    'GET /api/access/units/d00': () => ({
      body: unitAnswer({ unitId: 'd00', name: '海州职业技术学院', path: [] }),
    }),
    'GET /api/access/units/d20': () => ({ body: unitAnswer() }),
    'GET /api/access/units/d2001': () => ({
      body: unitAnswer({
        unitId: 'd2001',
        name: '软件技术教研室',
        path: [
          { unitId: 'd00', name: '海州职业技术学院', open: false },
          { unitId: 'd20', name: '信息工程学院', open: true },
          { unitId: 'd2001', name: '软件技术教研室', open: true },
        ],
      }),
    }),
    'GET /api/access/people': () => people([item('p1', '张雨桐')]),
    ...more,
  });
  page = await mountPage(OrgPage, '/console/org', `/console/org${query}`);
  return calls;
};
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const names = () => [...page.root.querySelectorAll('.tree-words')].map((each) => each.textContent?.trim());

describe('the organisation', () => {
  it('opens at the top of the scope, one level below it already open', async () => {
    const calls = await open();
    expect(names()).toEqual(['海州职业技术学院', '信息工程学院', '人事处']);
    expect(page.text()).toContain('范围内共 600 人');
    expect(page.root.querySelector('h1')?.textContent).toBe('海州职业技术学院');
    // What is below a closed unit is not asked for.
    expect(calls.of('GET /api/access/units').map(({ path }) => asked(path)['parentId'])).toEqual([
      undefined,
      'd00',
    ]);
  });

  it('a unit is opened in place, and chosen with its people', async () => {
    const calls = await open();
    page.button('展开信息工程学院').click();
    await settle();
    expect(names()).toContain('软件技术教研室');
    page.button('信息工程学院64').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ unit: 'd20' });
    expect(asked(calls.of('GET /api/access/people').at(-1)?.path ?? '')).toEqual({ unitId: 'd20' });
    // A leader outside the scope is named, without a page behind it.
    const links = [...page.root.querySelectorAll('.unit-facts a')].map((a) => a.textContent);
    expect(links).toEqual(['陈志远']);
    expect(page.text()).toContain('赵明德');
  });

  it('a link to a unit opens the tree down to it', async () => {
    await open('?unit=d2001');
    expect(page.root.querySelector('.tree-row.on')?.textContent).toContain('软件技术教研室');
  });

  it('shows everything as it was on a day, and the way back', async () => {
    const calls = await open('?unit=d20&on=2026-03-01');
    expect(page.text()).toContain('2026-03-01 的样子');
    for (const key of ['GET /api/access/units', 'GET /api/access/units/d20', 'GET /api/access/people'])
      expect(calls.of(key).every(({ path }) => asked(path)['on'] === '2026-03-01')).toBe(true);
    // Locks of the past are not known.
    expect(page.root.querySelector('[role="radiogroup"]')).toBeNull();
    expect(page.text()).not.toContain('正常');
    page.button('回到今天').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ unit: 'd20' });
  });

  it('tells how a unit was called before', async () => {
    await open('?unit=d20', {
      'GET /api/access/units/d20': () => ({
        body: unitAnswer({
          versions: [
            { name: '信息工程学院', parentName: '学校', sinceOn: '2024-09-01', untilOn: null },
            { name: '计算机系', parentName: '学校', sinceOn: null, untilOn: '2024-09-01' },
          ],
        }),
      }),
    });
    expect(page.text()).toContain('2024-09-01 — 现在');
    expect(page.text()).toContain('建档起 — 2024-09-01计算机系');
  });

  it('a unit outside the scope is unknown; a scope without units says so', async () => {
    await open('?unit=d99', {
      'GET /api/access/units/d99': () => problem(404, 'access.unknown_unit', '没有找到这个单位。'),
    });
    expect(page.text()).toContain('没有找到这个单位');
    page.app.unmount();
    await open('', { 'GET /api/access/units': () => units() });
    expect(page.text()).toContain('您的范围里没有单位');
  });
});
