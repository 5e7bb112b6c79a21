import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../testing/fake-api.ts';
import { settle } from '../../testing/mount.ts';
import { openPage, type OpenPage } from '../accounts/testing/open-page.ts';
import type { ConsoleFinding, Holder } from './api.ts';
import PersonRightsPage from './PersonRightsPage.vue';
import RightsPage from './RightsPage.vue';
import * as sample from './testing/samples.ts';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});

const holders =
  (code: string, ...items: Holder[]): Answer =>
  () => ({ body: sample.holdersOf(code, items) });

async function open(more: Record<string, Answer> = {}, query = '', role = 'superAdmin'): Promise<void> {
  page = await openPage(
    RightsPage,
    { path: '/console/rights', url: `/console/rights${query}`, role },
    {
      'GET /api/access/roles': () => ({ body: { items: sample.roles } }),
      'GET /api/access/scope': () => ({ body: { isGlobal: true, slices: [] } }),
      'GET /api/access/roles/superAdmin/holders': holders('superAdmin', sample.holder('g1')),
      'GET /api/access/roles/systemAdmin/holders': holders('systemAdmin', sample.holder('g2')),
      'GET /api/access/roles/securityAdmin/holders': holders('securityAdmin'),
      'GET /api/access/roles/auditAdmin/holders': holders('auditAdmin', sample.holder('g3')),
      'GET /api/access/delegations': () => ({
        body: { items: [sample.delegation('d1')], next: null, total: 1 },
      }),
      'GET /api/access/modules': () => ({
        body: {
          items: [
            { key: 'notices', name: '公告', by: [], owner: null, jointOwners: [], managers: [] },
            { key: 'drive', name: '微盘', by: [], owner: null, jointOwners: [], managers: [] },
          ],
        },
      }),
      ...more,
    },
  );
}
async function pickPerson(id: string): Promise<void> {
  await page.type(id, '赵');
  const hit = await vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>('.el-select-dropdown__item .pick-hit');
    if (!found) throw new Error('nobody was found');
    return found;
  }, 5000);
  hit.click();
  await settle();
}
const people: Answer = () => ({
  body: {
    items: [
      { personId: 'zhao', name: '赵老师', unitName: '机电工程学院', title: '', staffNo: 'H1', matched: null },
    ],
    next: null,
  },
});

describe('what the console log shows', () => {
  const finding = (more: Partial<ConsoleFinding> = {}): ConsoleFinding => ({
    findingId: 'f1',
    kind: 'unregistered',
    words: '操作时没有管理员身份',
    operator: { userid: 'zhao', person: { personId: 'zhao', name: '赵老师', unitName: '', title: '' } },
    firstAt: Date.parse('2026-11-20T01:00:00Z'),
    lastAt: Date.parse('2026-11-20T02:00:00Z'),
    times: 2,
    info: '',
    settled: null,
    can: { settle: true },
    ...more,
  });
  const found =
    (refused: number | null, ...items: ConsoleFinding[]): Answer =>
    () => ({ body: { items, next: null, total: items.length, readUntil: 1, refused } });

  it('S2-9d: settled with what came of it; never without', async () => {
    const settled = vi.fn<Answer>(() => ({ body: { ok: true } }));
    await open(
      {
        'GET /api/access/console-log': found(null, finding()),
        'POST /api/access/console-log/f1/settle': settled,
      },
      '?view=consoleLog',
    );
    page.button('处理…').click();
    await settle();
    expect(page.act().disabled).toBe(true);
    await page.type('settle-note', '已在后台撤销');
    page.act().click();
    await settle();
    expect(settled.mock.calls[0]?.[0]).toMatchObject({ body: { note: '已在后台撤销' } });
  });

  it('a log that may not be read says where to allow it; one’s own offers nothing', async () => {
    const own = finding({ can: { settle: false } });
    await open({ 'GET /api/access/console-log': found(48002, own) }, '?view=consoleLog');
    expect(document.body.textContent).toContain('可调用接口的应用');
    expect(document.body.textContent).not.toContain('处理…');
  });
});

describe('who holds what', () => {
  it('H4: the three duties and who holds each; nobody is said as such', async () => {
    await open();
    const duties = [...document.querySelectorAll('.duties > div')].map((each) => each.textContent?.trim());
    expect(duties).toEqual(['系统管理员陈老师', '安全管理员还没有指定', '审计管理员陈老师']);
  });

  it('shows granter, since and until, and what somebody should look at', async () => {
    await open({
      'GET /api/access/roles/superAdmin/holders': holders(
        'superAdmin',
        sample.holder('g1', { warning: '现任职务不在可任范围内', lastOn: '2026-12-31', active: false }),
      ),
    });
    expect(page.text()).toContain('何一鸣');
    expect(page.text()).toContain('12-31');
    expect(page.text()).toContain('账号停用，权限现在不起作用');
    expect(page.text()).toContain('现任职务不在可任范围内');
  });

  it('offers neither giving nor taking where the server gives neither', async () => {
    await open(
      {
        'GET /api/access/roles/auditAdmin/holders': holders(
          'auditAdmin',
          sample.holder('g3', { can: { revoke: false } }),
        ),
      },
      '?role=auditAdmin',
    );
    expect(page.has('授予')).toBe(false);
    expect(page.has('收回')).toBe(false);
    expect(page.text()).toContain('您不能增减这个身份');
  });

  it('gives; what the server refuses stands beside the button and nothing closes', async () => {
    let refused = true;
    await open({
      'GET /api/directory/people': people,
      'POST /api/access/grants': () =>
        refused
          ? problem(422, 'access.exclusive', '“超级管理员”和“审计管理员”不能由同一个人担任。')
          : { body: { grantId: 'g9' } },
    });
    page.button('授予').click();
    await settle();
    expect(page.act().disabled).toBe(true);
    await pickPerson('grant-person');
    page.act().click();
    await settle();
    expect(document.querySelector('.ask [role="alert"]')?.textContent).toContain('不能由同一个人担任');
    refused = false;
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/access/grants').at(-1)?.body).toEqual({
      personId: 'zhao',
      role: 'superAdmin',
      unitId: null,
      lastOn: null,
    });
  });

  it('takes back only after saying what follows; the last super administrator stays (H3)', async () => {
    await open({
      'POST /api/access/grants/g1/revoke': () =>
        problem(422, 'access.last_super_admin', '这是最后一位超级管理员，请先另行指定一位。'),
    });
    page.button('收回').click();
    await settle();
    expect(page.text()).toContain('会被要求重新登录');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/access/grants/g1/revoke')).toHaveLength(1);
    expect(document.querySelector('.ask [role="alert"]')?.textContent).toContain('最后一位超级管理员');
  });
});

describe('delegated administrators (S2-9d)', () => {
  it('shows granter, unit, modules, categories, duty and end', async () => {
    await open({}, '?view=delegations');
    expect(page.text()).toContain('机电工程学院公告、请假销假院内看和办理何一鸣2027-06-30');
  });

  it('changes the terms: all of them are sent, an end is needed', async () => {
    await open(
      { 'POST /api/access/delegations/d1/change': () => ({ body: { ok: true } }) },
      '?view=delegations',
    );
    page.button('改').click();
    await settle();
    await page.tick('微盘');
    await page.type('delegate-until', '');
    expect(page.act().disabled).toBe(true);
    await page.type('delegate-until', '2026-12-31');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/access/delegations/d1/change')[0]?.body).toEqual({
      unitId: 'jidian',
      duty: 'handle',
      modules: ['notices', 'leave', 'drive'],
      categories: ['internal'],
      lastOn: '2026-12-31',
      note: '学院办公室承担日常管理',
    });
  });

  it('ends one', async () => {
    await open(
      { 'POST /api/access/delegations/d1/end': () => ({ body: { ok: true } }) },
      '?view=delegations',
    );
    page.button('结束').click();
    await settle();
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/access/delegations/d1/end')).toHaveLength(1);
  });

  it('who may not delegate gets no button', async () => {
    await open({}, '?view=delegations', 'auditAdmin');
    expect(page.has('设分级管理员')).toBe(false);
  });
});

describe('departments without a liaison (S2-3)', () => {
  it('leads to the role, for that unit', async () => {
    await open(
      {
        'GET /api/access/vacancies': () => ({
          body: { items: [{ unitId: 'xinxi', name: '信息工程学院' }], next: null, total: 1 },
        }),
        'GET /api/access/roles/liaison/holders': holders('liaison'),
      },
      '?view=vacancies',
    );
    page.button('指定').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ role: 'liaison', unit: 'xinxi' });
    expect(page.calls.of('GET /api/access/roles/liaison/holders').at(-1)?.path).toContain('unitId=xinxi');
  });
});

describe('one person', () => {
  it('everything is there; what follows from the directory says so', async () => {
    page = await openPage(
      PersonRightsPage,
      {
        path: '/console/rights/people/:personId',
        url: '/console/rights/people/zhao',
        props: { personId: 'zhao' },
      },
      {
        'GET /api/access/people/zhao/rights': () => ({
          body: {
            person: { personId: 'zhao', name: '赵老师', unitName: '机电工程学院', title: '副院长' },
            active: true,
            roles: [
              {
                grantId: null,
                role: 'unitHead',
                roleName: '部门负责人',
                unit: { unitId: 'jidian', name: '机电工程学院' },
                sinceAt: null,
                lastOn: null,
                grantedBy: null,
                can: { revoke: false },
              },
            ],
            delegations: [sample.delegation('d1')],
          },
        }),
      },
    );
    expect(page.text()).toContain('部门负责人机电工程学院由岗位得来，不能单独增减');
    expect(page.text()).toContain('学院办公室承担日常管理');
  });
});
