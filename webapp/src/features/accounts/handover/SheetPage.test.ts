import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../../api/connection.ts';
import { openFor } from '../../../device.ts';
import { forgetMe } from '../../../session.ts';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import type { SheetAnswer } from '../shapes.ts';
import { me, NOW, sheet, sheetItem } from '../testing/samples.ts';
import { groupItems } from './group-items.ts';
import { sheetOpen } from '../testing/sheet-open.ts';
import SheetPage from './SheetPage.vue';

const root = '/api/accounts/handovers/h1';
const server = (answer: SheetAnswer, more: Record<string, Answer> = {}) =>
  fakeApi({
    'GET /api/me': () => ({ body: me }),
    [`GET ${root}`]: () => ({ body: answer }),
    'GET /api/directory/units': () => ({ body: { unit: { unitId: '', name: '' }, items: [], path: [] } }),
    ...more,
  });
const open = (): Promise<Mounted> =>
  mountPage(SheetPage, '/accounts/handovers/:sheetId', '/accounts/handovers/h1', { sheetId: 'h1' });

let page: Mounted | null = null;
beforeEach(() => {
  connection.down = false;
  forgetMe();
  localStorage.clear();
});
afterEach(() => {
  page?.app.unmount();
  page = null;
  vi.unstubAllGlobals();
});

describe('a hand-over sheet', () => {
  it('groups by kind in the order they come', () => {
    const items = [sheetItem('1'), sheetItem('2', { kind: 'x', kindLabel: '群' }), sheetItem('3')];
    expect(groupItems(items).map(({ label, items: of }) => [label, of.map(({ itemId }) => itemId)])).toEqual([
      ['待办审批', ['1', '3']],
      ['群', ['2']],
    ]);
  });

  it('tries first; the hand-over itself appears only when the server allows it', async () => {
    const api = server(sheet(), { [`POST ${root}/dry-run`]: () => ({ body: { ok: true } }) });
    page = await open();
    expect(page.text()).toMatch(/还有 2.件没有选接手人/);
    expect(page.has('现在交接')).toBe(false);
    page.button('试一遍').click();
    await settle();
    expect(api.of(`POST ${root}/dry-run`)).toHaveLength(1);
  });

  it('hands over after a word of confirmation and tells what came of it', async () => {
    const ready = sheet({ missing: 0, can: { assign: true, execute: true, undo: false, sign: false } });
    const api = server(ready, {
      [`POST ${root}/execute`]: () => ({ body: { done: 1, merged: 1, failed: 0 } }),
    });
    page = await open();
    page.button('现在交接').click();
    await sheetOpen();
    expect(api.of(`POST ${root}/execute`)).toEqual([]);
    page.button('交接 2 件').click();
    await settle();
    expect(api.of(`POST ${root}/execute`)).toHaveLength(1);
  });

  it('a successor sees what comes to them and signs', async () => {
    const mine = sheet({
      state: 'executed',
      missing: 0,
      executedAt: NOW,
      items: [
        sheetItem('1', {
          successorId: 'p1',
          successorName: '张老师',
          result: 'done',
          resultWords: '已交给张老师',
        }),
      ],
      signatures: [{ role: 'successor', personId: 'p1', name: '张老师', signedAt: null }],
      can: { assign: false, execute: false, undo: false, sign: true },
    });
    const api = server(mine, { [`POST ${root}/sign`]: () => ({ body: { closed: true } }) });
    page = await open();
    expect(page.text()).toContain('下面是交给你的');
    page.button('签字').click();
    await sheetOpen();
    page.button('确认签字').click();
    await settle();
    expect(api.of(`POST ${root}/sign`)).toHaveLength(1);
  });

  it('says the refusal in the sheet it was asked in', async () => {
    const ready = sheet({ missing: 0, can: { assign: true, execute: true, undo: false, sign: false } });
    server(ready, {
      [`POST ${root}/execute`]: () =>
        problem(422, 'accounts.handover_untried', '请先试一遍，结果在有效时间内才能交接。'),
    });
    page = await open();
    page.button('现在交接').click();
    await sheetOpen();
    page.button('交接 2 件').click();
    await settle();
    expect(document.querySelector('dialog')?.textContent).toContain('请先试一遍');
  });

  it('says at the foot why a successor cannot be chosen', async () => {
    const recent = [{ personId: 'p9', name: '吴敏', unitName: '', title: '' }];
    openFor('p1');
    localStorage.setItem('steward:p1:recent-people', JSON.stringify({ at: 1, value: recent }));
    const api = server(sheet(), {
      [`POST ${root}/assign`]: () => problem(422, 'accounts.successor_self', '不能交给本人。'),
    });
    page = await open();
    page.button('选接手人').click();
    await sheetOpen();
    await settle();
    document.querySelector<HTMLElement>('dialog .recent button')?.click();
    await settle(16);
    expect(api.of(`POST ${root}/assign`)[0]?.body).toEqual({ successorId: 'p9', itemId: '1' });
    expect(document.querySelector('dialog')).toBeNull();
    expect(page.root.querySelector('.bar [role="alert"]')?.textContent).toBe('不能交给本人。');
  });

  it('is hidden from the person it is about', async () => {
    server(sheet(), { [`GET ${root}`]: () => problem(403, 'accounts.not_your_unit', '只能办本单位的事。') });
    page = await open();
    expect(page.text()).toContain('这张交接单你看不到');
  });
});
