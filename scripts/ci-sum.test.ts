import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'steward-sum-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

type Status = 'passed' | 'failed' | 'skipped';
type Stories = Readonly<Record<string, readonly Status[]>>;

/** A report as vitest writes it, of these files with these tests. */
function report(files: Stories): string {
  const all = Object.values(files).flat();
  const number = (status: Status) => all.filter((one) => one === status).length;
  const path = join(folder, `${(count += 1)}.json`);
  const content = {
    success: number('failed') === 0,
    numPassedTests: number('passed'),
    numFailedTests: number('failed'),
    numPendingTests: number('skipped'),
    numTodoTests: 0,
    testResults: Object.entries(files).map(([name, statuses]) => ({
      name: join(process.cwd(), name),
      status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
      message: 'SyntaxError',
      assertionResults: statuses.map((status, n) => ({ status, fullName: `story ${n}` })),
    })),
  };
  writeFileSync(path, JSON.stringify(content));
  return path;
}

function sum(...reports: string[]) {
  const script = fileURLToPath(new URL('ci-sum.mjs', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script, ...reports], { encoding: 'utf8' });
  return { status, last: stdout.trim().split('\n').at(-1), stdout };
}

const BROWSER = { 'test/browser/leave.test.ts': ['passed'] } as const;

describe('the sum of the reports', () => {
  it('adds up and ends with one line', () => {
    const first = report({ ...BROWSER, 'server/a.test.ts': ['passed', 'skipped'] });
    const second = report({ 'server/a.test.ts': ['passed', 'passed'] });
    expect(sum(first, second)).toMatchObject({ status: 0, last: '4 passed, 0 failed, 1 skipped' });
  });

  it.each<[string, Stories]>([
    ['a failed test', { ...BROWSER, 'server/a.test.ts': ['failed'] }],
    ['a file that could not be loaded', { ...BROWSER, 'server/a.test.ts': [] }],
    ['a skipped browser story', { 'test/browser/leave.test.ts': ['passed', 'skipped'] }],
    ['no browser story', { 'server/a.test.ts': ['passed'] }],
    ['nothing at all', {}],
  ])('fails for %s', (_name, files) => {
    expect(sum(report(files)).status).toBe(1);
  });

  it('fails when a report is missing', () => {
    const { status, stdout } = sum(report(BROWSER), join(folder, 'none.json'));
    expect(status).toBe(1);
    expect(stdout).toContain('broke off');
  });
});
