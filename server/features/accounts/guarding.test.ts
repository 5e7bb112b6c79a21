/** Acts that would do harm, by people who hold a role and mean ill, or mean well and err. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from 'koa';
import { sendRequestFile } from './commands/files.ts';
import { confirmRows, executeRequest } from './commands/items.ts';
import { loadLock, locksOf } from './commands/lock-steps.ts';
import { decideLock, readReason, recordResult } from './commands/locks.ts';
import { createRequest, fillRequest, sendRequest, withdrawRequest } from './commands/requests.ts';
import { takeStock } from './commands/stock.ts';
import type { Filled } from './contract.ts';
import { exchangeRows, readRequest } from './queries.ts';
import { ItemTable } from './tables.ts';
import { accept, carryThrough, create, sendAll } from './testing/flows.ts';
import { actor, filled, forms, letter, openStage, type Stage } from './testing/stage.ts';

let s: Stage;
beforeEach(async () => {
  s = await openStage();
});
afterEach(() => s.t.close());

const unlock = (lockId: string, reason = '审查结束，没有问题') =>
  filled('unlock', { unitId: 'jidian', lockId, effectiveOn: '2026-11-23', reason });
const lockOf = async (personId: string) => (await s.read((reads) => locksOf(reads, personId)))[0]?.id ?? '';
const begin = (by: string, personId: string, form: Filled) =>
  createRequest(s.ctx, actor(by), { personId, filled: form, submit: null });

describe('who reports whom', () => {
  it('H1 a unit reports its own people only; HR any', async () => {
    const theirs = forms.cancel({ unitId: 'jingguan' });
    await expect(begin('ma', 'zhang', theirs)).rejects.toThrow('accounts.not_your_person');
    const lockTheirs = forms.lock({ unitId: 'jingguan' });
    await expect(begin('ma', 'zhang', lockTheirs)).rejects.toThrow('accounts.not_your_person');
    await begin('hrchief', 'zhang', theirs);
    // A receiving unit reports who comes to it (S3-2.2).
    await begin('ma', 'zhang', forms.change({ move: 'between', unitId: 'jixie', toUnitId: 'jingguan' }));
  });

  it('H1 a unit that takes no part in the change does not make its person anybody’s', async () => {
    const theirs = forms.change({ move: 'within', unitId: 'jingguan', toUnitId: 'jixie' });
    await expect(begin('ma', 'zhang', theirs)).rejects.toThrow('accounts.not_your_person');
    await expect(
      begin('ma', 'zhang', { ...theirs, form: { ...theirs.form, move: 'other' } } as Filled),
    ).rejects.toThrow('accounts.not_your_person');
    const { requestId } = await begin('ma', 'he', forms.change({ unitId: 'jingguan', toUnitId: 'jixie' }));
    await expect(fillRequest(s.ctx, actor('ma'), requestId, theirs)).resolves.toMatchObject({ requestId });
  });

  it('H1 a draft cannot be filled to another unit’s person afterwards', async () => {
    const { requestId } = await begin('ma', 'he', forms.change({ unitId: 'jingguan' }));
    const toOthers = forms.change({ unitId: 'jixie' });
    await expect(fillRequest(s.ctx, actor('ma'), requestId, toOthers)).rejects.toThrow(
      'accounts.not_your_unit',
    );
  });

  it('H3 nobody reports, sends or takes back what concerns themselves', async () => {
    const own = forms.cancel({ unitId: 'jidian' });
    await expect(begin('zhao', 'zhao', own)).rejects.toThrow('accounts.own_request');
    const requestId = await create(s, 'jihead', 'zhao', own);
    const refusal = 'accounts.own_request';
    await expect(fillRequest(s.ctx, actor('zhao'), requestId, own)).rejects.toThrow(refusal);
    await expect(sendRequest(s.ctx, actor('zhao'), requestId, { unitId: 'jidian', letter })).rejects.toThrow(
      refusal,
    );
    await expect(withdrawRequest(s.ctx, actor('zhao'), requestId, '不走了')).rejects.toThrow(refusal);
    const { can } = await s.read((reads) => readRequest(s.ctx, reads, 'zhao', requestId));
    expect(can).toMatchObject({ fill: false, submit: [], withdraw: false });
  });
});

describe('a lock and its decision', () => {
  const lockBoth = async () => {
    for (const personId of ['zhang', 'fang']) await carryThrough(s, personId, forms.open());
    await carryThrough(s, 'zhang', forms.lock());
    await carryThrough(s, 'fang', forms.lock());
  };

  it('S3-2.5b nobody decides one person’s lock by a request about another', async () => {
    await lockBoth();
    const other = await lockOf('fang');
    await expect(begin('zhao', 'zhang', unlock(other))).rejects.toThrow('accounts.no_lock');
    const [own] = await decideLock(s.ctx, actor('zhao'), await lockOf('zhang'), {
      decision: 'unlock',
      effectiveOn: '2026-11-23',
      returned: true,
      reason: '审查结束',
    });
    await expect(fillRequest(s.ctx, actor('zhao'), own ?? '', unlock(other))).rejects.toThrow(
      'accounts.no_lock',
    );
    expect((await s.read((reads) => loadLock(reads, other)))?.decision).toBeNull();
  });

  it('H5 why it ends is as hidden as why it began', async () => {
    await lockBoth();
    const [requestId = '', changeId = ''] = await decideLock(s.ctx, actor('zhao'), await lockOf('zhang'), {
      decision: 'change',
      effectiveOn: '2026-11-23',
      reason: '审查结束，调离原岗',
      changes: [{ item: '职务', before: '教师', after: '科员' }],
    });
    await sendAll(s, requestId);
    for (const id of [requestId, changeId]) {
      const seen = await s.read((reads) => readRequest(s.ctx, reads, 'chen', id));
      expect(JSON.stringify(seen)).not.toContain('审查结束');
      expect(seen.can.readReason).toBe(false);
    }
    expect(await readReason(s.ctx, actor('hrchief'), requestId, '复核')).toMatchObject({
      reason: '审查结束，调离原岗',
    });
    await expect(readReason(s.ctx, actor('chen'), requestId, '看看')).rejects.toThrow('accounts.not_visible');
  });
});

describe('accounts from before the book was kept', () => {
  it('S3-3b are registered once, so that who was here before can leave; newcomers wait for their request', async () => {
    await create(s, 'zhao', 'fang', forms.open());
    await expect(takeStock(s.ctx, actor('li'), 'wecom')).rejects.toThrow('accounts.not_it');
    const stock = () => takeStock(s.ctx, actor('chen'), 'wecom');
    const present = (await s.read(s.ctx.orgOf)).people().length;
    expect(await stock()).toBe(present - 1);
    expect(await stock()).toBe(0);
    expect([await s.statesOf('zhang'), await s.statesOf('fang')]).toEqual([{ wecom: 'open' }, {}]);
    await carryThrough(s, 'zhang', forms.lock());
    expect(await s.statesOf('zhang')).toEqual({ wecom: 'locked' });
    await expect(takeStock(s.ctx, actor('chen'), 'fax')).rejects.toThrow('accounts.unknown_system');
  });
});

describe('lists', () => {
  it('H2 the rows of an exchange file come in pages that together are all', async () => {
    const people = ['zhang', 'fang', 'jihead'];
    for (const personId of people) {
      const unitId = personId === 'jihead' ? 'jidian' : 'jixie';
      const requestId = await create(s, 'zhao', personId, forms.open({ unitId }));
      await sendAll(s, requestId);
      await accept(s, requestId);
      await executeRequest(s.ctx, actor('chen'), requestId);
    }
    const names: string[] = [];
    let cursor: string | null | undefined;
    do {
      const query = { limit: 2, ...(cursor ? { cursor } : {}) };
      const page = await s.read((reads) => exchangeRows(s.ctx, reads, 'chen', 'oa', query));
      names.push(...page.rows.map(({ staffNo }) => staffNo));
      cursor = page.next;
    } while (cursor);
    expect(names).toEqual(people.map((personId) => `H-${personId}`));
  });
});

describe('dates', () => {
  it.each([
    ['2016-11-23', null],
    ['2016-11-22', 'accounts.far_date'],
    ['1900-01-01', 'accounts.far_date'],
    ['2036-11-23', null],
    ['2036-11-24', 'accounts.far_date'],
    ['2199-12-31', 'accounts.far_date'],
  ])('G2 no clock is counted from %s: %s', async (on, refusal) => {
    const wanted = [
      () => begin('zhao', 'zhang', forms.open({ reportOn: on })),
      () => begin('zhao', 'zhang', forms.change({ effectiveOn: on })),
      () => begin('zhao', 'zhang', forms.cancel({ leftOn: on })),
      () => begin('zhao', 'zhang', forms.secondOut({ fromOn: on })),
      () => begin('zhao', 'zhang', forms.lock({ untilOn: on })),
    ];
    for (const attempt of wanted)
      if (refusal === null) await attempt();
      else await expect(attempt()).rejects.toThrow(refusal);
  });

  it('G2 nor is a form filled, a lock decided or a result noted with such a day', async () => {
    const { requestId } = await begin('zhao', 'zhang', forms.open());
    const far = '1900-01-01';
    const refusal = 'accounts.far_date';
    await expect(fillRequest(s.ctx, actor('zhao'), requestId, forms.open({ reportOn: far }))).rejects.toThrow(
      refusal,
    );
    await carryThrough(s, 'fang', forms.open());
    await carryThrough(s, 'fang', forms.lock());
    const lockId = await lockOf('fang');
    const decision = { decision: 'unlock', effectiveOn: far, returned: true, reason: '审查结束' } as const;
    await expect(decideLock(s.ctx, actor('zhao'), lockId, decision)).rejects.toThrow(refusal);
    await expect(recordResult(s.ctx, actor('zhao'), lockId, far)).rejects.toThrow(refusal);
    expect(await s.clocksOf('account_lock', lockId)).toEqual([]);
  });
});

describe('letters and proofs', () => {
  const http = {} as Context;
  const send = (by: string, requestId: string, fileId: string) =>
    sendRequestFile(s.ctx, actor(by), http, { requestId, fileId });

  it('S3-1b who accepts can read the letter; strangers cannot, and no other file', async () => {
    const requestId = await create(s, 'zhao', 'zhang', forms.open());
    await sendRequest(s.ctx, actor('zhao'), requestId, {
      unitId: 'jixie',
      letter: { number: '', fileId: 'letter1' },
    });
    await send('li', requestId, 'letter1');
    expect(s.sent).toEqual(['letter1']);
    await expect(send('ma', requestId, 'letter1')).rejects.toThrow('accounts.not_visible');
    await expect(send('li', requestId, 'letter2')).rejects.toThrow('accounts.not_visible');
  });

  it('H5 the letter of a lock is for those who may read the reason', async () => {
    const requestId = await create(s, 'zhao', 'zhang', forms.lock());
    await sendRequest(s.ctx, actor('zhao'), requestId, {
      unitId: 'jidian',
      letter: { number: '', fileId: 'letter1' },
    });
    for (const who of ['chen', 'li', 'zhao'])
      await expect(send(who, requestId, 'letter1')).rejects.toThrow('accounts.not_visible');
    await send('hrchief', requestId, 'letter1');
  });

  it('H1 H5 one file proves every row of an exchange file, and none but IT and HR reads the others in it', async () => {
    const ids: string[] = [];
    for (const personId of ['zhang', 'fang']) {
      const requestId = await create(s, 'zhao', personId, forms.open());
      await sendAll(s, requestId);
      await accept(s, requestId);
      await executeRequest(s.ctx, actor('chen'), requestId);
      ids.push(requestId);
    }
    const rows = await s.read((reads) =>
      reads.em.getRepository(ItemTable).findBy({ systemCode: 'oa', status: 'running' }),
    );
    const itemIds = rows.map(({ id }) => id);
    expect(await confirmRows(s.ctx, actor('chen'), { itemIds, note: '', fileId: 'proof1' })).toEqual({
      done: 2,
      failed: [],
    });
    for (const requestId of ids) await send('chen', requestId, 'proof1');
    expect(s.sent).toEqual(['proof1', 'proof1']);
    // It names everybody of that day, so it is for IT and HR; the person and the unit read the note.
    const [ofZhang = ''] = ids;
    await send('li', ofZhang, 'proof1');
    const proofsSeenBy = async (who: string) =>
      (await s.read((reads) => readRequest(s.ctx, reads, who, ofZhang))).items.flatMap(
        ({ proof }) => proof?.fileId ?? [],
      );
    expect([await proofsSeenBy('chen'), await proofsSeenBy('li')]).toEqual([['proof1'], ['proof1']]);
    for (const who of ['zhang', 'zhao', 'jihead']) {
      await expect(send(who, ofZhang, 'proof1')).rejects.toThrow('accounts.not_visible');
      expect(await proofsSeenBy(who)).toEqual([]);
    }
  });
});
