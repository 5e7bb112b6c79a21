import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import { REQUEST, requestServer } from '../../../testing/request-page.ts';
import { instance } from '../../../testing/samples.ts';
import PrintPage from './PrintPage.vue';
import VerifyPage from './VerifyPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const code = `${'0'.repeat(32)}-3-${'a'.repeat(32)}`;
const genuine = {
  result: 'genuine',
  number: 'QJ-2026-1183',
  title: '年假 1 个工作日',
  templateTitle: '请假',
  applicant: { name: '张雨桐', unitName: '信息工程学院' },
  printed: { code: 'approved', words: '已通过' },
  rows: [{ id: 't1', name: '陈志远', role: '部门负责人', stateWords: '同意', onBehalfOf: null, at: 1 }],
  now: { code: 'revoked', words: '已撤销' },
  formSignatures: [
    { label: '本人签名', name: '张雨桐', at: 1, how: 'drawn', stand: 'intact', mark: '0123456789ab' },
  ],
  later: 1,
};

const printOf = (facts: object, signatures: object[] = []) => ({
  url: `https://s.example/verify/${code}`,
  code,
  printedAt: 1,
  printedBy: '张雨桐',
  facts,
  signatures,
});

async function openVerify(body: object): Promise<ReturnType<typeof fakeApi>> {
  const calls = fakeApi({ [`GET /api/approvals/prints/${code}`]: () => ({ body }) });
  page = await mountPage(VerifyPage, '/verify/:code', `/verify/${code}`, { code });
  await settle();
  return calls;
}

describe('a request on paper', () => {
  it('has its facts, who decided what, and a code to check it by', async () => {
    const { number, templateTitle, facts, timeline } = instance();
    const signature = { fileId: 'f1', how: 'drawn' as const, mark: '0123456789ab' };
    const signed = {
      label: '本人签名',
      value: '已签名',
      kind: 'signature',
      signature: { ...signature, fileId: 'f2', name: '张雨桐', at: 1 },
    };
    requestServer(
      { timeline: timeline.map((row, n) => (n === 0 ? { ...row, signature } : row)) },
      {
        [`GET ${REQUEST}/print`]: () => ({
          body: printOf(
            [...facts, signed],
            [
              { fileId: 'f1', stand: 'changed' },
              { fileId: 'f2', stand: 'unrecorded' },
            ],
          ),
        }),
      },
    );
    page = await mountPage(PrintPage, '/approvals/:instanceId/print', '/approvals/i1/print', {
      instanceId: 'i1',
    });
    await settle();
    for (const words of [number, `${templateTitle}审批单`, facts[0]?.label ?? '?', timeline[0]?.name ?? '?'])
      expect(page.text()).toContain(words);
    expect(page.text()).toContain('张雨桐');
    expect(document.querySelector('.qr-code')?.getAttribute('aria-label')).toContain(number);
    // A picture that is another than was signed with is told on the paper.
    expect(page.text()).toContain('签名图片与签名时不一致');
    expect(page.text()).toContain('操作日志里没有这个签名');
    expect([...page.root.querySelectorAll('img')].map((img) => img.getAttribute('src'))).toEqual([
      '/api/approvals/instances/i1/files/f2',
      '/api/approvals/instances/i1/files/f1',
    ]);
    const print = vi.fn();
    vi.stubGlobal('print', print);
    page.button('打印').click();
    expect(print).toHaveBeenCalledOnce();
  });

  it('H9 is taken out as a package by whoever says what for; a refusal keeps what was typed', async () => {
    const { facts } = instance();
    let fails = true;
    const calls = requestServer(
      {},
      {
        [`GET ${REQUEST}/print`]: () => ({
          body: printOf(facts),
        }),
        [`POST ${REQUEST}/package`]: () =>
          fails ? problem(404, 'approvals.not_visible', '这份申请你看不到。') : { body: {} },
      },
    );
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:1');
    page = await mountPage(PrintPage, '/approvals/:instanceId/print', '/approvals/i1/print', {
      instanceId: 'i1',
    });
    await settle();
    page.button('导出卷宗').click();
    await settle();
    page.button('导出').click();
    await settle();
    expect(page.text()).toContain('请写明用途');
    expect(calls.of(`POST ${REQUEST}/package`)).toEqual([]);
    page.button('争议举证').click();
    await settle();
    page.button('导出').click();
    await settle();
    expect(page.text()).toContain('这份申请你看不到。');
    fails = false;
    page.button('导出').click();
    await settle();
    expect(calls.of(`POST ${REQUEST}/package`).at(-1)?.body).toEqual({ purpose: '争议举证' });
    expect(made).toHaveBeenCalledOnce();
    made.mockRestore();
  });

  it('its code tells a stranger what it is and what became of it, and asks nothing else', async () => {
    const calls = await openVerify(genuine);
    expect(page.text()).toContain('本人签名');
    for (const words of [
      '是本系统出具的审批单',
      'QJ-2026-1183',
      '已通过',
      '已撤销',
      '又有 1 条记录',
      '陈志远',
    ])
      expect(page.text()).toContain(words);
    expect(calls.of('GET /api/me')).toEqual([]);
  });

  it.each([
    ['intact', '签名图片未变，校验 0123456789ab'],
    ['changed', '签名图片与签名时不一致，校验 0123456789ab'],
    ['lost', '签名图片现在读不到，不能核对'],
    ['unrecorded', '操作日志里没有这个签名'],
  ])('says of a signature that is %s what it is', async (stand, words) => {
    const rows = genuine.rows.map((row) => ({ ...row, signature: { stand, mark: '0123456789ab' } }));
    await openVerify({ ...genuine, rows });
    expect(page.text()).toContain(words);
    expect(document.querySelectorAll('.signature-bad')).toHaveLength(stand === 'intact' ? 0 : 1);
  });

  it('a code nobody made is told as such', async () => {
    await openVerify({ result: 'unknown' });
    expect(page.text()).toContain('没有查到这份审批单');
    expect(page.text()).not.toContain('是本系统出具');
  });
});
