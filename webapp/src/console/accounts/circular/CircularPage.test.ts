import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import { openPage, type OpenPage } from '../testing/open-page.ts';
import * as sample from '../testing/samples.ts';
import CircularPage from './CircularPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});
const at = '/api/accounts/circulars/ci1';
async function open(circular = sample.circular(), more: Record<string, Answer> = {}): Promise<void> {
  page = await openPage(
    CircularPage,
    {
      path: '/console/accounts/circulars/:circularId',
      url: '/console/accounts/circulars/ci1',
      props: { circularId: 'ci1' },
    },
    { [`GET ${at}`]: () => ({ body: circular }), ...more },
  );
}

describe('a circular (S3-4g)', () => {
  it('is worded around facts nobody writes, and not issued while words are unsaved', async () => {
    await open(sample.circular(), { [`PUT ${at}`]: () => ({ body: { ok: true } }) });
    expect(page.text()).toContain('机电工程学院：逾期 1 件');
    expect(page.button('签发').disabled).toBe(false);
    await page.type('circular-closing', '请按时报送。');
    expect(page.button('签发').disabled).toBe(true);
    page.button('保存').click();
    await settle();
    expect(page.calls.of(`PUT ${at}`)[0]?.body).toEqual({
      version: 2,
      title: '关于账号管理逾期报送情况的通报',
      documentNumber: '',
      opening: '现将情况通报如下。',
      closing: '请按时报送。',
    });
  });

  it('issues exactly the text that was read; what changed since is said beside the button', async () => {
    await open(sample.circular(), {
      [`POST ${at}/issue`]: () => problem(409, 'accounts.circular_changed', '通报里的事项刚有变动。'),
    });
    page.button('签发').click();
    await settle();
    page.act().click();
    await settle();
    expect(page.calls.of(`POST ${at}/issue`)[0]?.body).toEqual({ version: 2, textHash: 'a'.repeat(64) });
    expect(document.querySelector('.ask [role="alert"]')?.textContent).toContain('刚有变动');
  });

  it('H3: who drafted it is told that another one issues', async () => {
    await open(sample.circular({ can: { edit: true, discard: true, issue: false } }));
    expect(page.has('签发…')).toBe(false);
    expect(page.text()).toContain('请另一人签发');
  });

  it('once issued it only reads, with its hash', async () => {
    await open(
      sample.circular({
        state: 'issued',
        issuedByName: '吴老师',
        issuedAt: sample.circular().draftedAt,
        can: { edit: false, discard: false, issue: false },
      }),
    );
    expect(page.text()).toContain('已签发');
    expect(page.text()).toContain('a'.repeat(64));
    expect(document.querySelectorAll('textarea')).toHaveLength(0);
  });
});
