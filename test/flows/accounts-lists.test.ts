/** What waits for whom: the lists of the accounts room, through HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { LocksAnswer, RequestsAnswer, SheetsAnswer } from '../../server/features/accounts/contract.ts';
import { type AccountsStory, accountsStory } from '../support/accounts-story.ts';

let a: AccountsStory;
beforeEach(async () => {
  a = await accountsStory();
  await a.takeStock();
});
afterEach(() => a.s.close());

type Who = Parameters<AccountsStory['get']>[0];
type Locks = z.infer<typeof LocksAnswer>;
type Sheets = z.infer<typeof SheetsAnswer>;
type Requests = z.infer<typeof RequestsAnswer>;
const requests = (who: Who, query: string) => a.get<Requests>(who, `/requests?${query}`);
const waiting = async (who: Who) =>
  (await requests(who, 'box=waiting')).items.map(({ requestId }) => requestId);

const lock = () => ({ unitId: a.unitOf('D2001'), fromOn: a.today(), cause: 'other', reason: '停职' });

describe('requests by box', () => {
  it('waits for the unit until it is sent, then for who accepts, then for IT; for nobody once it is done', async () => {
    const unitId = a.unitOf('D2001');
    const form = {
      unitId,
      move: 'within',
      effectiveOn: a.today(),
      reason: '岗位调整',
      changes: [{ item: '显示名', before: '甲', after: '乙' }],
      systems: ['oa'],
    };
    const requestId = await a.begin('head', 'change', a.idOf('colleague'), form);
    expect(await waiting('head')).toEqual([requestId]);
    // HR may send for every unit, but a unit's duty does not wait for HR.
    expect(await waiting('hr')).toEqual([]);
    expect(await waiting('it')).toEqual([]);
    await a.submit('head', requestId, unitId);
    expect(await waiting('head')).toEqual([]);
    expect(await waiting('it')).toEqual([requestId]);
    await a.post('it', `/requests/${requestId}/return`, { missing: ['函'] });
    expect(await waiting('head')).toEqual([requestId]);
    expect(await waiting('it')).toEqual([]);
    await a.submit('head', requestId, unitId);
    await a.post('it', `/requests/${requestId}/accept`);
    expect(await waiting('it')).toEqual([requestId]);
    await a.post('it', `/requests/${requestId}/execute`);
    expect(await waiting('second')).toEqual([requestId]);
    await a.confirmByHand(requestId);
    expect(await waiting('it')).toEqual([]);
    expect((await requests('head', 'box=mine')).items.map((one) => one.requestId)).toEqual([requestId]);
    expect((await requests('it', 'box=mine')).items).toEqual([]);
  });

  it('H2 H3 counts are those of the lists under the same filters; nothing about oneself waits for oneself', async () => {
    const about = await a.begin('hr', 'lock', a.idOf('unitHead'), lock());
    const other = await a.begin('head', 'lock', a.idOf('colleague'), lock());
    const mine = await requests('head', 'box=waiting');
    expect(mine.items.map(({ requestId }) => requestId)).toEqual([other]);
    // One's own lock is in no list of one's own, and counted in none.
    expect(mine.counts).toEqual({ waiting: 1, mine: 1, all: 1 });
    expect((await requests('head', '')).items.map(({ requestId }) => requestId)).toEqual([other]);
    expect((await requests('hr', '')).counts).toEqual({ waiting: 0, mine: 1, all: 2 });
    expect((await requests('hr', 'box=mine')).items.map(({ requestId }) => requestId)).toEqual([about]);
    expect((await requests('head', 'kind=cancel')).counts).toEqual({ waiting: 0, mine: 0, all: 0 });
    expect((await requests('stranger', '')).counts).toEqual({ waiting: 0, mine: 0, all: 0 });
    const second = await requests('hr', `limit=1&cursor=${other}`);
    expect(second.items.map(({ requestId }) => requestId)).toEqual([about]);
    expect(second.counts).toBeNull();
  });

  it('a cancellation waits for IT again when its grace is over', async () => {
    const unitId = a.unitOf('D2001');
    const form = { unitId, leftOn: a.today(), leavingReason: 'resigned' };
    const requestId = await a.begin('head', 'cancel', a.idOf('colleague'), form);
    await a.submit('head', requestId, unitId);
    expect(await waiting('hr')).toEqual([requestId]);
    await a.post('hr', `/requests/${requestId}/accept`);
    await a.post('it', `/requests/${requestId}/execute`);
    await a.confirmByHand(requestId);
    await a.s.settle();
    const sheetId = (await a.cancellation(requestId)).sheetId ?? '';
    await a.post('head', `/handovers/${sheetId}/dry-run`);
    await a.post('head', `/handovers/${sheetId}/execute`);
    await a.post('head', `/handovers/${sheetId}/sign`);
    await a.post('head', `/cancellations/${requestId}/backup`, { statement: '本人已离校' });
    expect(await waiting('it')).toEqual([]);
    await a.advance(15 * 86_400_000);
    expect(await waiting('second')).toEqual([requestId]);
  });
});

describe('locks that stand', () => {
  const locks = (who: Who, box: string) => a.get<Locks>(who, `/locks?box=${box}`);

  it('S3-2.4b S3-2.5b H5 due once its end or its result is there, until somebody decides; it never lapses', async () => {
    const unitId = a.unitOf('D2001');
    const away = {
      homeUnitId: unitId,
      hostName: '省教育厅',
      hostLetter: { number: '教函〔2026〕3号' },
      fromOn: a.today(),
      untilOn: '2026-12-18',
    };
    const out = await a.begin('head', 'secondOut', a.idOf('colleague'), away);
    await a.submit('head', out, unitId);
    await a.carryOut(out);
    const form = { unitId, fromOn: a.today(), cause: 'investigation', reason: '纪委立案审查' };
    const investigated = await a.begin('hr', 'lock', a.idOf('unitHead'), form);
    await a.submit('hr', investigated, unitId);
    await a.carryOut(investigated);
    // Whoever is locked is signed out: HR sends for the unit now.
    expect((await locks('hr', 'due')).counts).toEqual({ due: 0, all: 2 });
    await a.advance(60 * 86_400_000);
    const due = await locks('hr', 'due');
    expect(due.items.map(({ personName, due: clock }) => [personName, clock?.state])).toEqual([
      ['吴敏', 'overdue'],
    ]);
    // IT carries locks out and is told neither until when nor why: an end tells that it is none of an investigation.
    const all = await locks('it', 'all');
    expect(all.items.map(({ untilOn, can }) => [untilOn, can.decide])).toEqual([
      [null, false],
      [null, false],
    ]);
    expect(new Set(all.items.map(({ words }) => words)).size).toBe(1);
    expect(JSON.stringify([all, await locks('hr', 'all')])).not.toMatch(/纪委|investigation/);
    const lockId = all.items.find(({ personId }) => personId === a.idOf('unitHead'))?.lockId ?? '';
    await a.post('hr', `/locks/${lockId}/result`, { resultOn: a.today() });
    expect((await locks('hr', 'due')).counts).toEqual({ due: 2, all: 2 });
    const decision = { decision: 'unlock', effectiveOn: a.today(), returned: true, reason: '查无问题' };
    await a.post('hr', `/locks/${lockId}/decide`, decision);
    // Decided, and locked until it is carried out.
    expect((await locks('hr', 'due')).counts).toEqual({ due: 1, all: 2 });
    expect((await locks('stranger', 'all')).items).toEqual([]);
    expect((await locks('liaison', 'all')).items).toEqual([]);
  });
});

describe('hand-over sheets that are not finished', () => {
  const sheets = (who: Who, box: string) => a.get<Sheets>(who, `/handovers?box=${box}`);

  it('H2 H3 the unit’s, what comes to a successor, all for IT; none to the leaver, none once it is closed', async () => {
    const unitId = a.unitOf('D2001');
    const form = { unitId, leftOn: a.today(), leavingReason: 'resigned' };
    const requestId = await a.begin('head', 'cancel', a.idOf('colleague'), form);
    await a.submit('head', requestId, unitId);
    await a.post('hr', `/requests/${requestId}/accept`);
    const sheetId = (await a.cancellation(requestId)).sheetId ?? '';
    expect((await sheets('head', 'unit')).items).toMatchObject([
      { sheetId, personName: '吴敏', state: 'open', toMe: 0, due: { state: expect.any(String) as string } },
    ]);
    expect((await sheets('it', 'all')).counts).toEqual({ mine: 0, unit: 0, all: 1 });
    expect((await sheets('colleague', 'all')).counts).toEqual({ mine: 0, unit: 0, all: 0 });
    expect((await sheets('liaison', 'all')).counts).toEqual({ mine: 0, unit: 0, all: 0 });
    await a.post('head', `/handovers/${sheetId}/dry-run`);
    await a.post('head', `/handovers/${sheetId}/execute`);
    expect((await sheets('hr', 'all')).items).toMatchObject([{ state: 'executed' }]);
    await a.post('head', `/handovers/${sheetId}/sign`);
    expect((await sheets('hr', 'all')).items).toEqual([]);
  });
});

describe('what a reader of a cancellation may do', () => {
  it('S2-16 the answer says what the command takes: backup by person or unit, recall by IT, deletion by a second person', async () => {
    const unitId = a.unitOf('D2001');
    const form = { unitId, leftOn: a.today(), leavingReason: 'resigned' };
    const requestId = await a.begin('head', 'cancel', a.idOf('colleague'), form);
    await a.submit('head', requestId, unitId);
    await a.post('hr', `/requests/${requestId}/accept`);
    const can = async (who: Who) => (await a.get<{ can: object }>(who, `/cancellations/${requestId}`)).can;
    const nothing = { backUp: false, recall: false, remove: false };
    expect(await can('colleague')).toEqual({ ...nothing, backUp: true });
    expect(await can('head')).toEqual({ ...nothing, backUp: true });
    expect(await can('it')).toEqual({ ...nothing, recall: true });
    expect(await a.refusal('it', `/cancellations/${requestId}/backup`, { statement: '替他说' })).toBe(
      'accounts.not_your_unit',
    );
    await a.post('it', `/requests/${requestId}/execute`);
    await a.confirmByHand(requestId);
    await a.s.settle();
    const sheetId = (await a.cancellation(requestId)).sheetId ?? '';
    await a.post('head', `/handovers/${sheetId}/dry-run`);
    await a.post('head', `/handovers/${sheetId}/execute`);
    await a.post('head', `/handovers/${sheetId}/sign`);
    await a.post('head', `/cancellations/${requestId}/backup`, { statement: '本人已离校' });
    expect(await can('head')).toEqual(nothing);
    expect(await can('second')).toEqual({ ...nothing, recall: true });
    await a.advance(15 * 86_400_000);
    expect(await can('second')).toEqual({ ...nothing, recall: true, remove: true });
    await a.post('second', `/cancellations/${requestId}/delete`);
    expect(await can('second')).toEqual(nothing);
  });
});
