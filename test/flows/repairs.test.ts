import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  FiguresAnswer,
  ListAnswer,
  OwnAnswer,
  RecurringAnswer,
  TicketAnswer,
} from '../../server/features/repairs/contract.ts';
import { fillRepairs } from '../../scripts/demo/repairs.ts';
import { TicketTable } from '../../server/features/repairs/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import type { Client } from '../support/client.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { userid } from '../support/story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let s: Started;
let manager: Client;
let reporter: Client;
let mender: Client;
let menderId: string;

const idOf = async (client: Client) =>
  (await client.get<{ person: { personId: string } }>('/api/me')).person.personId;
const ticket = (client: Client, id: string) => client.get<TicketAnswer>(`/api/repairs/tickets/${id}`);
const act = (client: Client, id: string, body: object) =>
  client.send('POST', `/api/repairs/tickets/${id}/act`, body);
async function acted(client: Client, id: string, body: object): Promise<string> {
  const answer = await act(client, id, body);
  const text = await answer.text();
  expect([answer.status, text]).toEqual([200, text]);
  return (JSON.parse(text) as { state: string }).state;
}
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const report = (client: Client, more: object = {}) =>
  client.post<{ ticketId: string; number: string }>('/api/repairs/tickets', {
    clientKey: randomUUID(),
    category: 'desktop',
    placeId: null,
    placeText: '图书馆三楼东侧',
    words: '投影仪不亮',
    ...more,
  });
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);
async function photo(client: Client): Promise<string> {
  const answer = await client.upload('/api/files', '照片.png', PNG);
  return ((await answer.json()) as { fileId: string }).fileId;
}
const worker = (personId: string, categories: string[], areas: string[] = []) =>
  manager.send('PUT', '/api/repairs/workers', { personId, categories, areas });
/** Sign-ins do not outlive a jump of days. */
async function again(): Promise<void> {
  manager = await s.signIn(userid.superAdmin);
  reporter = await s.signIn(userid.applicant);
  mender = await s.signIn(userid.librarian);
}

beforeEach(async () => {
  s = await startApp();
  await again();
  menderId = await idOf(mender);
});
afterEach(() => s.close());

it('S1-10.1a, b from a code on the wall to a rating, with a hold that stops the clock and a rework', async () => {
  const place = await manager.post<{ placeId: string; code: string }>('/api/repairs/places', {
    name: '行政楼 302',
    area: '行政楼',
    kind: 'asset',
    assetNo: 'JD-2023-0417',
  });
  expect((await worker(menderId, ['air'], ['行政楼'])).status).toBe(200);

  // Scanned: the form has the place.
  const scanned = await reporter.get<{ place: { placeId: string; name: string }; open: object[] }>(
    `/api/repairs/codes/${place.code}`,
  );
  expect(scanned).toMatchObject({ place: { placeId: place.placeId, name: '行政楼 302' }, open: [] });
  const clientKey = randomUUID();
  const before = await photo(reporter);
  const wanted = {
    clientKey,
    category: 'air',
    placeId: place.placeId,
    placeText: '',
    words: '空调漏水',
    fileIds: [before],
  };
  const { ticketId, number } = await report(reporter, wanted);
  expect(number).toMatch(/^BX-2026-\d{4}$/);
  // Sent again by a page that saw no answer: the same one.
  expect(await report(reporter, wanted)).toEqual({ ticketId, number });
  const second = await reporter.get<{ open: { number: string; stateWords: string }[] }>(
    `/api/repairs/codes/${place.code}`,
  );
  expect(second.open).toMatchObject([{ number, stateWords: '待接单' }]);

  // By the rule with who mends air conditioners in this building.
  expect(await ticket(mender, ticketId)).toMatchObject({
    state: 'dispatched',
    place: '行政楼 302',
    assetNo: 'JD-2023-0417',
    holder: { id: menderId },
    can: expect.arrayContaining(['accept', 'giveBack', 'dispatch']),
    events: [
      { kind: 'reported', fileIds: [before] },
      { kind: 'dispatched', byName: '系统' },
    ],
  });
  await s.settle();
  const told = s.sandbox.control.appMessages(userid.librarian).map(({ content }) => JSON.stringify(content));
  expect(told.some((one) => one.includes('行政楼 302') && one.includes('接单'))).toBe(true);
  const seen = await mender.raw('GET', `/api/repairs/tickets/${ticketId}/files/${before}`);
  expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png']);
  // A stranger learns nothing, by no way.
  const stranger = await s.signIn(userid.colleague);
  for (const path of ['', '/candidates', `/files/${before}`])
    expect((await stranger.raw('GET', `/api/repairs/tickets/${ticketId}${path}`)).status).toBe(404);
  expect((await act(stranger, ticketId, { act: 'accept' })).status).toBe(404);
  expect(await codeOf(await act(reporter, ticketId, { act: 'accept' }))).toEqual([
    403,
    'repairs.not_your_act',
  ]);

  expect(await acted(mender, ticketId, { act: 'accept' })).toBe('accepted');
  expect(await codeOf(await act(reporter, ticketId, { act: 'cancel' }))).toEqual([409, 'repairs.moved_on']);

  // R36: eight days of waiting for the contractor do not count; it goes on with what was left.
  const due = (await ticket(mender, ticketId)).due;
  expect(
    await codeOf(
      await act(mender, ticketId, { act: 'hold', reason: 'contractor', words: '要吊装', untilOn: null }),
    ),
  ).toEqual([422, 'repairs.contractor_needed']);
  await acted(mender, ticketId, {
    act: 'hold',
    reason: 'contractor',
    words: '要吊装',
    untilOn: '2026-12-01',
    contractor: '海州物业',
  });
  expect(await ticket(reporter, ticketId)).toMatchObject({
    state: 'held',
    due: { words: '计时暂停' },
    contractor: '海州物业',
    holdWords: '等外包到场 · 要吊装 · 预计 2026-12-01 再办',
  });
  await s.advance(8 * DAY);
  await again();
  await acted(mender, ticketId, { act: 'resume' });
  const later = await ticket(mender, ticketId);
  expect(later.isLate).toBe(false);
  // Thursday's close became the next Thursday's: three working days, counted from the day it went on.
  expect(later.due?.dueAt).toBe((due?.dueAt ?? 0) + 7 * DAY);

  // Done is shown by a photo; not good enough goes back, and the history stays.
  expect(await codeOf(await act(mender, ticketId, { act: 'finish', words: '换了排水管' }))).toEqual([
    422,
    'repairs.photo_needed',
  ]);
  await acted(mender, ticketId, { act: 'finish', words: '换了排水管', fileIds: [await photo(mender)] });
  expect(await codeOf(await act(mender, ticketId, { act: 'confirm', rating: 5 }))).toEqual([
    403,
    'repairs.not_your_act',
  ]);
  expect(await acted(reporter, ticketId, { act: 'rework', words: '还在滴' })).toBe('accepted');
  expect(await ticket(mender, ticketId)).toMatchObject({ round: 2, result: '', due: { state: 'ok' } });
  await acted(mender, ticketId, { act: 'finish', words: '重新做了坡度', fileIds: [await photo(mender)] });
  expect(await acted(reporter, ticketId, { act: 'confirm', rating: 4, words: '好了' })).toBe('closed');
  const end = await ticket(reporter, ticketId);
  expect(end).toMatchObject({
    state: 'closed',
    rating: 4,
    ratingWords: '好了',
    isLate: false,
    due: null,
    can: [],
  });
  expect(end.events.map(({ kind }) => kind)).toEqual([
    'reported',
    'dispatched',
    'accepted',
    'held',
    'resumed',
    'done',
    'rework',
    'done',
    'confirmed',
  ]);
  expect(await mender.get<OwnAnswer>('/api/repairs/own?box=did')).toMatchObject({
    isWorker: true,
    todo: 0,
    items: [{ ticketId, rating: 4 }],
  });
  const copy = await reporter.get<{ sections: { title: string; rows: object[] }[] }>(
    '/api/access/own-data?format=json',
  );
  expect(copy.sections.find(({ title }) => title === '报修')?.rows).toHaveLength(1);
});

it('G9 by hand, handed on and back: each clock that runs out is on whoever held it; nobody accepts the own report', async () => {
  const otherId = await idOf(await s.signIn(userid.colleague));
  await worker(menderId, ['desktop']);
  await worker(otherId, ['water']);
  await worker(await idOf(reporter), ['hazard']);
  // A hazard is given out by hand.
  const hazard = await report(reporter, { category: 'hazard', words: '楼梯扶手松动' });
  expect((await ticket(manager, hazard.ticketId)).state).toBe('reported');
  const candidates = await manager.get<{ items: { personId: string; fits: boolean }[] }>(
    `/api/repairs/tickets/${hazard.ticketId}/candidates`,
  );
  expect(candidates.items.map(({ personId }) => personId).sort()).toEqual([menderId, otherId].sort());
  const reporterId = await idOf(reporter);
  expect(await codeOf(await act(manager, hazard.ticketId, { act: 'dispatch', toId: reporterId }))).toEqual([
    422,
    'repairs.own_report',
  ]);
  const bystander = await idOf(await s.signIn(userid.headless));
  expect(await codeOf(await act(manager, hazard.ticketId, { act: 'dispatch', toId: bystander }))).toEqual([
    400,
    'repairs.unknown_worker',
  ]);
  await acted(manager, hazard.ticketId, { act: 'dispatch', toId: menderId });
  // Half an hour of office time: over while it lies with the mender, who then hands it on.
  await s.advance(2 * HOUR);
  await acted(mender, hazard.ticketId, { act: 'dispatch', toId: otherId, words: '不是我的片区' });
  const other = await s.signIn(userid.colleague);
  await acted(other, hazard.ticketId, { act: 'accept' });
  const [row] = await s.app.db.read((reads) =>
    reads.em.query<{ isTakeLate: number; takeLateId: string }[]>(
      'select isTakeLate, takeLateId from repair_ticket where id = ?',
      [hazard.ticketId],
    ),
  );
  expect([Boolean(row?.isTakeLate), row?.takeLateId]).toEqual([true, menderId]);
  expect(await acted(other, hazard.ticketId, { act: 'giveBack', words: '需要电工' })).toBe('reported');
  expect((await ticket(manager, hazard.ticketId)).holder).toBeNull();
  // Whoever had to do with it still sees it.
  expect((await ticket(mender, hazard.ticketId)).state).toBe('reported');

  // Withdrawn while nobody took it over.
  const mistaken = await report(reporter);
  expect(await acted(reporter, mistaken.ticketId, { act: 'cancel' })).toBe('cancelled');
  const mine = await reporter.get<OwnAnswer>('/api/repairs/own?limit=1');
  expect(mine.items.map(({ ticketId }) => ticketId)).toEqual([mistaken.ticketId]);
  const next = await reporter.get<OwnAnswer>(`/api/repairs/own?limit=1&cursor=${mine.next}`);
  expect(next.items.map(({ ticketId }) => ticketId)).toEqual([hazard.ticketId]);

  // The board, filtered; the heads of a unit see what was reported from there, nobody else anything.
  const board = await manager.get<ListAnswer>('/api/repairs/tickets?state=open&category=hazard&q=扶手');
  expect(board.items.map(({ ticketId }) => ticketId)).toEqual([hazard.ticketId]);
  expect(board.counts.reported).toBe(1);
  const head = await s.signIn(userid.unitHead);
  expect((await head.get<ListAnswer>('/api/repairs/tickets')).total).toBe(2);
  expect(await codeOf(await act(head, hazard.ticketId, { act: 'dispatch', toId: menderId }))).toEqual([
    403,
    'repairs.not_your_act',
  ]);
  expect((await other.raw('GET', '/api/repairs/tickets')).status).toBe(403);
});

it('R46 not accepted in time: closed by nobody, without a rating; a mender who leaves gives back what is in hand', async () => {
  await worker(menderId, ['desktop']);
  const { ticketId } = await report(reporter);
  await acted(mender, ticketId, { act: 'accept' });
  await acted(mender, ticketId, { act: 'finish', words: '换了灯泡' });
  const { autoConfirmAt } = await ticket(reporter, ticketId);
  const left = (autoConfirmAt ?? 0) - s.clock.now();
  await s.advance(left - MINUTE);
  await again();
  expect((await ticket(reporter, ticketId)).state).toBe('done');
  await s.advance(2 * HOUR);
  const closed = await ticket(reporter, ticketId);
  expect(closed).toMatchObject({ state: 'closed', rating: null });
  expect(closed.events.at(-1)).toMatchObject({
    kind: 'autoConfirmed',
    title: '没有人验收，到期自动办结',
    byName: '系统',
  });

  const waiting = await report(reporter);
  await acted(mender, waiting.ticketId, { act: 'accept' });
  await acted(mender, waiting.ticketId, { act: 'hold', reason: 'parts', words: '等灯泡', untilOn: null });
  await s.app.db.write(systemActor('test'), (tx) => s.app.directory.lockPerson(tx, menderId));
  await s.settle();
  expect(await ticket(manager, waiting.ticketId)).toMatchObject({
    state: 'reported',
    holder: null,
    holdWords: '',
  });
  // Its clock goes on, and nothing new is given to who is away.
  expect((await ticket(manager, waiting.ticketId)).due?.dueAt).not.toBeNull();
  expect((await ticket(manager, (await report(reporter)).ticketId)).state).toBe('reported');
});

it('S1-10.1c figures of a period, frozen when it is over, as a page and as a file that runs no formula; H1', async () => {
  await worker(menderId, ['desktop']);
  const { ticketId } = await report(reporter, { placeText: '=HYPERLINK("http://x","y")', words: '=1+1' });
  await acted(mender, ticketId, { act: 'accept' });
  await s.advance(HOUR);
  await acted(mender, ticketId, { act: 'finish', words: '修好了' });
  await acted(reporter, ticketId, { act: 'confirm', rating: 5 });
  await report(reporter);
  const running = await manager.get<FiguresAnswer>('/api/repairs/figures?period=week');
  expect(running.madeAt).toBeNull();
  expect(running.figures.total).toMatchObject({ reported: 2, done: 1, inTime: 1, rating: 5, rated: 1 });
  expect(running.figures.byDay.reduce((n, day) => n + day.reported, 0)).toBe(2);
  const { fromOn } = running;

  // The second one runs out; the week is over and its report is made.
  await s.advance(8 * DAY);
  await again();
  const frozen = await manager.get<FiguresAnswer>(`/api/repairs/figures?period=week&on=${fromOn}`);
  expect(frozen.madeAt).not.toBeNull();
  expect(frozen.figures.lateTotal).toBe(1);
  // What happens afterwards does not change it.
  const [open] = (await mender.get<OwnAnswer>('/api/repairs/own?box=todo')).items;
  await acted(mender, open?.ticketId ?? '', { act: 'accept' });
  expect(await manager.get<FiguresAnswer>(`/api/repairs/figures?period=week&on=${fromOn}`)).toEqual(frozen);

  const file = await manager.raw('GET', `/api/repairs/figures/export?period=week&on=${fromOn}`);
  expect(file.status).toBe(200);
  const sheets = await readSheets(Buffer.from(await file.arrayBuffer()));
  expect(sheets.map(({ name }) => name)).toEqual([
    '按类别',
    '按单位',
    '按人员',
    '按天',
    '时长和评价',
    '超期',
  ]);
  expect(sheets[0]?.rows.at(-1)?.slice(0, 3)).toEqual(['合计', '2', '1']);
  // A head sees the figures of the own unit; others see none.
  const head = await s.signIn(userid.unitHead);
  const part = await head.get<FiguresAnswer>(`/api/repairs/figures?period=week&on=${fromOn}`);
  expect(part.figures.byUnit.map(({ reported }) => reported)).toEqual([2]);
  expect(
    (
      await (
        await s.signIn(userid.hrHead)
      ).get<FiguresAnswer>(`/api/repairs/figures?period=week&on=${fromOn}`)
    ).figures.total.reported,
  ).toBe(0);
  expect((await reporter.raw('GET', '/api/repairs/figures/export?period=week')).status).toBe(403);
});

it('an inspection of fire extinguishers is ordered every month, once, by the schedule', async () => {
  const { placeId } = await manager.post<{ placeId: string }>('/api/repairs/places', {
    name: '行政楼灭火器',
    area: '行政楼',
    kind: 'asset',
  });
  const wanted = {
    title: '灭火器月检',
    category: 'furniture',
    placeId,
    every: 'month',
    startsOn: '2026-11-24',
  };
  expect(
    await codeOf(await manager.send('POST', '/api/repairs/recurring', { ...wanted, startsOn: '2026-11-01' })),
  ).toEqual([400, 'repairs.starts_past']);
  const { recurringId } = await manager.post<{ recurringId: string }>('/api/repairs/recurring', wanted);
  await worker(menderId, ['furniture']);
  await s.advance(2 * DAY);
  await s.advance(DAY);
  await again();
  const mine = await mender.get<OwnAnswer>('/api/repairs/own?box=todo');
  expect(mine.items).toMatchObject([{ words: '灭火器月检（2026-11-24）', place: '行政楼灭火器' }]);
  const list = await manager.get<RecurringAnswer>('/api/repairs/recurring');
  expect(list.items).toMatchObject([{ nextOn: '2026-12-24', lastNumber: mine.items[0]?.number }]);
  expect((await reporter.raw('GET', '/api/repairs/recurring')).status).toBe(403);
  await manager.post(`/api/repairs/recurring/${recurringId}/end`, { version: list.items[0]?.version });
  await s.advance(31 * DAY);
  await again();
  expect((await mender.get<OwnAnswer>('/api/repairs/own?box=todo')).items).toHaveLength(1);
});

it('the demo has tickets in every state, made by the commands', async () => {
  await s.close();
  s = await startApp({ cast: 'college' });
  await fillRepairs(s.app);
  manager = await s.signIn(userid.superAdmin);
  const { counts, total } = await manager.get<ListAnswer>('/api/repairs/tickets');
  expect([counts, total]).toEqual([{ reported: 1, dispatched: 1, accepted: 1, held: 1, done: 1 }, 6]);
  const home = await manager.get<{ entries: { items: { path: string }[] }[] }>('/api/home');
  expect(home.entries.flatMap(({ items }) => items.map(({ path }) => path))).toContain('/repairs');
});

it('S1-10.1c a week of more tickets than a page reckons at once has its report all the same', async () => {
  await worker(menderId, ['desktop']);
  const { ticketId } = await report(reporter);
  await acted(mender, ticketId, { act: 'accept' });
  await acted(mender, ticketId, { act: 'finish', words: '修好了' });
  await acted(reporter, ticketId, { act: 'confirm', rating: 5 });
  const doublings = 16;
  await s.app.db.write(systemActor('test'), async ({ em, dialect }) => {
    const columns = em.connection.getMetadata(TicketTable).columns.map(({ databaseName }) => databaseName);
    const fresh = dialect === 'mysql' ? `replace(uuid(), '-', '')` : 'lower(hex(randomblob(16)))';
    const copied = columns.map((name) => (['id', 'number', 'clientKey'].includes(name) ? fresh : name));
    for (let n = 0; n < doublings; n += 1)
      await em.query(
        `insert into repair_ticket (${columns.join(', ')}) select ${copied.join(', ')} from repair_ticket`,
      );
  });
  const query = '/api/repairs/figures?period=week';
  expect(await codeOf(await manager.raw('GET', query))).toEqual([422, 'repairs.too_many']);
  await s.advance(8 * DAY);
  await again();
  const frozen = await manager.get<FiguresAnswer>(`${query}&on=2026-11-23`);
  expect(frozen.madeAt).not.toBeNull();
  expect(frozen.figures.total).toMatchObject({ reported: 2 ** doublings, done: 2 ** doublings, rating: 5 });
});
