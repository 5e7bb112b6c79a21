/** CONSOLE.md section 6: an act on more than 50 is typed, whoever sends it: the page or a bare request. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { SetAnswer } from '../../server/features/directory/tags/contract.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import { dateOf } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';

// The whole college is read in.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let s: Started;
let hr: Client;
let office: Client;
beforeAll(async () => {
  s = await startApp({ cast: 'college' });
  hr = await s.signIn(demoCast.hrMaintainer.userid);
  office = await s.signIn(demoCast.superAdmin.userid);
});
afterAll(() => s.close());

async function answerOf(client: Client, path: string, body: object): Promise<[number, string]> {
  const answer = await client.send('POST', path, body);
  const { code = 'done' } = (await answer.json()) as { code?: string };
  return [answer.status, code];
}
const ids = (n: number): string[] => Array.from({ length: n }, (_, at) => String(at).padStart(32, '0'));
const NOT_TYPED = [422, 'act.not_typed'];

it('lists of rows: 50 go through as before, 51 want the phrase with their count', async () => {
  const acts: [Client, string, (n: number) => object, string][] = [
    [hr, '/api/directory/drift/acts', (n) => ({ differenceIds: ids(n), act: 'take' }), '转人事51条'],
    [office, '/api/accounts/exchange/confirm', (n) => ({ itemIds: ids(n), note: '已办' }), '确认51行'],
    [
      office,
      '/api/accounts/late/instruct',
      (n) => ({
        lateCaseIds: ids(n),
        instructedBy: '院长',
        instructedOn: dateOf(s.clock.now()),
        documentNumber: '批〔2026〕1号',
      }),
      '登记51件',
    ],
    [
      office,
      '/api/accounts/inspections/evidence',
      (n) => ({
        systemCode: 'wecom',
        month: '2026-10',
        source: 'appEntry',
        cutOffAt: s.clock.now(),
        rows: ids(n).map((who) => ({ who, lastAt: s.clock.now() })),
      }),
      '导入51行',
    ],
  ];
  for (const [client, path, body, phrase] of acts) {
    expect(await answerOf(client, path, body(51)), path).toEqual(NOT_TYPED);
    expect(await answerOf(client, path, { ...body(51), phrase: phrase.replace('51', '50') }), path).toEqual(
      NOT_TYPED,
    );
    const [, few] = await answerOf(client, path, body(50));
    const [, typed] = await answerOf(client, path, { ...body(51), phrase });
    expect([few, typed], path).not.toContain('act.not_typed');
  }
});

it('S1-7.2c a set: making, changing and giving up one of many is typed with its count', async () => {
  const rule = {
    unitIds: null,
    withSubunits: true,
    categories: null,
    establishments: null,
    titles: null,
    headsOnly: false,
  };
  const set = { name: '全体', definition: { kind: 'rule', rule } };
  const preview = await hr.post<{ people: number }>('/api/directory/sets/preview', { rule });
  expect(preview.people).toBeGreaterThan(50);
  expect(await answerOf(hr, '/api/directory/sets', set)).toEqual(NOT_TYPED);
  const phrase = `建${preview.people}人`;
  const { setId } = await hr.post<{ setId: string }>('/api/directory/sets', { ...set, phrase });
  const one = `/api/directory/sets/${setId}`;
  // Another name moves nobody.
  expect(await answerOf(hr, '/api/directory/sets', { ...set, setId, name: '全院' })).toEqual([200, 'done']);
  const few = { ...set, setId, definition: { kind: 'rule', rule: { ...rule, titles: ['没有这个岗位'] } } };
  expect(await answerOf(hr, '/api/directory/sets', few)).toEqual(NOT_TYPED);
  expect(await answerOf(hr, `${one}/remove`, {})).toEqual(NOT_TYPED);
  expect((await hr.get<SetAnswer>(one)).people).toBe(preview.people);
  expect(await answerOf(hr, `${one}/remove`, { phrase: ` 删 ${preview.people} 人` })).toEqual([200, 'done']);
  // Given up already: nothing more to type.
  expect(await answerOf(hr, `${one}/remove`, {})).toEqual([200, 'done']);

  const list = { name: '名单', definition: { kind: 'list', personIds: [] } };
  const made = await hr.post<{ setId: string }>('/api/directory/sets', list);
  const add = { add: ids(51), take: [] };
  expect(await answerOf(hr, `/api/directory/sets/${made.setId}/list`, add)).toEqual(NOT_TYPED);
  expect(await answerOf(hr, `/api/directory/sets/${made.setId}/list`, { ...add, phrase: '加51人' })).toEqual([
    404,
    'directory.unknown_person',
  ]);
});

it('S2-15b asking for photos: nobody is asked before it is typed how many', async () => {
  expect(await answerOf(hr, '/api/photos/ask', { unitId: null })).toEqual(NOT_TYPED);
  expect(await answerOf(hr, '/api/photos/ask', { unitId: null, phrase: '请300人' })).toEqual([200, 'done']);
});
