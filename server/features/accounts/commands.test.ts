import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refused } from '../../kernel/errors.ts';
import { AuditEntryTable, createOpenPersonal } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { recordVault } from '../../../test/support/test-db.ts';
import { JobTable, MAX_ATTEMPTS } from '../../platform/jobs/index.ts';
import { confirmBackup, deleteCancelled, recallCancellation } from './commands/cancellations.ts';
import { ITEM_JOB } from './commands/consequences.ts';
import { noteDuty } from './commands/duties.ts';
import { noteInstruction } from './commands/instruct.ts';
import { carryOut, confirmItem, confirmRows, executeRequest, retryItem } from './commands/items.ts';
import { loadLock, locksOf } from './commands/lock-steps.ts';
import { decideLock, readReason, recordResult } from './commands/locks.ts';
import {
  acceptRequest,
  createRequest,
  fillRequest,
  giveBack,
  sendRequest,
  withdrawRequest,
} from './commands/requests.ts';
import { replay } from './engine/evolve.ts';
import { accountsJobs } from './jobs.ts';
import { exchangeRows, listAccountHistory, readAccounts, readCancellation, readRequest } from './queries.ts';
import { listLateCases } from './late/lists.ts';
import { listRequests } from './request-lists.ts';
import { accountsOf, historyOf, loadRequest } from './store.ts';
import { RequestEventTable, RequestTable } from './tables.ts';
import { accept, carryThrough, confirmAll, create, sendAll, stateOf } from './testing/flows.ts';
import { actor, at, filled, forms, letter, openStage, type Stage } from './testing/stage.ts';

let s: Stage;
beforeEach(async () => {
  s = await openStage();
});
afterEach(() => s.t.close());

const page = { limit: 20, box: 'all' } as const;
const rowsAtOnce = { limit: 500 };
const openAll = () => carryThrough(s, 'zhang', forms.open());
const clocks = async (requestId: string) =>
  (await s.clocksOf('account_request', requestId)).map(
    ({ kind, stepRef, state, holderPersonId, breachedAt, breachUnitId }) => ({
      what: `${kind.slice(9)} ${stepRef.includes(':') ? stepRef : ''}`.trim(),
      state,
      holderPersonId,
      breached: breachedAt !== null,
      breachUnitId,
    }),
  );

describe('opening (S3-1)', () => {
  it('S3-0a S3-1a S3-1b one person, three account records, each with its proof', async () => {
    const requestId = await openAll();
    expect((await stateOf(s, requestId)).status).toBe('done');
    expect(await s.statesOf('zhang')).toEqual({ attendance: 'open', oa: 'open', wecom: 'open' });
    const answer = await s.read((reads) => readAccounts(s.ctx, reads, 'zhao', 'zhang'));
    expect(answer.accounts.map(({ systemName, words }) => `${systemName} ${words}`)).toEqual([
      '企业微信 正常，11-23 起',
      'OA 正常，11-23 起',
      '无感考勤 正常，11-23 起',
    ]);
    const past = await s.read((reads) => listAccountHistory(s.ctx, reads, 'zhao', 'zhang', { limit: 50 }));
    expect(past.items).toHaveLength(6);
    expect(s.orders.map(({ act }) => act)).toEqual(['open']);
    expect((await s.read((reads) => loadRequest(reads, requestId))).requestNumber).toBe('ZH-2026-0001');
    expect((await clocks(requestId)).every(({ state, breached }) => state === 'closed' && !breached)).toBe(
      true,
    );
  });

  it('the state equals the replay of its events', async () => {
    const requestId = await openAll();
    const row = await s.read((reads) => loadRequest(reads, requestId));
    expect(replay(await s.read((reads) => historyOf(reads, requestId)))).toEqual(row.state);
    expect(row.eventCount).toBe(row.state.items.length + 6);
  });

  it('S3-1a later than the day of reporting for duty: the unit’s breach, with working days (S3-5)', async () => {
    s.go('2026-11-26 09:00');
    const requestId = await create(s, 'zhao', 'zhang', forms.open());
    await sendAll(s, requestId);
    expect((await clocks(requestId))[0]).toEqual({
      what: 'send send0:jixie',
      state: 'closed',
      holderPersonId: 'zhao',
      breached: true,
      breachUnitId: 'jixie',
    });
    const { items } = await s.read((reads) => listLateCases(s.ctx, reads, 'chen', page));
    expect(items).toMatchObject([
      { unitName: '机械教研室', dueOn: '2026-11-23', submittedOn: '2026-11-26', lateWorkdays: 3 },
    ]);
  });

  it('S3-1a sent in on the day itself, even at night: no breach', async () => {
    s.go('2026-11-23 23:59');
    const requestId = await create(s, 'zhao', 'zhang', forms.open());
    await sendAll(s, requestId);
    expect((await clocks(requestId))[0]).toMatchObject({ state: 'closed', breached: false });
    expect((await s.read((reads) => listLateCases(s.ctx, reads, 'chen', page))).items).toEqual([]);
  });

  it('S2-14a a second opening is refused, also when two are accepted at once', async () => {
    const [one, two] = [
      await create(s, 'zhao', 'zhang', forms.open()),
      await create(s, 'zhao', 'zhang', forms.open({ reason: 'x' })),
    ];
    for (const id of [one, two]) {
      await sendAll(s, id);
      await accept(s, id);
    }
    await executeRequest(s.ctx, actor('chen'), one);
    await expect(executeRequest(s.ctx, actor('chen'), two)).rejects.toThrow('accounts.already_has');
    expect(await s.read((reads) => accountsOf(reads, 'zhang'))).toHaveLength(3);
    const third = await create(s, 'zhao', 'zhang', forms.open());
    await sendAll(s, third);
    await expect(accept(s, third)).rejects.toThrow('accounts.already_has');
  });

  it('S2-14b the unit reports, only HR accepts a joining or a leaving', async () => {
    const requestId = await create(s, 'zhao', 'zhang', forms.open());
    await sendAll(s, requestId);
    for (const other of ['chen', 'wu', 'jihead'])
      await expect(acceptRequest(s.ctx, actor(other), requestId)).rejects.toThrow('accounts.not_acceptor');
    expect((await acceptRequest(s.ctx, actor('li'), requestId)).status).toBe('accepted');
  });

  it('S3-1.3 the account keeps where the person comes from and until when', async () => {
    await carryThrough(
      s,
      'zhang',
      forms.open({ category: 'seconded', originUnit: '市一中', untilOn: '2027-06-30' }),
    );
    const [account] = await s.read((reads) => accountsOf(reads, 'zhang'));
    expect(account).toMatchObject({ category: 'seconded', originUnit: '市一中', untilOn: '2027-06-30' });
  });

  it('only the own unit (or HR) sends; strangers do not even see it', async () => {
    await expect(create(s, 'ma', 'zhang', forms.open())).rejects.toThrow('accounts.not_your_unit');
    const requestId = await create(s, 'jihead', 'zhang', forms.open());
    await expect(sendRequest(s.ctx, actor('ma'), requestId, { unitId: 'jixie', letter })).rejects.toThrow(
      'accounts.not_visible',
    );
    const lists = await Promise.all(
      ['zhao', 'ma', 'zhang', 'fang', 'chen'].map((who) =>
        s.read((reads) => listRequests(s.ctx, reads, who, page)),
      ),
    );
    expect(lists.map(({ items }) => items.length)).toEqual([1, 0, 1, 0, 1]);
  });
});

describe('returned as incomplete (G6)', () => {
  it('G6 the unit’s clock runs on from the same day, IT’s stops and goes on', async () => {
    const requestId = await create(s, 'zhao', 'zhang', forms.change());
    await sendAll(s, requestId);
    const firstDue = (await s.clocksOf('account_request', requestId)).find(
      ({ kind }) => kind === 'accounts.send',
    )?.dueAt;
    await giveBack(s.ctx, actor('chen'), requestId, { missing: ['任免文件'], note: '' });
    const returned = await s.clocksOf('account_request', requestId);
    const open = returned.filter(({ state }) => state === 'open');
    expect(open.map(({ kind, dueAt, pausedReason }) => [kind, dueAt, pausedReason])).toEqual([
      ['accounts.send', firstDue, null],
      ['accounts.review', null, 'returned_incomplete'],
    ]);
    expect(s.notes.map(({ personId, words }) => `${personId} ${words}`)).toEqual([
      'zhao 账号申请退回补正：缺任免文件。',
    ]);
    s.go('2026-11-30 09:00');
    await sendAll(s, requestId);
    const again = await s.clocksOf('account_request', requestId);
    expect(again.find(({ stepRef }) => stepRef === 'send1:jixie')).toMatchObject({
      state: 'closed',
      breachedAt: firstDue,
      breachUnitId: 'jixie',
    });
    expect(again.find(({ kind }) => kind === 'accounts.review')).toMatchObject({
      state: 'open',
      pausedReason: null,
      breachedAt: null,
    });
    expect((await s.read((reads) => listLateCases(s.ctx, reads, 'zhao', page))).items).toMatchObject([
      { lateWorkdays: 2 },
    ]);
  });

  it('S3-1b what the check finds missing is named at once and the clock is not closed by it', async () => {
    const answer = await createRequest(s.ctx, actor('zhao'), {
      personId: 'zhang',
      filled: forms.change({ reason: '' }),
      submit: { unitId: 'jixie', letter },
    });
    expect(answer).toMatchObject({ outcome: 'returned', status: 'returned', missing: ['变更原因'] });
    expect(await clocks(answer.requestId)).toMatchObject([{ what: 'send send0:jixie', state: 'open' }]);
    await fillRequest(s.ctx, actor('zhao'), answer.requestId, forms.change());
    await sendAll(s, answer.requestId);
    expect((await clocks(answer.requestId)).map(({ what, state }) => `${what} ${state}`).sort()).toEqual([
      'review open',
      'send send0:jixie closed',
    ]);
  });

  it('G9 a breach stays with whoever held it; a locked liaison’s open clocks go to the unit’s next', async () => {
    const requestId = await create(s, 'zhao', 'zhang', forms.change());
    s.go('2026-11-27 09:00');
    s.world.inactive.add('zhao');
    await s.write('li', (tx) => s.accounts.onPersonChanged(tx, { personId: 'zhao', kind: 'locked' }));
    const [row] = await s.clocksOf('account_request', requestId);
    expect(row).toMatchObject({ holderPersonId: 'jihead', breachPersonId: 'zhao', breachUnitId: 'jixie' });
  });

  it('withdrawn: nobody owes anything any more', async () => {
    const requestId = await create(s, 'zhao', 'zhang', forms.change());
    await sendAll(s, requestId);
    await withdrawRequest(s.ctx, actor('zhao'), requestId, '报错了');
    expect((await clocks(requestId)).every(({ state }) => state === 'closed')).toBe(true);
    await expect(accept(s, requestId)).rejects.toThrow('accounts.not_now');
  });

  it('S3-0a HR’s word makes the unit owe the request, once', async () => {
    const duty = async (number: string) =>
      s.write('li', (tx) =>
        s.accounts.noteDuty(tx, {
          personId: 'zhang',
          filled: filled('cancel', { unitId: 'jixie', leftOn: '2026-11-20', leavingReason: null }),
          number,
        }),
      );
    const first = await duty('ZH-1');
    expect(await duty('ZH-2')).toBeNull();
    expect(await clocks(first ?? '')).toMatchObject([
      { what: 'send send0:jixie', state: 'open', holderPersonId: 'zhao' },
    ]);
  });
});

describe('news of HR (S3-0a)', () => {
  it('S3-0a the same news noted by two at once is owed once: who comes second looks when the first is through', async () => {
    const duty = {
      personId: 'zhang',
      filled: filled('cancel', { unitId: 'jixie', leftOn: '2026-11-20', leavingReason: null }),
    };
    const other = (tx: Tx) => noteDuty(s.ctx, tx, { ...duty, number: 'ZH-1' });
    // While this one waits for its turn the other one is noted.
    const waits = { ...s.ctx, lockPeople: async (tx: Tx) => void (await other(tx)) };
    expect(await s.write('li', (tx) => noteDuty(waits, tx, { ...duty, number: 'ZH-2' }))).toBeNull();
    const { items } = await s.read((reads) => listRequests(s.ctx, reads, 'li', page));
    expect(items.map(({ number }) => number)).toEqual(['ZH-1']);
  });
});

describe('changes (S3-2)', () => {
  it('S3-2b exactly the listed items are ordered', async () => {
    await openAll();
    s.orders.length = 0;
    await carryThrough(s, 'zhang', forms.change({ systems: ['wecom'] }));
    expect(s.orders).toMatchObject([
      {
        act: 'change',
        changes: [{ item: '职务', before: '教师', after: '教研室主任' }],
        concurrentPost: null,
      },
    ]);
    expect(await s.statesOf('zhang')).toEqual({ attendance: 'open', oa: 'open', wecom: 'open' });
  });

  it('S3-2.3 C12 both units send, each with its own clock; the account gets a concurrent post with its end', async () => {
    await openAll();
    s.orders.length = 0;
    const requestId = await create(s, 'zhao', 'zhang', forms.secondIn());
    await sendRequest(s.ctx, actor('zhao'), requestId, { unitId: 'jidian', letter });
    expect((await stateOf(s, requestId)).status).toBe('draft');
    expect(
      (await clocks(requestId))
        .map(({ what, state, holderPersonId }) => `${what} ${state} ${holderPersonId}`)
        .sort(),
    ).toEqual(['send send0:jidian closed zhao', 'send send0:jingguan open ma']);
    await sendRequest(s.ctx, actor('ma'), requestId, { unitId: 'jingguan', letter });
    await accept(s, requestId);
    await executeRequest(s.ctx, actor('chen'), requestId);
    await confirmAll(s, requestId);
    expect(s.orders).toMatchObject([
      {
        act: 'change',
        concurrentPost: { unitId: 'jingguan', title: '干事', fromOn: '2026-11-23', untilOn: '2027-05-23' },
      },
    ]);
  });

  it('filled again by one unit, the other one owes its word for the new form', async () => {
    await openAll();
    const requestId = await create(s, 'zhao', 'zhang', forms.secondIn());
    await sendRequest(s.ctx, actor('zhao'), requestId, { unitId: 'jidian', letter });
    await fillRequest(s.ctx, actor('ma'), requestId, forms.secondIn({ title: '科长' }));
    expect((await stateOf(s, requestId)).senders.map(({ submittedAt }) => submittedAt)).toEqual([null, null]);
    const open = (await clocks(requestId)).filter(({ state }) => state === 'open');
    expect(open.map(({ what }) => what).sort()).toEqual(['send send0:jidian', 'send send0:jingguan']);
  });

  it('S3-2.4a C14 outside secondment: OA and 企业微信 locked, attendance cancelled; S3-2.4b back: decided, opened anew', async () => {
    await openAll();
    await carryThrough(s, 'zhang', forms.secondOut());
    expect(await s.statesOf('zhang')).toEqual({ attendance: 'cancelled', oa: 'locked', wecom: 'locked' });
    const [lock] = await s.read((reads) => locksOf(reads, 'zhang'));
    const lockId = lock?.id ?? '';
    const [decision] = await s.clocksOf('account_lock', lockId);
    expect(decision).toMatchObject({
      kind: 'accounts.lockDecision',
      holderPersonId: 'zhao',
      dueAt: at('2026-12-24 00:00'),
    });
    s.go('2026-12-30 09:00');
    await s.supervision.sweep();
    expect(await s.statesOf('zhang')).toMatchObject({ wecom: 'locked' });
    const ids = await decideLock(s.ctx, actor('zhao'), lockId, {
      decision: 'unlock',
      effectiveOn: '2026-12-30',
      returned: true,
      reason: '借调期满返岗',
    });
    const [requestId = ''] = ids;
    await expect(
      decideLock(s.ctx, actor('zhao'), lockId, {
        decision: 'cancel',
        leftOn: '2026-12-30',
        leavingReason: 'retired',
        reason: '',
      }),
    ).rejects.toThrow('accounts.lock_decided');
    await sendAll(s, requestId);
    await accept(s, requestId);
    await executeRequest(s.ctx, actor('chen'), requestId);
    const items = (await stateOf(s, requestId)).items.map(({ systemCode, act }) => `${systemCode} ${act}`);
    expect(items).toEqual(['wecom unlock', 'oa unlock', 'attendance open']);
    expect(await s.read((reads) => loadLock(reads, lockId))).toMatchObject({ state: 'on' });
    await confirmAll(s, requestId);
    expect(await s.statesOf('zhang')).toEqual({ attendance: 'open', oa: 'open', wecom: 'open' });
    const attendance = (await s.read((reads) => accountsOf(reads, 'zhang'))).find(
      ({ systemCode }) => systemCode === 'attendance',
    );
    expect(attendance?.generation).toBe(2);
    expect(await s.read((reads) => loadLock(reads, lockId))).toMatchObject({
      state: 'ended',
      decision: 'unlock',
      decisionRequestId: requestId,
    });
    expect((await s.clocksOf('account_lock', lockId))[0]).toMatchObject({
      state: 'closed',
      outcome: 'unlock',
      breachUnitId: 'jidian',
    });
  });
});

describe('a lock under investigation (S3-2.5, H5)', () => {
  const SECRET = '纪检立案审查';
  const lockZhang = async () => {
    await openAll();
    const requestId = await carryThrough(s, 'zhang', forms.lock());
    const [lock] = await s.read((reads) => locksOf(reads, 'zhang'));
    return { requestId, lockId: lock?.id ?? '' };
  };

  it('H5 the reason is in no answer, event, title, note or audit entry, and sealed in the row', async () => {
    const { requestId } = await lockZhang();
    const seen: unknown[] = [s.notes];
    for (const who of ['zhao', 'jihead', 'chen', 'wu', 'li', 'hrchief']) {
      seen.push(await s.read((reads) => readRequest(s.ctx, reads, who, requestId)));
      seen.push(await s.read((reads) => listRequests(s.ctx, reads, who, page)));
      seen.push(await s.read((reads) => readAccounts(s.ctx, reads, who, 'zhang')));
    }
    seen.push(await s.clocksOf('account_request', requestId));
    seen.push(await s.read((reads) => reads.em.getRepository(RequestTable).find()));
    seen.push(await s.read((reads) => reads.em.getRepository(RequestEventTable).find()));
    seen.push(await s.read((reads) => reads.em.getRepository(AuditEntryTable).find()));
    const text = JSON.stringify(seen);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('investigation');
  });

  it('H5 every viewer reads the same words; the person and the unit’s colleagues see no request at all', async () => {
    const { requestId } = await lockZhang();
    for (const who of ['zhang', 'zhao', 'chen', 'li', 'hrchief']) {
      const { accounts } = await s.read((reads) => readAccounts(s.ctx, reads, who, 'zhang'));
      expect(accounts.map(({ words }) => words)).toEqual([
        '锁定，11-23 起',
        '锁定，11-23 起',
        '正常，11-23 起',
      ]);
    }
    for (const who of ['zhang', 'fang', 'ma'])
      await expect(s.read((reads) => readRequest(s.ctx, reads, who, requestId))).rejects.toThrow(
        'accounts.not_visible',
      );
    expect(
      (await s.read((reads) => listRequests(s.ctx, reads, 'zhang', page))).items.map(({ kind }) => kind),
    ).toEqual(['open']);
  });

  it('H5 named roles read it with a purpose, and that is written down; for others there is nothing', async () => {
    const { requestId } = await lockZhang();
    for (const who of ['chen', 'wu', 'zhao', 'li', 'zhang'])
      await expect(readReason(s.ctx, actor(who), requestId, '办案')).rejects.toThrow('accounts.not_visible');
    expect(await readReason(s.ctx, actor('hrchief'), requestId, '核对处分')).toEqual({
      cause: 'investigation',
      reason: SECRET,
    });
    const acts = await s.read((reads) =>
      reads.em.getRepository(AuditEntryTable).findBy({ action: 'accounts.read_lock_reason' }),
    );
    expect(acts.map(({ actorId, after }) => [actorId, after])).toEqual([['hrchief', null]]);
    // H9: what it was for is the locked person's, sealed with their key.
    const parts = await s.read((reads) =>
      createOpenPersonal(recordVault)(
        reads,
        acts.map(({ id }) => id),
      ),
    );
    expect([...parts.values()]).toEqual([
      { state: 'open', personId: 'zhang', before: null, after: { purpose: '核对处分' } },
    ]);
  });

  it('S3-2.5b the lock never ends by itself; the result starts the clock of the decision', async () => {
    const { lockId } = await lockZhang();
    expect(await s.clocksOf('account_lock', lockId)).toEqual([]);
    s.go('2026-12-14 09:00');
    await s.supervision.sweep();
    expect(await s.statesOf('zhang')).toMatchObject({ wecom: 'locked', oa: 'locked' });
    await recordResult(s.ctx, actor('zhao'), lockId, '2026-12-14');
    expect(await s.clocksOf('account_lock', lockId)).toMatchObject([
      { state: 'open', dueAt: at('2026-12-18 00:00'), holderUnitId: 'jidian' },
    ]);
    await expect(recordResult(s.ctx, actor('zhao'), lockId, '2026-12-14')).rejects.toThrow(
      'accounts.lock_has_result',
    );
  });

  it('S3-2.5b the decision "change" begins two requests; taken back, it is owed again', async () => {
    const { lockId } = await lockZhang();
    await recordResult(s.ctx, actor('zhao'), lockId, '2026-11-23');
    const ids = await decideLock(s.ctx, actor('zhao'), lockId, {
      decision: 'change',
      effectiveOn: '2026-11-23',
      reason: '处分决定',
      changes: [{ item: '职务', before: '主任', after: '教师' }],
    });
    expect(await Promise.all(ids.map(async (id) => (await stateOf(s, id)).kind))).toEqual([
      'unlock',
      'change',
    ]);
    await sendAll(s, ids[0] ?? '');
    expect((await s.clocksOf('account_lock', lockId)).map(({ state }) => state)).toEqual(['closed']);
    await withdrawRequest(s.ctx, actor('zhao'), ids[0] ?? '', '再议');
    expect((await s.clocksOf('account_lock', lockId)).map(({ state }) => state).sort()).toEqual([
      'closed',
      'open',
    ]);
    expect(await s.read((reads) => loadLock(reads, lockId))).toMatchObject({
      state: 'on',
      decision: null,
      decisionRequestId: null,
    });
  });

  it('C13 企业微信 is locked in the act itself; nobody accepts or carries out their own', async () => {
    await openAll();
    const requestId = await create(s, 'zhao', 'zhang', forms.lock());
    await sendAll(s, requestId);
    await accept(s, requestId);
    await executeRequest(s.ctx, actor('chen'), requestId);
    expect(await s.statesOf('zhang')).toMatchObject({ wecom: 'locked', oa: 'open' });
    const own = await create(s, 'hrchief', 'chen', forms.open({ unitId: 'college' }));
    await sendAll(s, own);
    await accept(s, own);
    await expect(executeRequest(s.ctx, actor('chen'), own)).rejects.toThrow('accounts.own_request');
    expect((await executeRequest(s.ctx, actor('wu'), own)).status).toBe('executing');
  });
});

describe('connectors and files', () => {
  const begun = async () => {
    const requestId = await create(s, 'zhao', 'zhang', forms.open());
    await sendAll(s, requestId);
    await accept(s, requestId);
    return requestId;
  };

  it('an item whose job is given up fails in words, so that somebody can try again or do it by hand', async () => {
    const requestId = await begun();
    s.hand.fail = new Error('the line is dead');
    await executeRequest(s.ctx, actor('chen'), requestId);
    const item = async () =>
      (await stateOf(s, requestId)).items.find(({ systemCode }) => systemCode === 'wecom');
    const { itemId = '' } = (await item()) ?? {};
    const job = accountsJobs(s.ctx).find(({ name }) => name === ITEM_JOB);
    const now = s.t.clock.now();
    const payload = { requestId, itemId, givenAt: now };
    for (const attempt of [1, MAX_ATTEMPTS - 1])
      await expect(job?.handle({ id: 'j', payload, attempt, now })).rejects.toThrow('the line is dead');
    expect(await item()).toMatchObject({ status: 'running', trouble: null });
    // Still a failure of ours, which the operator hears of.
    const last = { id: 'j', payload, attempt: MAX_ATTEMPTS, now };
    await expect(job?.handle(last)).rejects.toThrow('the line is dead');
    expect(await item()).toMatchObject({ status: 'failed' });
    expect((await item())?.trouble).toMatch(/^[^a-z]+$/);
    s.hand.fail = null;
    await retryItem(s.ctx, actor('chen'), requestId, itemId);
    await job?.handle({ id: 'j2', payload, attempt: 1, now });
    expect(await item()).toMatchObject({ status: 'done' });
  });

  it('a refusal is shown on the item, the rest goes on, a retry does it once', async () => {
    const requestId = await begun();
    s.hand.fail = refused('directory.unknown_person');
    await executeRequest(s.ctx, actor('chen'), requestId);
    const item = (await stateOf(s, requestId)).items.find(({ systemCode }) => systemCode === 'wecom');
    expect(item).toMatchObject({ status: 'failed' });
    expect(item?.trouble).toMatch(/[\u4e00-\u9fff]/);
    const held = async () =>
      (await s.clocksOf('account_request', requestId)).filter(({ stepRef }) => stepRef === item?.itemId);
    expect(await held()).toMatchObject([{ kind: 'accounts.item', state: 'open', holderPersonId: 'chen' }]);
    await confirmAll(s, requestId);
    s.go('2026-11-23 11:00');
    await retryItem(s.ctx, actor('chen'), requestId, item?.itemId ?? '');
    await carryOut(s.ctx, requestId, item?.itemId ?? '', s.t.clock.now());
    expect(await held()).toHaveLength(1);
    s.hand.fail = null;
    s.go('2026-11-23 11:10');
    await retryItem(s.ctx, actor('chen'), requestId, item?.itemId ?? '');
    await carryOut(s.ctx, requestId, item?.itemId ?? '', s.t.clock.now());
    await carryOut(s.ctx, requestId, item?.itemId ?? '', s.t.clock.now());
    expect(s.orders).toHaveLength(1);
    expect((await stateOf(s, requestId)).status).toBe('done');
    expect(await held()).toMatchObject([{ state: 'closed' }]);
  });

  it('a failure of ours leaves the item to the job, which finds it by itself', async () => {
    const requestId = await begun();
    s.hand.fail = new Error('socket hang up');
    await executeRequest(s.ctx, actor('chen'), requestId);
    expect(s.troubles).toEqual(['a connector failed']);
    const jobs = await s.read((reads) => reads.em.getRepository(JobTable).findBy({ name: 'accounts.item' }));
    expect(jobs).toHaveLength(1);
    s.hand.fail = null;
    const run = s.accounts.jobs.find(({ name }) => name === 'accounts.item');
    for (const attempt of [1, 2])
      await run?.handle({ id: 'j', payload: jobs[0]?.payload, attempt, now: s.t.clock.now() });
    expect((await s.statesOf('zhang')).wecom).toBe('open');
    expect(s.orders).toHaveLength(1);
  });

  it('no item is confirmed without proof, none of a running connector by hand, none by a stranger', async () => {
    const requestId = await begun();
    s.hand.fail = new Error('down');
    await executeRequest(s.ctx, actor('chen'), requestId);
    const { items } = await stateOf(s, requestId);
    const idOf = (code: string) => items.find(({ systemCode }) => systemCode === code)?.itemId ?? '';
    const proof = { note: '已办', fileId: null };
    await expect(
      confirmItem(s.ctx, actor('chen'), requestId, idOf('oa'), { note: '', fileId: null }),
    ).rejects.toThrow('accounts.no_proof');
    await expect(confirmItem(s.ctx, actor('chen'), requestId, idOf('wecom'), proof)).rejects.toThrow(
      'accounts.by_connector',
    );
    await expect(confirmItem(s.ctx, actor('zhao'), requestId, idOf('oa'), proof)).rejects.toThrow(
      'accounts.not_it',
    );
  });

  it('the rows of an exchange file are confirmed together; one that fails does not stop the others', async () => {
    const [one, two] = [await begun(), await create(s, 'ma', 'he', forms.open({ unitId: 'jingguan' }))];
    await sendAll(s, two);
    await accept(s, two);
    for (const id of [one, two]) await executeRequest(s.ctx, actor('chen'), id);
    await expect(s.read((reads) => exchangeRows(s.ctx, reads, 'zhao', 'oa', rowsAtOnce))).rejects.toThrow(
      'accounts.not_it',
    );
    const { rows } = await s.read((reads) => exchangeRows(s.ctx, reads, 'chen', 'oa', rowsAtOnce));
    expect(rows.map(({ name, staffNo, actWords }) => `${staffNo} ${name} ${actWords}`)).toEqual([
      'H-zhang zhang老师 开通',
      'H-he he老师 开通',
    ]);
    const ids = rows.map(({ itemId }) => itemId);
    const result = await confirmRows(s.ctx, actor('chen'), {
      itemIds: [ids[0] ?? '', 'nobody', ids[1] ?? ''],
      note: 'OA 回执 11-23',
      fileId: null,
    });
    expect(result).toEqual({ done: 2, failed: [{ itemId: 'nobody', code: 'accounts.unknown_item' }] });
    expect((await s.read((reads) => exchangeRows(s.ctx, reads, 'chen', 'oa', rowsAtOnce))).rows).toEqual([]);
  });
});

describe('cancellation (S3-3, S2-16)', () => {
  const leave = async () => {
    await openAll();
    const requestId = await carryThrough(s, 'zhang', forms.cancel());
    return requestId;
  };

  it('S3-3a S3-3b S2-16a told, disabled in every system, nothing deleted yet', async () => {
    const requestId = await leave();
    expect(await s.statesOf('zhang')).toEqual({
      attendance: 'cancelling',
      oa: 'cancelling',
      wecom: 'cancelling',
    });
    expect(s.notes.map(({ personId, words }) => `${personId} ${words}`)).toEqual([
      'zhang 你的账号将注销，微盘、邮件和文档会清空。请先备份，再点“已备份”。',
    ]);
    const answer = await s.read((reads) => readCancellation(s.ctx, reads, 'zhao', requestId));
    expect(answer).toMatchObject({
      step: 'disabled',
      obstacles: ['交接没有办完', '本人没有确认备份，单位也没有说明', '等待期没有满'],
    });
    await expect(deleteCancelled(s.ctx, actor('chen'), requestId)).rejects.toThrow(
      'accounts.cancel_obstacle',
    );
    expect(
      (await stateOf(s, requestId)).items
        .filter(({ act }) => act === 'cancel')
        .every(({ status }) => status === 'waiting'),
    ).toBe(true);
  });

  it('S2-16 C13 recalled before deletion: every account is what it was', async () => {
    await openAll();
    await carryThrough(s, 'zhang', forms.lock());
    const before = await s.statesOf('zhang');
    const requestId = await carryThrough(s, 'zhang', forms.cancel());
    await recallCancellation(s.ctx, actor('chen'), requestId, '继续留用');
    await confirmAll(s, requestId);
    expect(await s.statesOf('zhang')).toEqual(before);
    expect((await s.read((reads) => locksOf(reads, 'zhang'))).map(({ state }) => state)).toEqual(['on']);
    expect((await stateOf(s, requestId)).status).toBe('done');
    await expect(deleteCancelled(s.ctx, actor('chen'), requestId)).rejects.toThrow();
  });

  it('S2-16a the unit states what the person cannot confirm, and must say why', async () => {
    const requestId = await leave();
    await expect(confirmBackup(s.ctx, actor('zhao'), requestId, '')).rejects.toThrow(
      'accounts.backup_statement',
    );
    await expect(confirmBackup(s.ctx, actor('ma'), requestId, '代')).rejects.toThrow(
      'accounts.not_your_unit',
    );
    await confirmBackup(s.ctx, actor('zhao'), requestId, '本人已离院，三次联系未回复');
    expect((await s.read((reads) => readCancellation(s.ctx, reads, 'zhao', requestId))).backup).toMatchObject(
      { by: 'unit' },
    );
  });

  it('S3-4g no circular without an instruction, and IT alone notes one', async () => {
    await openAll();
    s.go('2026-11-30 09:00');
    await create(s, 'zhao', 'zhang', forms.cancel()).then((id) => sendAll(s, id));
    const { items } = await s.read((reads) => listLateCases(s.ctx, reads, 'zhao', page));
    expect(items).toMatchObject([{ state: 'noted', lateWorkdays: 3, kindWords: '注销' }]);
    const instruction = {
      lateCaseIds: items.map(({ lateCaseId }) => lateCaseId),
      instructedBy: '刘副院长',
      instructedOn: '2026-11-30',
      documentNumber: '批 12',
    };
    await expect(noteInstruction(s.ctx, actor('zhao'), instruction)).rejects.toThrow('accounts.not_it');
    await noteInstruction(s.ctx, actor('chen'), instruction);
    expect((await s.read((reads) => listLateCases(s.ctx, reads, 'chen', page))).items).toMatchObject([
      { state: 'instructed' },
    ]);
    expect((await s.read((reads) => listLateCases(s.ctx, reads, 'ma', page))).items).toEqual([]);
  });
});
