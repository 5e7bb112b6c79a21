import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountsPhrases } from '../../phrases/accounts.ts';
import { openApi } from '../../platform/http/openapi.ts';
import type { Route } from '../../platform/http/route.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { importEvidence } from './inspection/evidence.ts';
import { LetterTable } from './inspection/tables.ts';
import { locksOf } from './commands/lock-steps.ts';
import { carryThrough } from './testing/flows.ts';
import { actor, at, forms, openStage, type Stage } from './testing/stage.ts';

let s: Stage;
beforeEach(async () => {
  s = await openStage('2026-09-01T09:00:00+08:00');
});
afterEach(() => s.t.close());

/** Through a route as the HTTP layer goes: parsed before, held against the contract after. */
async function call(
  who: string,
  method: Route['method'],
  path: string,
  input: object = {},
): Promise<unknown> {
  const route = s.accounts.routes.find((one) => one.method === method && one.path === `/api/accounts${path}`);
  if (!route) throw new Error(`no route ${method} ${path}`);
  const { params = {}, query = {}, body = {} } = input as { params?: object; query?: object; body?: object };
  const answer = await route.handle({
    actor: actor(who),
    params: route.params?.parse(params),
    query: route.query?.parse(query),
    body: route.body?.parse(body),
    request: { requestId: 'r', address: '::1' },
    ctx: {} as never,
  });
  expect(route.answer?.parse(answer), path).toEqual(answer);
  return answer;
}

describe('routes', () => {
  it('every answer is what its contract says, nothing stripped', async () => {
    const opened = await carryThrough(s, 'zhang', forms.open({ reportOn: '2026-09-01' }));
    await carryThrough(s, 'fang', forms.open({ reportOn: '2026-09-01' }));
    const cancelled = await carryThrough(s, 'fang', forms.cancel({ leftOn: '2026-09-01' }));
    const lockRequest = await carryThrough(
      s,
      'zhang',
      forms.secondOut({ fromOn: '2026-08-20', untilOn: '2026-09-01' }),
    );
    const [lock] = await s.read((reads) => locksOf(reads, 'zhang'));
    const made = {
      body: {
        personId: 'zhang',
        filled: forms.change(),
        submit: { unitId: 'jixie', letter: { number: '1' } },
      },
    };
    await call('zhao', 'post', '/requests', made);
    for (const requestId of [opened, cancelled, lockRequest])
      await call('zhao', 'get', '/requests/:requestId', { params: { requestId } });
    const { items, can } = (await call('chen', 'get', '/requests', { query: { limit: '2' } })) as {
      can: { report: boolean };
      items: { status: string; due: { state: string; words: string } | null }[];
    };
    expect(can.report).toBe(false);
    expect(((await call('zhao', 'get', '/requests')) as { can: { report: boolean } }).can.report).toBe(true);
    expect(items.map(({ status, due }) => [status, due === null])).toEqual([
      ['submitted', false],
      ['done', true],
    ]);
    await call('zhao', 'get', '/people/:personId', { params: { personId: 'zhang' } });
    await call('chen', 'get', '/exchange/:systemCode', { params: { systemCode: 'oa' } });
    await call('chen', 'post', '/stock', { body: { systemCode: 'oa' } });
    await call('zhao', 'get', '/cancellations/:requestId', { params: { requestId: cancelled } });
    await call('zhao', 'get', '/late');
    const { sheetId } = (await call('zhao', 'post', '/handovers', { body: { personId: 'zhang' } })) as {
      sheetId: string;
    };
    await call('zhao', 'post', '/handovers/:sheetId/dry-run', { params: { sheetId } });
    await call('zhao', 'get', '/handovers/:sheetId', { params: { sheetId } });
    const effective = { decision: 'unlock', effectiveOn: '2026-09-01', returned: true, reason: '期满' };
    await call('zhao', 'post', '/locks/:lockId/decide', { params: { lockId: lock?.id }, body: effective });
  });

  it('the inspection by its routes: brought, run, read, answered', async () => {
    await carryThrough(s, 'zhang', forms.open({ reportOn: '2026-09-01' }));
    s.go('2026-11-09 09:00');
    const month = { systemCode: 'wecom', month: '2026-10' };
    for (const source of ['ownActs', 'session', 'operLog'])
      await importEvidence(s.ctx, actor('chen'), {
        ...month,
        source,
        cutOffAt: at('2026-11-09 01:00'),
        rows: [],
      });
    const brought = { ...month, source: 'consoleExport', cutOffAt: at('2026-11-09 01:00'), rows: [] };
    await call('chen', 'post', '/inspections/evidence', { body: brought });
    const { inspectionId } = (await call('chen', 'post', '/inspections', { body: month })) as {
      inspectionId: string;
    };
    await call('chen', 'get', '/inspections');
    await call('chen', 'get', '/inspections/:inspectionId', { params: { inspectionId } });
    await call('chen', 'get', '/inspections/:inspectionId/letters', { params: { inspectionId } });
    await call('chen', 'get', '/inspections/:inspectionId/findings', {
      params: { inspectionId },
      query: { verdict: 'listed' },
    });
    const [sent] = await s.read((reads) => reads.em.getRepository(LetterTable).find());
    const letter = { params: { letterId: sent?.id } };
    const asked = (await call('zhao', 'get', '/letters/:letterId/accounts', letter)) as {
      items: { letterItemId: string }[];
    };
    const params = { letterItemId: asked.items[0]?.letterItemId };
    await expect(
      call('zhao', 'post', '/letter-items/:letterItemId/reply', { params, body: { kind: 'left' } }),
    ).rejects.toThrow();
    await expect(
      call('zhao', 'post', '/letter-items/:letterItemId/reply', { params, body: { kind: 'keep' } }),
    ).rejects.toThrow();
    await call('zhao', 'post', '/letter-items/:letterItemId/reply', {
      params,
      body: { kind: 'keep', reason: '驻外' },
    });
    await call('zhao', 'get', '/letters/:letterId', { params: { letterId: sent?.id } });
  });

  it('R37 whoever owes something is reminded once per rung, without a reason in the words', async () => {
    await call('zhao', 'post', '/requests', {
      body: { personId: 'zhang', filled: forms.lock({ fromOn: '2026-08-26' }) },
    });
    s.go('2026-09-02 09:00');
    for (const _ of [1, 2]) await s.supervision.sweep();
    expect(s.notes.map(({ personId, words }) => `${personId} ${words}`)).toEqual([
      'zhao 锁定账号：zhang老师，应于 08-31 24:00 前处理。',
    ]);
  });

  it('the API document has a shape for everything', () => {
    const text = JSON.stringify(openApi(s.accounts.routes, { title: 'x', version: '1' }));
    expect(text).not.toMatch(/"(schema|items|additionalProperties)":\{\}/);
  });
});

it('every code of this room has words, and no words are kept for codes nobody throws', () => {
  const room = new URL('.', import.meta.url);
  const own = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const text = [...own, '../../compose/accounts-in-wecom.ts', '../../compose/holdings-of-approvals.ts']
    .map((name) => readFileSync(new URL(name, room), 'utf8'))
    .join('\n');
  const thrown = new Set(
    [...text.matchAll(/(?:badRequest|forbidden|notFound|conflict|refused)\(\s*'(accounts\.\w+)'/g)].map(
      ([, code]) => code,
    ),
  );
  const known = Object.keys(accountsPhrases);
  expect([...thrown].filter((code) => !known.includes(code ?? ''))).toEqual([]);
  expect(known.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
});
