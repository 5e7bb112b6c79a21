import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../../api/connection.ts';
import { forgetMe } from '../../../session.ts';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import type { LetterAccount } from '../shapes.ts';
import { accountOf, letter, letterAccounts, me, NOW } from '../testing/samples.ts';
import { sheetOpen } from '../testing/sheet-open.ts';
import LetterPage from './LetterPage.vue';

const open = (): Promise<Mounted> =>
  mountPage(LetterPage, '/accounts/letters/:letterId', '/accounts/letters/l1', { letterId: 'l1' });
const path = (id: string): string => `POST /api/accounts/letter-items/${id}/reply`;

/** A letter that remembers its answers, as the server does. */
function server(replies: Record<string, Answer>) {
  const accounts = [accountOf('a', '李晓明'), accountOf('b', '孙悦'), accountOf('c', '郑凯')];
  const said: Record<string, LetterAccount['reply']> = {};
  const begun: Record<string, string | null> = {};
  const now = () =>
    accounts.map((one) => ({
      ...one,
      reply: said[one.letterItemId] ?? null,
      requestId: begun[one.letterItemId] ?? null,
    }));
  const api = fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/accounts/letters/l1': () => ({ body: letter(now()) }),
    'GET /api/accounts/letters/l1/accounts': ({ path: asked }) => ({ body: letterAccounts(now(), asked) }),
    ...Object.fromEntries(
      Object.entries(replies).map(([id, answer]): [string, Answer] => [
        path(id),
        async (call) => {
          const reply = await answer(call);
          const ok = typeof reply !== 'function' && (reply.status ?? 200) < 300;
          if (ok) said[id] = { ...(call.body as { kind: string; reason: string }), at: NOW };
          if (ok) begun[id] = (reply as { body: { requestId: string | null } }).body.requestId;
          return reply;
        },
      ]),
    ),
  });
  return api;
}
const ok: Answer = () => ({ body: { requestId: null } });
const radio = (value: string): HTMLInputElement | null =>
  document.querySelector(`dialog input[type="radio"][value="${value}"]`);
async function choose(value: string): Promise<void> {
  radio(value)?.dispatchEvent(new Event('change'));
  await settle();
}
async function write(text: string): Promise<void> {
  const area = document.querySelector<HTMLTextAreaElement>('dialog textarea');
  if (area) area.value = text;
  area?.dispatchEvent(new Event('input'));
  await settle();
}
async function send(): Promise<void> {
  document.querySelector<HTMLElement>('dialog footer button')?.click();
  await settle(24);
}

let page: Mounted;
beforeEach(() => {
  connection.down = false;
  forgetMe();
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('the monthly letter (S3-4)', () => {
  it('S3-4e: answers several accounts at once, with a reason per account', async () => {
    const api = server({ a: ok, b: ok, c: ok });
    page = await open();
    page.button('全选').click();
    await settle();
    page.button('答复 3 个账号').click();
    await sheetOpen();
    await choose('keep');
    await send();
    expect(page.text()).toContain('请写明原因');
    await write('外出实习带队');
    await send();
    for (const id of ['a', 'b', 'c']) {
      expect(api.of(path(id))[0]?.body).toEqual({
        kind: 'keep',
        reason: '外出实习带队',
        leftOn: null,
        leavingReason: null,
      });
    }
    expect(page.text()).toContain('都答复完了');
  });

  it('one that is refused says why and stays; the rest is answered', async () => {
    server({ a: ok, b: () => problem(403, 'accounts.own_request', '要由别人办。'), c: ok });
    page = await open();
    page.button('全选').click();
    await settle();
    page.button('答复 3 个账号').click();
    await sheetOpen();
    await choose('keep');
    await write('在用');
    await send();
    expect(page.root.querySelectorAll('.letter-pick')).toHaveLength(1);
    expect(page.text()).toContain('要由别人办。');
    expect(page.root.querySelector<HTMLInputElement>('.letter-box')?.checked).toBe(true);
  });

  it('stops asking once the network is gone, and nothing is lost', async () => {
    const gone: Answer = () => () => Promise.reject(new TypeError('offline'));
    const api = server({ a: gone, b: ok, c: ok });
    page = await open();
    page.button('全选').click();
    await settle();
    page.button('答复 3 个账号').click();
    await sheetOpen();
    await choose('keep');
    await write('在用');
    await send();
    expect([api.of(path('a')).length, api.of(path('b')).length]).toEqual([1, 0]);
    expect(page.root.querySelectorAll('.letter-pick')).toHaveLength(3);
  });

  it('S3-4f: who has left needs the day and one of the reasons', async () => {
    const api = server({ a: () => ({ body: { requestId: 'r9' } }) });
    page = await open();
    page.button('答复李晓明的账号').click();
    await sheetOpen();
    await choose('left');
    await send();
    expect(page.text()).toContain('请填离职日期和离职原因');
    const day = document.querySelector<HTMLInputElement>('dialog input[type="date"]');
    if (day) day.value = '2026-11-20';
    day?.dispatchEvent(new Event('change'));
    await choose('retired');
    await send();
    expect(api.of(path('a'))[0]?.body).toEqual({
      kind: 'left',
      reason: '',
      leftOn: '2026-11-20',
      leavingReason: 'retired',
    });
    expect(page.root.querySelector('a[href="/accounts/requests/r9"]')).not.toBeNull();
  });

  it('H3: nobody answers for themselves', async () => {
    const accounts = [{ ...accountOf('a', '张老师'), can: { reply: false } }, accountOf('b', '孙悦')];
    fakeApi({
      'GET /api/me': () => ({ body: me }),
      'GET /api/accounts/letters/l1': () => ({ body: letter(accounts) }),
      'GET /api/accounts/letters/l1/accounts': ({ path: asked }) => ({
        body: letterAccounts(accounts, asked),
      }),
    });
    page = await open();
    expect(page.has('答复张老师的账号')).toBe(false);
    page.button('全选').click();
    await settle();
    expect(page.has('答复 1 个账号')).toBe(true);
    expect(page.text()).toContain('关于你自己的');
  });

  it('S3-4e: a letter with more than one page is answered page by page', async () => {
    const accounts = [accountOf('a', '李晓明'), accountOf('b', '孙悦')];
    fakeApi({
      'GET /api/me': () => ({ body: me }),
      'GET /api/accounts/letters/l1': () => ({ body: letter(accounts) }),
      'GET /api/accounts/letters/l1/accounts': ({ path: asked }) => {
        if (asked.includes('box=answered')) return { body: { items: [], next: null } };
        const second = asked.includes('cursor=a');
        return { body: { items: accounts.slice(second ? 1 : 0, second ? 2 : 1), next: second ? null : 'a' } };
      },
    });
    page = await open();
    expect(page.text()).toContain('待答复2');
    expect(page.has('选这 1 个')).toBe(true);
    page.button('再看一些').click();
    await settle();
    expect(page.root.querySelectorAll('.letter-row')).toHaveLength(2);
    expect(page.has('再看一些')).toBe(false);
    expect(page.has('全选')).toBe(true);
  });

  it('a letter of another unit looks like none', async () => {
    fakeApi({
      'GET /api/me': () => ({ body: me }),
      'GET /api/accounts/letters/l1': () =>
        problem(404, 'accounts.not_visible', '没有找到，或者你不能查看。'),
      'GET /api/accounts/letters/l1/accounts': () =>
        problem(404, 'accounts.not_visible', '没有找到，或者你不能查看。'),
    });
    page = await open();
    expect(page.text()).toContain('这封函你看不到');
  });
});
