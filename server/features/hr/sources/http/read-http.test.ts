import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpList } from '../contract.ts';
import { createReach } from '../reach.ts';
import type { Statement } from '../statement.ts';
import { BY_PAGE, httpDraft, peopleList, person } from '../testing/drafts.ts';
import { json, openPagedServer, pagesOf, type PagedServer } from '../testing/paged-server.ts';
import { readHttp, sampleHttp } from './read-http.ts';

const NOW = Date.parse('2026-11-23T10:20:00+08:00');
const college = ['00215', '00731', '00163', '00742', '00990'].map((no, at) => person(no, `甲${at}`));

let server: PagedServer;
beforeEach(async () => {
  server = await openPagedServer(pagesOf(() => college));
});
afterEach(() => server.close());

interface Options {
  readonly list?: Partial<HttpList>;
  readonly draft?: Parameters<typeof httpDraft>[1];
  readonly networks?: string[];
  readonly totalMs?: number;
  readonly pageBytes?: number;
}

const settingsOf = ({ list, draft }: Options) => {
  const { secret: _secret, ...settings } = httpDraft(server.origin, {
    lists: { units: null, people: peopleList(list) },
    ...draft,
  });
  return settings;
};
const readingOf = ({ networks = ['127.0.0.0/8'], totalMs = 5_000, pageBytes = 1_000_000 }: Options) => ({
  reach: createReach(networks),
  signal: AbortSignal.timeout(20_000),
  now: () => NOW,
  limits: { pausesMs: [0, 0], totalMs, pageBytes },
});
const read = (options: Options = {}): Promise<Statement> =>
  readHttp(settingsOf(options), 'a-token', readingOf(options));
const failing = async (options: Options = {}): Promise<string> =>
  read(options).then(
    () => 'read',
    (error: { code: string }) => error.code,
  );
const staffNos = ({ rows }: Statement) => rows.map(({ cells }) => cells.staffNo);

describe('a paged HTTP source', () => {
  it('A1 is complete when every page was read and the total agrees', async () => {
    const statement = await read();
    expect(statement).toMatchObject({
      complete: true,
      people: 5,
      units: 0,
      cutOffAt: NOW,
      missingColumns: [],
    });
    expect(staffNos(statement)).toEqual(college.map(({ no }) => no));
    expect(statement.rows[1]).toEqual({
      kind: 'people',
      line: 3,
      cells: {
        staffNo: '00731',
        name: '甲1',
        mobile: '19900000731',
        unitCodes: 'D2001',
        category: '院内',
        status: '在职',
      },
    });
  });

  it('A3 gives the same hash for the same content, another one for other content', async () => {
    const first = await read();
    expect((await read()).hash).toBe(first.hash);
    server.answer = pagesOf(() => [...college.slice(0, 4), person('00990', '改了名')]);
    expect((await read()).hash).not.toBe(first.hash);
  });

  it('A1 is not complete without a total, nor when the source lists changes only', async () => {
    expect(await read({ list: { total: '' } })).toMatchObject({ complete: false, people: 5 });
    expect(await read({ draft: { full: false } })).toMatchObject({ complete: false, people: 5 });
  });

  it('A1 half a source is no statement: a page that fails, is cut or is missing ends it', async () => {
    const whole = server.answer;
    const fault =
      (on: string, answer: typeof whole): typeof whole =>
      (url, request, response) =>
        url.searchParams.get('page') === on ? answer(url, request, response) : whole(url, request, response);
    server.answer = fault('2', (_url, _request, response) => json(response, { error: 'x' }, 500));
    expect(await failing()).toBe('hr.source_busy');
    server.answer = fault('3', (_url, _request, response) => response.end('{"data":{"list":[{"no"'));
    expect(await failing()).toBe('hr.source_not_json');
    server.answer = fault('2', (_url, request) => request.socket.destroy());
    expect(await failing()).toBe('hr.source_unreachable');
    server.answer = fault('2', (_url, _request, response) =>
      json(response, { data: { list: 'none', total: 5 } }),
    );
    expect(await failing()).toBe('hr.source_no_items');
    server.answer = fault('3', (_url, _request, response) =>
      json(response, { data: { list: [], total: 5 } }),
    );
    expect(await failing()).toBe('hr.source_total_differs');
  });

  it('A1 a total that is wrong or changes between pages ends it', async () => {
    server.answer = pagesOf(() => college, { total: 6 });
    expect(await failing()).toBe('hr.source_total_differs');
    server.answer = pagesOf(() => college, { total: 'many' });
    expect(await failing()).toBe('hr.source_no_total');
    let asked = 0;
    server.answer = pagesOf(() => [...college, ...(asked++ > 0 ? [person('00991', '新人')] : [])]);
    expect(await failing()).toBe('hr.source_changed_meanwhile');
  });

  it('A1 notices somebody who fell between two pages although the total agrees', async () => {
    let asked = 0;
    // After the first page one person of it goes and another comes at the end: five before, five after, 00163 unread.
    server.answer = pagesOf(() => (asked++ === 0 ? college : [...college.slice(1), person('00991', '新人')]));
    expect(await failing()).toBe('hr.source_changed_meanwhile');
  });

  it('asks again what may pass, and only so often', async () => {
    let failures = 2;
    const whole = server.answer;
    server.answer = (url, request, response) =>
      failures-- > 0 ? json(response, {}, 503) : whole(url, request, response);
    expect((await read()).people).toBe(5);
    failures = 3;
    server.asked.length = 0;
    expect(await failing()).toBe('hr.source_busy');
    expect(server.asked).toHaveLength(3);
  });

  it('does not wait for ever, nor read without end', async () => {
    server.answer = (_url, _request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"data":');
    };
    expect(await failing({ totalMs: 100 })).toBe('hr.source_timeout');
    server.answer = pagesOf(() => [person('1', '甲'.repeat(5_000))]);
    expect(await failing({ pageBytes: 10_000 })).toBe('hr.source_too_large');
  });

  it('goes by offset, and by numbers without a total to the first empty page', async () => {
    server.answer = (url, _request, response) => {
      const from = Number(url.searchParams.get('from'));
      // Gives at most two, however many it is asked for.
      json(response, { rows: college.slice(from, from + 2) });
    };
    const byOffset = { by: 'offset', param: 'from', sizeParam: 'max', size: 100 } as const;
    const list = { items: 'rows', total: '', paging: byOffset };
    expect(
      (await read({ list, draft: { full: false, lists: { units: null, people: peopleList(list) } } })).people,
    ).toBe(5);
    expect(server.asked[1]).toBe('/people?org=1&from=2&max=100');
  });

  it('goes by cursor and by link, and never in a circle', async () => {
    const paging = { by: 'cursor', param: 'after', next: 'next', sizeParam: 'size', size: 3 } as const;
    server.answer = (url, _request, response) => {
      const at = Number(url.searchParams.get('after') ?? 0);
      json(response, { list: college.slice(at, at + 3), n: 5, next: at + 3 < 5 ? at + 3 : null });
    };
    const byCursor = { items: 'list', total: 'n', paging };
    expect(await read({ list: byCursor })).toMatchObject({ people: 5, complete: true });
    server.answer = (_url, _request, response) => json(response, { list: college, n: 5, next: 7 });
    expect(await failing({ list: byCursor })).toBe('hr.source_goes_round');

    const byLink = { items: 'list', total: '', paging: { by: 'link', next: 'links.next' } as const };
    server.answer = (url, _request, response) =>
      json(response, {
        list: url.pathname === '/people' ? college.slice(0, 2) : college.slice(2),
        links: { next: url.pathname === '/people' ? '/more?x=1' : '' },
      });
    expect((await read({ list: byLink })).people).toBe(5);
    expect(server.asked.at(-1)).toBe('/more?x=1');
  });

  it('asks nobody but its origin: no redirect, no link elsewhere', async () => {
    const other = await openPagedServer(pagesOf(() => college));
    try {
      server.answer = (_url, _request, response) =>
        response.writeHead(302, { location: `${other.origin}/people` }).end();
      expect(await failing()).toBe('hr.source_redirects');
      server.answer = (_url, _request, response) =>
        json(response, { list: college, next: `${other.origin}/people` });
      const list = { items: 'list', total: '', paging: { by: 'link', next: 'next' } as const };
      expect(await failing({ list })).toBe('hr.source_elsewhere');
      expect(await failing({ list: { path: `//127.0.0.1:1/people` } })).toBe('hr.source_elsewhere');
      expect(other.asked).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('asks no private address that the configuration does not name, by number or by name', async () => {
    expect(await failing({ networks: [] })).toBe('hr.source_private_address');
    expect(await failing({ networks: ['10.0.0.0/8'] })).toBe('hr.source_private_address');
    const byName = {
      connection: { origin: server.origin.replace('127.0.0.1', 'localhost'), auth: 'none', authName: '' },
    } as const;
    expect(await failing({ networks: [], draft: byName })).toBe('hr.source_private_address');
    expect(server.asked).toEqual([]);
  });

  it('brings its credentials as the source wants them, and says so when they are not taken', async () => {
    const seen: (string | undefined)[] = [];
    const whole = pagesOf(() => college.slice(0, 1));
    server.answer = (url, request, response) => {
      seen.push(request.headers.authorization ?? (request.headers['x-key'] as string | undefined));
      whole(url, request, response);
    };
    const one = { list: { paging: { by: 'none' } as const } };
    const as = (auth: 'bearer' | 'basic' | 'header', authName: string) =>
      readHttp(
        { ...settingsOf(one), connection: { origin: server.origin, auth, authName } },
        'a-token',
        readingOf({}),
      );
    await as('bearer', '');
    await as('basic', 'hr');
    await as('header', 'X-Key');
    expect(seen).toEqual([
      'Bearer a-token',
      `Basic ${Buffer.from('hr:a-token').toString('base64')}`,
      'a-token',
    ]);
    server.answer = (_url, _request, response) => json(response, {}, 401);
    expect(await failing()).toBe('hr.source_login');
  });

  it('A6 takes the oldest moment its answers speak of as the cut-off', async () => {
    const list = { asOf: 'data.asOf' };
    server.answer = pagesOf(() => college, { asOf: '2026-11-20 06:30:00' });
    expect((await read({ list })).cutOffAt).toBe(Date.parse('2026-11-20T06:30:00+08:00'));
    server.answer = pagesOf(() => college, { asOf: 1_763_600_000 });
    expect((await read({ list })).cutOffAt).toBe(1_763_600_000_000);
    server.answer = pagesOf(() => college, { asOf: '2027-01-01T00:00:00Z' });
    expect((await read({ list })).cutOffAt).toBe(NOW);
    server.answer = pagesOf(() => college, { asOf: 'soon' });
    expect(await failing({ list })).toBe('hr.source_no_as_of');
  });

  it('A5 an absent field was not provided; an empty one is what the source was set up to mean', async () => {
    const { contact: _none, ...without } = person('00001', '甲');
    server.answer = pagesOf(() => [without, person('00002', '乙', { contact: { mobile: null } })]);
    const cells = async (empties: 'notProvided' | 'clear') =>
      (await read({ draft: { empties } })).rows.map((row) => row.cells.mobile);
    expect(await cells('notProvided')).toEqual([undefined, '']);
    expect(await cells('clear')).toEqual([undefined, '[清空]']);
  });

  it('a value that is no text ends the reading and names its field, not its content', async () => {
    server.answer = pagesOf(() => [person('00001', '甲', { zt: { code: 'secret' } })]);
    await expect(read()).rejects.toMatchObject({ code: 'hr.source_not_text', data: { field: 'zt' } });
  });

  it('samples its first page only', async () => {
    const [sample] = await sampleHttp(settingsOf({ list: { paging: BY_PAGE } }), 'a-token', readingOf({}));
    expect(sample).toMatchObject({ kind: 'people', total: 5, records: college.slice(0, 2) });
    expect(sample?.fields).toEqual(['no', 'xm', 'contact', 'depts', 'lb', 'zt']);
    expect(server.asked).toHaveLength(1);
  });
});
