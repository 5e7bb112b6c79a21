import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildServer, run } from '../support/built-server.ts';
import { type Started, startApp } from '../support/start-app.ts';

const HEAD = '工号,姓名,手机号,部门编码,人员类别,状态';

let s: Started;
let script: string;

beforeAll(async () => {
  script = join(await buildServer(), '..', '..', 'scripts', 'hr.js');
}, 120_000);
beforeEach(async () => {
  s = await startApp({ now: new Date().toISOString() });
  return () => s.close();
});

/** `npm run -s hr -- …` in a process of its own, on the database the server has open. */
async function hr(...args: string[]) {
  const { ended, output } = run(
    script,
    {
      SANDBOX: 'on',
      DATABASE_URL: s.config.databaseUrl,
      DATA_DIR: s.config.dataDir,
      PUBLIC_URL: s.url,
      WECOM_API_BASE: s.sandbox.url.replace('localhost', '127.0.0.1'),
    },
    args,
  );
  return { exit: await ended, out: output.out, err: output.err };
}

function people(...rows: readonly string[]): string {
  const path = join(s.config.dataDir, 'people.csv');
  writeFileSync(path, [HEAD, ...rows].join('\r\n'));
  return path;
}

interface Report {
  readonly planId: string;
  readonly hash: string;
  readonly faults: readonly { sheet: string; row: number; column: string; code: string }[];
  readonly changes: readonly { kind: string; ref: string; fields: readonly object[] }[];
  readonly guard: { readonly verdict: string };
}

// Each command is a process that loads the whole product.
describe('HR’s statements from the command line, beside a running server', { timeout: 120_000 }, () => {
  it('says what would happen and writes nothing; carries it out; 企业微信 has it when the command ends', async () => {
    const path = people('00990,丁若兰,13800009901,D2001,院内,在职');
    const planned = await hr('plan', '--people', path, '--json');
    expect(planned).toMatchObject({ exit: 0, err: '' });
    const report = JSON.parse(planned.out) as Report;
    expect(report).toMatchObject({ faults: [], hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(report.changes).toMatchObject([{ ref: '00990', fields: expect.arrayContaining([]) }]);
    const names = () => s.sandbox.control.state().members.map(({ name }) => name);
    expect(names()).not.toContain('丁若兰');

    // The server goes on writing meanwhile.
    const [applied] = await Promise.all([hr('apply', report.planId), s.settle()]);
    expect(applied).toEqual({ exit: 0, out: 'success\n', err: '' });
    expect(names()).toContain('丁若兰');
    expect((await hr('status', report.planId)).out).toContain(`${report.planId} done (success)`);

    const again = JSON.parse((await hr('plan', '--people', path, '--json')).out) as Report;
    expect(again.changes).toEqual([]);
  });

  it('A2 partial where a row has a fault: the cell is named, the rest is planned', async () => {
    const path = people('00990,丁若兰,1380000,D2001,院内,在职', '00991,方知行,13800009902,D2001,院内,在职');
    const { exit, out } = await hr('plan', '--people', path, '--json');
    const report = JSON.parse(out) as Report;
    expect(exit).toBe(2);
    expect(report.faults).toMatchObject([{ sheet: 'people', row: 2, column: 'mobile', code: 'malformed' }]);
    expect(report.changes.map(({ ref }) => ref)).toEqual(['00991']);
  });

  it('D1 a whole statement of one person is stopped by the guard', async () => {
    const { exit, out } = await hr(
      'plan',
      '--people',
      people('00990,丁若兰,13800009901,D2001,院内,在职'),
      '--complete',
      '--json',
    );
    expect(exit).toBe(3);
    expect(['overLimit', 'suspicious']).toContain((JSON.parse(out) as Report).guard.verdict);
  });

  it('wrong use, a file that is not there and a plan nobody made: one sentence, and 1', async () => {
    expect(await hr('aply')).toMatchObject({ exit: 1, err: expect.stringMatching(/^hr plan --units FILE/) });
    expect(await hr('plan', '--people', '/nowhere.csv')).toMatchObject({
      exit: 1,
      err: 'There is no file /nowhere.csv.\n',
    });
    const unknown = await hr('apply', 'ffff');
    expect([unknown.exit, unknown.err.trim().split('\n').length]).toEqual([1, 1]);
  });
});
