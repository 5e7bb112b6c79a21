import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import type { SheetAnswer } from '../api.ts';
import { openPage, type OpenPage } from '../testing/open-page.ts';
import * as sample from '../testing/samples.ts';
import HandoverPage from './HandoverPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});
const at = '/api/accounts/handovers/s1';
async function open(sheet: () => SheetAnswer, more: Record<string, Answer> = {}): Promise<void> {
  page = await openPage(
    HandoverPage,
    {
      path: '/console/accounts/handovers/:sheetId',
      url: '/console/accounts/handovers/s1',
      props: { sheetId: 's1' },
    },
    { [`GET ${at}`]: () => ({ body: sheet() }), ...more },
  );
}
const ready = (part: Partial<SheetAnswer> = {}): SheetAnswer =>
  sample.sheet({ missing: 0, can: { assign: true, execute: true, undo: false, sign: false }, ...part });

describe('the hand-over sheet (S2-16b)', () => {
  it('shows what is held by kind, who takes it, what would come of it, and who signs', async () => {
    await open(() => sample.sheet());
    expect(page.text()).toContain('7 / 8 件有着落');
    expect(page.text()).toContain('群主 1');
    expect(page.text()).toContain('并入方老师已在这一步，只留一份、一票');
    expect(page.text()).toContain('收回权限不随人转，要另行申请');
    expect(page.text()).toContain('方老师多 2 件');
    expect(page.text()).toContain('等签单位');
  });

  it('the main button says what is missing and does nothing until the server lets it', async () => {
    await open(() => sample.sheet());
    expect(page.button('交接 7 件（还差 1 件）').disabled).toBe(true);
  });

  it('tries without changing anything', async () => {
    await open(() => sample.sheet({ trialAt: null, trialUntilAt: null }), {
      [`POST ${at}/dry-run`]: () => ({ body: { ok: true } }),
    });
    expect(page.text()).toContain('还没有试过，试过才能交接');
    page.button('试一遍').click();
    await settle();
    expect(page.calls.of(`POST ${at}/dry-run`)).toHaveLength(1);
  });

  it('hands over after a look at who gets how much; a failed row is told and the rest stands', async () => {
    let done = false;
    await open(
      () =>
        done
          ? ready({
              failed: 1,
              items: [
                sample.sheetItem('a', { result: 'failed', resultWords: '群已解散' }),
                sample.sheetItem('b', { result: 'done', resultWords: '' }),
              ],
            })
          : ready(),
      {
        [`POST ${at}/execute`]: () => {
          done = true;
          return { body: { done: 1, merged: 0, failed: 1 } };
        },
      },
    );
    page.button('交接 7 件').click();
    await settle();
    expect(page.calls.of(`POST ${at}/execute`)).toHaveLength(0);
    expect(page.text()).toContain('一件不成不影响别的');
    page.act().click();
    await settle();
    expect(page.calls.of(`POST ${at}/execute`)).toHaveLength(1);
    expect(page.text()).toContain('1 件没交成');
    expect(page.text()).toContain('没交成群已解散');
  });

  it('an empty sheet can be tried and brought to signing, else its cancellation would stand still', async () => {
    const empty = { items: [], load: [], missing: 0 };
    let tried = false;
    await open(
      () =>
        tried
          ? ready(empty)
          : sample.sheet({ ...empty, trialAt: null, can: { ...ready().can, execute: false } }),
      {
        [`POST ${at}/dry-run`]: () => {
          tried = true;
          return { body: { ok: true } };
        },
        [`POST ${at}/execute`]: () => ({ body: { done: 0, merged: 0, failed: 0 } }),
      },
    );
    expect(page.text()).toContain('名下什么都没有');
    expect(page.button('没有要交的，去签字').disabled).toBe(true);
    page.button('试一遍').click();
    await settle();
    page.button('没有要交的，去签字').click();
    await settle();
    page.act().click();
    await settle();
    expect(page.calls.of(`POST ${at}/execute`)).toHaveLength(1);
  });

  it('what the server refuses stands in the dialog', async () => {
    await open(() => ready(), {
      [`POST ${at}/execute`]: () =>
        problem(422, 'accounts.handover_untried', '请先试一遍，结果在有效时间内才能交接。'),
    });
    page.button('交接 7 件').click();
    await settle();
    page.act().click();
    await settle();
    expect(document.querySelector('.ask [role="alert"]')?.textContent).toContain('请先试一遍');
  });

  it('can be taken back as a whole within its days, and is signed by who takes over', async () => {
    const executed = ready({
      state: 'executed',
      executedAt: 1_763_000_000_000,
      undoUntilAt: 1_763_600_000_000,
      items: [sample.sheetItem('a', { result: 'done', resultWords: '' })],
      can: { assign: true, execute: false, undo: true, sign: true },
    });
    await open(() => executed, {
      [`POST ${at}/undo`]: () => ({ body: { done: 0, merged: 0, failed: 1 } }),
      [`POST ${at}/sign`]: () => ({ body: { closed: true } }),
    });
    page.button('整单撤回').click();
    await settle();
    expect(page.text()).toContain('已经办掉的不回退');
    page.act().click();
    await settle();
    expect(page.calls.of(`POST ${at}/undo`)).toHaveLength(1);
    page.button('签字').click();
    await settle();
    expect(page.calls.of(`POST ${at}/sign`)).toHaveLength(1);
  });

  it('a successor sees and signs, and chooses nothing', async () => {
    await open(() => sample.sheet({ can: { assign: false, execute: false, undo: false, sign: true } }));
    expect(document.querySelector('.person-pick')).toBeNull();
    expect(page.has('试一遍')).toBe(false);
    expect(page.has('签字')).toBe(true);
  });
});
