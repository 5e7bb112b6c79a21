import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../../api/connection.ts';
import { forgetMe } from '../../../session.ts';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import FillPage from '../FillPage.vue';
import { me, request, sender } from '../testing/samples.ts';
import NewcomerPage from './NewcomerPage.vue';

const options = {
  today: '2026-11-23',
  systems: [
    { code: 'wecom', name: '企业微信', byDefault: true },
    { code: 'oa', name: 'OA', byDefault: true },
    { code: 'library', name: '图书系统', byDefault: false },
  ],
};
const answer = (more: object = {}) => ({
  body: { outcome: 'done', requestId: 'r1', status: 'awaiting', missing: [], faults: [], ...more },
});
const server = (more: Record<string, Answer> = {}) =>
  fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/accounts/newcomer-options': () => ({ body: options }),
    'POST /api/accounts/newcomers': () => answer(),
    'PUT /api/accounts/newcomers/r1': () => answer(),
    ...more,
  });

let page: Mounted;
async function type(name: string, text: string): Promise<void> {
  const field = page.root.querySelector<HTMLInputElement>(`#field-${name}`);
  if (!field) throw new Error(`no field ${name}`);
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await settle();
}
async function send(): Promise<void> {
  page.root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle(20);
}
async function fill(): Promise<void> {
  await type('name', '丁若兰');
  await type('idNumber', '11010519491231002x');
  await type('mobile', '13800009901');
  await type('title', '讲师');
  await type('letter-number', '信工函〔2026〕12 号');
}

beforeEach(() => {
  localStorage.clear();
  connection.down = false;
  forgetMe();
  HTMLElement.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('reporting a newcomer (S3-1a)', () => {
  const open = () => mountPage(NewcomerPage, '/accounts/newcomer', '/accounts/newcomer');

  it('begins with today, the own unit, the establishment and the usual systems; five fields are typed', async () => {
    const api = server();
    page = await open();
    await settle();
    await fill();
    await send();
    expect(api.of('POST /api/accounts/newcomers')[0]?.body).toEqual({
      newcomer: {
        name: '丁若兰',
        idType: 'residentId',
        idNumber: '11010519491231002x',
        mobile: '13800009901',
        sex: null,
        title: '讲师',
        personCategory: 'internal',
        establishment: 'established',
      },
      form: { unitId: expect.any(String), reportOn: '2026-11-23', category: 'established' },
      letter: { number: '信工函〔2026〕12 号', fileId: null },
    });
    expect(page.router.currentRoute.value.path).toBe('/accounts/requests/r1');
  });

  it('H6 keeps nothing of it on the device', async () => {
    server();
    page = await open();
    await settle();
    await fill();
    page.app.unmount();
    expect(JSON.stringify({ ...localStorage })).not.toMatch(/1101051949|13800009901|丁若兰/);
  });

  it('shows each fault beside its field and keeps what was typed', async () => {
    const faults = [
      { field: 'idNumber', code: 'accounts.newcomer_check_digit', words: '校验位不对' },
      { field: 'mobile', code: 'accounts.newcomer_mobile', words: '请填 11 位手机号' },
    ];
    server({
      'POST /api/accounts/newcomers': () =>
        answer({ outcome: 'faulty', requestId: null, status: null, faults }),
    });
    page = await open();
    await settle();
    await fill();
    await send();
    expect(page.root.querySelector('#at-idNumber')?.textContent).toContain('校验位不对');
    expect(page.root.querySelector('#at-mobile')?.textContent).toContain('请填 11 位手机号');
    expect(page.root.querySelector<HTMLInputElement>('#field-idNumber')?.getAttribute('aria-invalid')).toBe(
      'true',
    );
    expect(page.root.querySelector<HTMLInputElement>('#field-name')?.value).toBe('丁若兰');
  });

  it('S3-1b what is missing stands beside its field, and the same request is filled again', async () => {
    const api = server({
      'POST /api/accounts/newcomers': () =>
        answer({ outcome: 'returned', status: 'returned', missing: ['函（文号或附件）'] }),
    });
    page = await open();
    await settle();
    await fill();
    await send();
    expect(page.root.querySelector('#at-letter')?.textContent).toContain('单位的函');
    await send();
    expect(api.of('POST /api/accounts/newcomers')).toHaveLength(1);
    expect(api.of('PUT /api/accounts/newcomers/r1')).toHaveLength(1);
  });

  it('says why when the server refuses', async () => {
    server({
      'POST /api/accounts/newcomers': () => problem(403, 'accounts.not_your_unit', '只能办本单位的事。'),
    });
    page = await open();
    await settle();
    await fill();
    await send();
    expect(page.text()).toContain('只能办本单位的事。');
  });
});

describe('what came back', () => {
  const newcomer = {
    state: 'filling' as const,
    name: '丁若兰',
    sex: null,
    idType: 'residentId' as const,
    idTypeWords: '居民身份证',
    idNumber: '110***********002X',
    mobile: '138****9901',
    title: '讲师',
    personCategory: 'internal' as const,
    personCategoryWords: '院内',
    establishment: 'established' as const,
    establishmentWords: '在编',
    linkedWords: null,
  };

  it('H6 is filled again without the numbers, which stay as they were', async () => {
    const returned = request('r1', {
      kind: 'open',
      status: 'returned',
      missing: ['证件号码'],
      newcomer,
      hasPerson: false,
      senders: [sender()],
      filled: {
        kind: 'open',
        form: {
          unitId: 'u20',
          reportOn: '2026-11-23',
          category: 'established',
          systems: null,
          need: '',
          originUnit: '',
          untilOn: null,
          reason: '',
        },
      },
      can: { fill: true, submit: ['u20'] },
    });
    const api = server({ 'GET /api/accounts/requests/r1': () => ({ body: returned }) });
    page = await mountPage(FillPage, '/accounts/requests/:requestId/fill', '/accounts/requests/r1/fill', {
      requestId: 'r1',
    });
    await settle(20);
    expect(page.text()).toContain('证件号码');
    expect(page.root.querySelector<HTMLInputElement>('#field-idNumber')?.placeholder).toContain('002X');
    await type('title', '副教授');
    await send();
    expect(api.of('PUT /api/accounts/newcomers/r1')[0]?.body).toMatchObject({
      newcomer: { name: '丁若兰', idNumber: null, mobile: null, title: '副教授' },
    });
  });
});
