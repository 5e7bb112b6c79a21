import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../testing/fake-api.ts';
import { settle } from '../../testing/mount.ts';
import { openPage, type OpenPage } from '../accounts/testing/open-page.ts';
import { at, person } from '../testing/shell.ts';
import { mayOpen } from '../session.ts';
import type { Line, Night, Register } from './api.ts';
import KeepingPage from './KeepingPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});

const DAY = 86_400_000;
const line = (kind: string, part: Partial<Line> = {}): Line => ({
  kind,
  what: '人事批次的原始行',
  purpose: '查回原表',
  ground: '个保法 13 条',
  since: '批次建立之日',
  days: 180,
  ends: 'delete',
  lastRun: { ranAt: at, days: 180, removed: 1200, overdue: 0, failed: false },
  removedLately: 1200,
  nextAt: at + 3 * DAY,
  ...part,
});
const register =
  (items: Line[], part: Partial<Register> = {}): Answer =>
  () => ({
    body: { items, ranAt: at, removedLately: 1200, overdue: 0, failed: 0, ...part },
  });
const night = (runId: string, part: Partial<Night> = {}): Night => ({
  runId,
  kind: 'hr.statements',
  what: '人事批次的原始行',
  ranAt: at,
  days: 180,
  removed: 1200,
  overdue: 0,
  failed: false,
  ...part,
});
const nights =
  (items: Night[], next: string | null = null): Answer =>
  () => ({ body: { items, next } });

async function open(answers: Record<string, Answer>): Promise<void> {
  page = await openPage(KeepingPage, { path: '/console/keeping', role: 'auditAdmin' }, answers);
}
const text = (): string => document.body.textContent?.replace(/\s+/g, ' ') ?? '';
const cells = (row: number): string[] =>
  [...(document.querySelectorAll('.keep-tbl tbody tr')[row]?.children ?? [])].map(
    (cell) => cell.textContent?.replace(/\s+/g, ' ').trim() ?? '',
  );

describe('the page of keeping periods', () => {
  it('shows what is kept how long, for what, on what ground, and what was ended', async () => {
    await open({
      'GET /api/keeping': register([
        line('hr.statements'),
        line('audit.entries', { what: '操作日志', days: null, ends: 'kept', lastRun: null, nextAt: null }),
        line('directory.formerPeople', {
          days: 1095,
          ends: 'blank',
          lastRun: { ranAt: at, days: 1095, removed: 0, overdue: 2, failed: false },
          nextAt: at - DAY,
        }),
      ]),
      'GET /api/keeping/runs': nights([night('n1')]),
    });
    expect(cells(0)).toEqual([
      '人事批次的原始行',
      '查回原表 个保法 13 条',
      '180 天从批次建立之日算起',
      '删除',
      '清除 1,200 条',
      expect.stringMatching(/11月|11-/),
    ]);
    expect(cells(1).slice(2)).toEqual(['不定期限从批次建立之日算起', '不自动清除', '—', '—']);
    expect(cells(2).slice(2)).toEqual([
      '3 年从批次建立之日算起',
      '清空个人信息',
      '没有到期的 还剩 2 条',
      '已到期',
    ]);
  });

  it('says what failed and what is overdue', async () => {
    await open({
      'GET /api/keeping': register(
        [line('x.y', { lastRun: { ranAt: at, days: 1, removed: 0, overdue: 7, failed: true } })],
        { overdue: 7, failed: 1 },
      ),
      'GET /api/keeping/runs': nights([night('n1', { failed: true, overdue: 7, removed: 0 })]),
    });
    expect(text()).toContain('没做成');
    expect(text()).toContain('下一晚会再做');
  });

  it('nights are paged; none yet is said as such', async () => {
    await open({
      'GET /api/keeping': register([line('hr.statements')], { ranAt: null }),
      'GET /api/keeping/runs': nights([]),
    });
    expect(text()).toContain('还没有清理过');
    expect(text()).toContain('还没有清除过什么');
    page.app.unmount();
    await open({
      'GET /api/keeping': register([line('hr.statements')]),
      'GET /api/keeping/runs': nights([night('n1')], 'after'),
    });
    const next = document.querySelector<HTMLButtonElement>('.foot-pager button[aria-label="下一页"]');
    next?.click();
    await settle();
    expect(page.calls.of('GET /api/keeping/runs')).toHaveLength(2);
  });

  it('a failure can be tried again', async () => {
    await open({
      'GET /api/keeping': () => problem(503, 'http.unavailable', '服务没有应答'),
      'GET /api/keeping/runs': nights([]),
    });
    expect(document.querySelector('.keep-tbl')).toBeNull();
    expect(document.querySelector('button')).not.toBeNull();
  });

  it('H4 opens for those who answer for the system or check it, not for units', async () => {
    await open({ 'GET /api/keeping': register([]), 'GET /api/keeping/runs': nights([]) });
    const as = (role: string) => person([{ role, roleName: role, scopeUnitName: null }]);
    expect(mayOpen(as('auditAdmin'), 'keeping')).toBe(true);
    expect(mayOpen(as('liaison'), 'keeping')).toBe(false);
  });
});
