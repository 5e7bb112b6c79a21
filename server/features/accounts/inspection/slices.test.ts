import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/id.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import { JobTable } from '../../../platform/jobs/index.ts';
import type { AccountState } from '../model.ts';
import { listAccountHistory } from '../queries.ts';
import { AccountHistoryTable, AccountTable } from '../tables.ts';
import { actor, at, openStage, type Stage } from '../testing/stage.ts';
import { beginInspection, runInspection } from './commands.ts';
import { inspectedAccounts, readFacts } from './facts.ts';
import { inspectWhatIsDue } from './monthly.ts';
import { listLetterAccounts, listLetters, readInspection, readLetter } from './queries.ts';
import { replyToLetter } from './reply.ts';
import { carryOn } from './steps.ts';
import { FindingTable, InspectionTable, LetterItemTable, LetterTable } from './tables.ts';
import { windowOf } from './window.ts';

let s: Stage;
/** Sources that cannot be had. */
const absent = new Set<string>();
const month = { systemCode: 'wecom', month: '2026-10' };
const window = windowOf('2026-10', 9);
const keep = { kind: 'keep', reason: '驻外', leftOn: null, leavingReason: null } as const;

beforeEach(async () => {
  absent.clear();
  s = await openStage('2026-09-01T09:00:00+08:00');
  for (const code of ['session', 'ownActs', 'operLog', 'consoleExport', 'appEntry'])
    s.accounts.onEvidence({
      code,
      systemCodes: ['wecom'],
      read: () =>
        Promise.resolve(absent.has(code) ? null : { cutOffAt: at('2026-11-09 02:00'), last: new Map() }),
    });
});
afterEach(() => s.t.close());

/** Of people of nobody's unit besides two of the cast's: the top answers for them. */
async function openAccounts(count: number): Promise<void> {
  const people = Array.from({ length: count }, (_, n) => `p${String(n).padStart(4, '0')}`);
  s.world.people.push(...people);
  await s.write('chen', async (tx) => {
    const rows = [...people, 'zhang', 'liang'].map((personId) => ({
      id: newId(),
      personId,
      systemCode: 'wecom',
      state: 'open' as const,
      sinceAt: tx.now,
      generation: 1,
      category: null,
      originUnit: null,
      untilOn: null,
      version: 1,
    }));
    await insertRows(tx, AccountTable, rows);
    await insertRows(
      tx,
      AccountHistoryTable,
      rows.map(({ id, personId }) => move(id, personId, 'opening', 'open', tx.now)),
    );
  });
}

const move = (
  accountId: string,
  personId: string,
  fromState: AccountState,
  toState: AccountState,
  happenedAt: number,
) => ({
  id: newId(),
  accountId,
  personId,
  systemCode: 'wecom',
  requestId: 'r',
  act: 'open' as const,
  fromState,
  toState,
  happenedAt,
  byName: '陈老师',
  proof: null,
});

const begin = () => s.write('chen', (tx) => beginInspection(s.ctx, tx, month.systemCode, month.month));
const count = (table: typeof FindingTable | typeof LetterTable | typeof LetterItemTable) =>
  s.read((reads) => reads.em.getRepository(table as typeof FindingTable).count());
const letterNotes = () =>
  s.notes.filter(({ key }) => key.startsWith('accounts.letter')).map(({ key }) => key);

describe('an inspection in slices (S3-4a, ACC-7)', () => {
  it('S3-4a cut off after any slice it is gone on with: every finding, letter and clock once', async () => {
    await openAccounts(9);
    s.go('2026-11-09 09:00');
    const inspectionId = await begin();
    let slices = 0;
    // A new worker after every single step: each knows only what is in the database.
    while (!(await carryOn(s.ctx, inspectionId, { most: 1, slice: 2 }))) {
      slices += 1;
      const { state, letters } = await s.read((reads) => readInspection(s.ctx, reads, 'chen', inspectionId));
      expect(state).toBe('running');
      // Nobody is told of a letter before every finding is there.
      if (letters.sent > 0) expect(await count(FindingTable)).toBe(11);
    }
    expect(slices).toBeGreaterThan(9);
    expect(await count(FindingTable)).toBe(11);
    expect(await count(LetterItemTable)).toBe(11);
    expect(await count(LetterTable)).toBe(3);
    expect(new Set(letterNotes()).size).toBe(letterNotes().length);
    const { items } = await s.read((reads) => listLetters(s.ctx, reads, 'chen', inspectionId, { limit: 50 }));
    for (const { letterId } of items)
      expect(await s.clocksOf('account_letter', letterId)).toMatchObject([{ state: 'open' }]);
    expect(await s.read((reads) => readInspection(s.ctx, reads, 'chen', inspectionId))).toMatchObject({
      state: 'decided',
      figures: { total: 11, listed: 11 },
      letters: { sent: 3, accounts: 11, replied: 0 },
    });
    expect(await carryOn(s.ctx, inspectionId)).toBe(true);
    expect(await count(FindingTable)).toBe(11);
  });

  it('S3-4a two at work on one inspection do every slice once', async () => {
    await openAccounts(20);
    s.go('2026-11-09 09:00');
    const inspectionId = await begin();
    await Promise.all([1, 2].map(() => carryOn(s.ctx, inspectionId, { slice: 3 })));
    expect(await count(FindingTable)).toBe(22);
    expect(await count(LetterItemTable)).toBe(22);
    expect(letterNotes()).toHaveLength(3);
  });

  it('S3-4a G8 one that runs is gone on with, never a second one beside it; its job is there from the start', async () => {
    await openAccounts(3);
    s.go('2026-11-09 09:00');
    const inspectionId = await begin();
    expect(await Promise.all([1, 2].map(() => runInspection(s.ctx, actor('chen'), month)))).toEqual([
      inspectionId,
      inspectionId,
    ]);
    const jobs = await s.read((reads) => reads.em.getRepository(JobTable).findBy({ jobKey: inspectionId }));
    expect(jobs.map(({ name }) => name)).toEqual(['accounts.inspectSteps']);
    expect(await s.read((reads) => reads.em.getRepository(InspectionTable).count())).toBe(1);
  });

  it('S3-4a what was cut off is finished by the next morning’s look, also of a month before', async () => {
    await openAccounts(3);
    s.go('2026-11-09 09:00');
    const inspectionId = await begin();
    await carryOn(s.ctx, inspectionId, { most: 1, slice: 1 });
    s.go('2026-12-09 06:00');
    await inspectWhatIsDue(s.ctx, s.t.clock.now());
    expect(await s.read((reads) => readInspection(s.ctx, reads, 'chen', inspectionId))).toMatchObject({
      state: 'decided',
      figures: { total: 5 },
    });
  });

  it('S3-4a a source that comes while it runs changes no version in its middle', async () => {
    await openAccounts(3);
    s.go('2026-11-09 09:00');
    absent.add('consoleExport');
    const inspectionId = await begin();
    await carryOn(s.ctx, inspectionId, { most: 1, slice: 2 });
    absent.delete('consoleExport');
    await carryOn(s.ctx, inspectionId);
    expect(await s.read((reads) => readInspection(s.ctx, reads, 'chen', inspectionId))).toMatchObject({
      state: 'undecided',
      figures: { total: 5, undecided: 5 },
      letters: { sent: 0 },
    });
  });

  it('S3-4e a letter with hundreds of accounts is answered page by page, and closes with the last reply', async () => {
    await openAccounts(60);
    s.go('2026-11-09 09:00');
    const inspectionId = await runInspection(s.ctx, actor('chen'), month);
    s.world.people.splice(0);
    const { items } = await s.read((reads) => listLetters(s.ctx, reads, 'chen', inspectionId, { limit: 50 }));
    const letterId = items.find(({ accounts }) => accounts === 60)?.letterId ?? '';
    const page = (box: 'open' | 'answered', cursor?: string) =>
      s.read((reads) => listLetterAccounts(s.ctx, reads, 'li', letterId, { box, cursor, limit: 50 }));
    const first = await page('open');
    const second = await page('open', first.next ?? '');
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 10, null]);
    const all = [...first.items, ...second.items].map(({ letterItemId }) => letterItemId);
    expect(new Set(all).size).toBe(60);
    for (const letterItemId of all.slice(1)) await replyToLetter(s.ctx, actor('li'), letterItemId, keep);
    expect(await s.read((reads) => readLetter(s.ctx, reads, 'li', letterId))).toMatchObject({
      accounts: 60,
      replied: 59,
    });
    expect(await s.clocksOf('account_letter', letterId)).toMatchObject([{ state: 'open' }]);
    await replyToLetter(s.ctx, actor('li'), all[0] ?? '', keep);
    expect(await s.clocksOf('account_letter', letterId)).toMatchObject([{ state: 'closed' }]);
    expect((await page('answered')).items).toHaveLength(50);
  });
});

describe('what an account was at the end of the window (S3-4b)', () => {
  const states = async () => {
    const facts = await s.read((reads) => readFacts(s.ctx, reads, 'wecom', '2026-10', window));
    const { accounts } = await s.read((reads) =>
      inspectedAccounts(reads, 'wecom', window, facts, { after: '', limit: 500 }),
    );
    return new Map(accounts.map((one) => [one.personId, one]));
  };

  it('S3-4b by its last way before the cut-off, of one moment by the later, whatever came after', async () => {
    await openAccounts(2);
    const [zhang] = await s.read((reads) =>
      reads.em.getRepository(AccountTable).findBy({ personId: 'zhang' }),
    );
    const id = zhang?.id ?? '';
    const same = at('2026-10-20 09:00');
    const past = [
      move(id, 'zhang', 'open', 'locked', at('2026-09-20 09:00')),
      move(id, 'zhang', 'locked', 'open', at('2026-10-01 09:00')),
      ...Array.from({ length: 30 }, () => move(id, 'zhang', 'open', 'open', at('2026-10-02 09:00'))),
      move(id, 'zhang', 'open', 'locked', same),
      move(id, 'zhang', 'locked', 'open', same),
      move(id, 'zhang', 'open', 'cancelling', at('2026-11-09 00:00')),
    ];
    await s.write('chen', (tx) => insertRows(tx, AccountHistoryTable, past));
    expect((await states()).get('zhang')).toMatchObject({
      state: 'open',
      openedAt: at('2026-09-01 09:00'),
      lockedAt: same,
      unlockedAt: same,
    });
    await s.write('chen', (tx) =>
      insertRows(tx, AccountHistoryTable, [move(id, 'zhang', 'open', 'cancelling', at('2026-11-08 23:59'))]),
    );
    expect([...(await states()).keys()].sort()).toEqual(['liang', 'p0000', 'p0001']);
  });

  it('S3-0a the history of one person comes page by page, newest first, and is on record when another looks', async () => {
    await openAccounts(0);
    const [zhang] = await s.read((reads) =>
      reads.em.getRepository(AccountTable).findBy({ personId: 'zhang' }),
    );
    const past = Array.from({ length: 5 }, (_, n) =>
      move(zhang?.id ?? '', 'zhang', 'open', 'open', at('2026-10-01 09:00') + n),
    );
    await s.write('chen', (tx) => insertRows(tx, AccountHistoryTable, past));
    const page = (cursor?: string) =>
      s.read((reads) => listAccountHistory(s.ctx, reads, 'zhao', 'zhang', { cursor, limit: 4 }));
    const first = await page();
    const second = await page(first.next ?? '');
    expect([...first.items, ...second.items].map(({ words }) => words)).toEqual([
      ...Array(5).fill('信息变更'),
      '开通中 → 正常',
    ]);
    expect(second.next).toBeNull();
    await expect(
      s.read((reads) => listAccountHistory(s.ctx, reads, 'ma', 'zhang', { limit: 4 })),
    ).rejects.toThrow('accounts.not_visible');
  });
});
