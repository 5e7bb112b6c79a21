import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import { openPage, type OpenPage } from '../testing/open-page.ts';
import * as sample from '../testing/samples.ts';
import LatePage from './LatePage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});
const path = '/console/accounts/late';
const cases = [
  sample.lateCase('c1'),
  sample.lateCase('c2', { unitName: '经济管理学院', lateWorkdays: 7, origin: 'inspection' }),
  sample.lateCase('c3', { state: 'instructed', documentNumber: '区府办批〔2026〕9号' }),
  sample.lateCase('c4', { state: 'instructed', circularId: 'ci0' }),
];
async function open(more: Record<string, Answer> = {}, role = 'systemAdmin', list = cases): Promise<void> {
  page = await openPage(
    LatePage,
    { path, role },
    {
      'GET /api/accounts/late': () => ({ body: sample.pageOf(list) }),
      'GET /api/accounts/circulars': () => ({ body: sample.pageOf([]) }),
      ...more,
    },
  );
}

describe('who was late with what (S3-5)', () => {
  it('says by how many working days, by shape and word, and by which calendar', async () => {
    await open();
    expect(page.text()).toContain(
      '机电工程学院张老师报送注销11-0211-05 周四3 个工作日11-09 周一◆ 2 个工作日',
    );
    expect(page.text()).toMatch(/■ 7 个工作日赵老师.*起超期巡检答复/);
    expect(page.text()).toContain('以国务院办公厅的放假通知为准');
  });

  it('G9: names who held it when the time ran out, and nobody where no clock is on record', async () => {
    await open({}, 'systemAdmin', [sample.lateCase('c1', { breach: null })]);
    expect(page.text()).toContain('到期时在谁手上');
    expect(page.text()).not.toContain('赵老师');
  });

  it('S3-4g: a circular only on an instruction, noted for the chosen cases that have none yet', async () => {
    await open({ 'POST /api/accounts/late/instruct': () => ({ body: { ok: true } }) });
    expect(page.button('登记批示').disabled).toBe(true);
    const boxes = () => [...document.querySelectorAll<HTMLInputElement>('tbody input[type="checkbox"]')];
    expect(boxes().map((box) => box.disabled)).toEqual([false, false, false, true]);
    boxes()[1]?.click();
    await settle();
    page.button('登记批示（1 条）').click();
    await settle();
    await page.type('instruct-by', '张副区长');
    await page.type('instruct-on', '2026-11-20');
    expect(page.act().disabled).toBe(true);
    await page.type('instruct-number', '区府办批〔2026〕9号');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/late/instruct')[0]?.body).toEqual({
      lateCaseIds: ['c2'],
      instructedBy: '张副区长',
      instructedOn: '2026-11-20',
      documentNumber: '区府办批〔2026〕9号',
      fileId: null,
    });
  });

  it('S3-4g: a circular is drafted of those that have an instruction, never of the others', async () => {
    await open({ 'POST /api/accounts/circulars': () => ({ body: { circularId: 'ci1' } }) });
    expect(page.button('起草通报').disabled).toBe(true);
    const boxes = () => [...document.querySelectorAll<HTMLInputElement>('tbody input[type="checkbox"]')];
    boxes()[0]?.click();
    await settle();
    expect(page.button('起草通报').disabled).toBe(true);
    boxes()[2]?.click();
    await settle();
    page.button('起草通报（1 件）').click();
    await settle();
    expect(page.calls.of('POST /api/accounts/circulars')[0]?.body).toEqual({ lateCaseIds: ['c3'] });
    expect(page.router.currentRoute.value.path).toBe('/console/accounts/circulars/ci1');
  });

  it('a unit sees its own and chooses nothing', async () => {
    await open({}, 'liaison');
    expect(page.has('登记批示')).toBe(false);
    expect(document.querySelectorAll('tbody input[type="checkbox"]')).toHaveLength(0);
  });

  it('nothing late is said as such; a failure is not nothing', async () => {
    await open({}, 'systemAdmin', []);
    expect(page.text()).toContain('到现在，每个单位都按时报送');
    page.app.unmount();
    await open({ 'GET /api/accounts/late': () => problem(503, 'http.503', '忙') });
    expect(page.text()).toContain('没取到逾期清单');
    expect(page.text()).not.toContain('按时报送');
  });
});
