import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refused } from '../../../kernel/errors.ts';
import { DAY_MS, MINUTE_MS } from '../../../kernel/dates.ts';
import { confirmBackup, deleteCancelled } from '../commands/cancellations.ts';
import { listAccountHistory, readCancellation } from '../queries.ts';
import { accept, confirmAll, carryThrough, create, sendAll, stateOf } from '../testing/flows.ts';
import { actor, forms, openStage, type Stage } from '../testing/stage.ts';
import { createSheet } from './begin.ts';
import { assign, dryRun, execute } from './commands.ts';
import { sign } from './sign.ts';
import { undo } from './undo.ts';
import type { Holding, HoldingProvider } from './model.ts';
import { readSheet } from './queries.ts';

let s: Stage;
/** Who holds which task; a room as simple as can be. */
let tasks: Map<string, Set<string>>;
let broken: Set<string>;

const holding = (ref: string, mode: Holding['mode'] = 'choose'): Holding => ({
  ref,
  title: ref,
  detail: '',
  mode,
});

const taskRoom: HoldingProvider = {
  kind: 'approvals.task',
  label: '待办审批',
  list: (_reads, personId) =>
    Promise.resolve([...tasks].filter(([, holders]) => holders.has(personId)).map(([ref]) => holding(ref))),
  dryRun: (_reads, { ref }, successorId) =>
    Promise.resolve(
      tasks.get(ref)?.has(successorId ?? '')
        ? { verdict: 'merges', words: '已在这一步，只留一份' }
        : { verdict: 'takes', words: '' },
    ),
  handOver: (_tx, { ref }, successorId, personId) => {
    if (broken.has(ref)) return Promise.reject(refused('approvals.not_active'));
    const holders = tasks.get(ref) ?? new Set();
    const merged = holders.has(successorId ?? '');
    holders.delete(personId);
    holders.add(successorId ?? '');
    return Promise.resolve(
      merged ? { result: 'merged', words: '并入' } : { result: 'done', words: '已交', undo: { ref } },
    );
  },
  undo: (_tx, { ref }, _undo, personId) => {
    tasks.set(ref, new Set([personId]));
    return Promise.resolve({ result: 'undone', words: '已撤回' });
  },
};
const driveRoom: HoldingProvider = {
  kind: 'drive',
  label: '微盘、文档',
  list: () => Promise.resolve([holding('drive', 'statement')]),
  dryRun: () => Promise.resolve({ verdict: 'auto', words: '' }),
  handOver: () => Promise.reject(new Error('nobody hands over a statement')),
};

beforeEach(async () => {
  s = await openStage();
  tasks = new Map([
    ['t1', new Set(['zhang'])],
    ['t2', new Set(['zhang', 'fang'])],
    ['t3', new Set(['zhang'])],
  ]);
  broken = new Set();
  s.accounts.onHoldings(taskRoom);
  s.accounts.onHoldings(driveRoom);
});
afterEach(() => s.t.close());

const read = (sheetId: string, who = 'zhao') => s.read((reads) => readSheet(s.ctx, reads, who, sheetId));
/** Somebody who is locked: their unit may hand over. */
const sheet = () => {
  s.world.inactive.add('zhang');
  return createSheet(s.ctx, actor('zhao'), 'zhang');
};
const idOf = async (sheetId: string, title: string) =>
  (await read(sheetId)).items.find((item) => item.title === title)?.itemId ?? '';

const leaving = (requestId: string) => s.read((reads) => readCancellation(s.ctx, reads, 'zhao', requestId));

/** The same database, where somebody else acts after so many units of work. */
function interruptedAt(count: number, act: () => Promise<unknown>): Stage['ctx']['db'] {
  let begun = 0;
  return {
    ...s.ctx.db,
    write: async (by, work) => {
      begun += 1;
      if (begun === count + 1) await act();
      return s.ctx.db.write(by, work);
    },
  };
}

/** Everything to one colleague, carried out and signed by the unit. */
async function handOverAll(sheetId: string): Promise<void> {
  await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
  await dryRun(s.ctx, actor('zhao'), sheetId);
  await execute(s.ctx, actor('zhao'), sheetId);
  await sign(s.ctx, actor('zhao'), sheetId);
}

describe('the hand-over engine', () => {
  it('R25 hands over item by item, merges where the successor sits already, and lists the load', async () => {
    const sheetId = await sheet();
    expect((await read(sheetId)).missing).toBe(3);
    await assign(s.ctx, actor('zhao'), sheetId, { itemId: await idOf(sheetId, 't3'), successorId: 'jihead' });
    expect(await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' })).toBe(2);
    await dryRun(s.ctx, actor('zhao'), sheetId);
    const tried = await read(sheetId);
    expect(
      tried.items.map(({ title, successorId, trial }) => `${title} ${successorId} ${trial?.verdict}`),
    ).toEqual(['t1 fang takes', 't2 fang merges', 't3 jihead takes', 'drive null stated']);
    expect(tried.load).toEqual([
      { personId: 'fang', name: 'fang老师', count: 1 },
      { personId: 'jihead', name: 'jihead老师', count: 1 },
    ]);
    expect([...tasks.values()].every((holders) => holders.has('zhang'))).toBe(true);
    expect(await execute(s.ctx, actor('zhao'), sheetId)).toEqual({ done: 2, merged: 1, failed: 0 });
    expect([...(tasks.get('t2') ?? [])]).toEqual(['fang']);
  });

  it('one that fails says why in words and the rest goes on; again, only that one is tried', async () => {
    const sheetId = await sheet();
    await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
    broken.add('t1');
    await dryRun(s.ctx, actor('zhao'), sheetId);
    expect(await execute(s.ctx, actor('zhao'), sheetId)).toEqual({ done: 1, merged: 1, failed: 1 });
    const failed = (await read(sheetId)).items.find(({ result }) => result === 'failed');
    expect(failed).toMatchObject({ title: 't1' });
    expect(failed?.resultWords).toMatch(/[\u4e00-\u9fff]/);
    broken.clear();
    expect(await execute(s.ctx, actor('zhao'), sheetId)).toEqual({ done: 2, merged: 1, failed: 0 });
  });

  it('is not carried out without a fresh dry run, with a row missing, or to somebody inactive', async () => {
    const sheetId = await sheet();
    const run = () => execute(s.ctx, actor('zhao'), sheetId);
    await expect(run()).rejects.toThrow('accounts.handover_missing');
    await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
    await expect(run()).rejects.toThrow('accounts.handover_untried');
    await dryRun(s.ctx, actor('zhao'), sheetId);
    s.t.clock.advance(10 * MINUTE_MS);
    await expect(run()).rejects.toThrow('accounts.handover_untried');
    s.world.inactive.add('fang');
    await dryRun(s.ctx, actor('zhao'), sheetId);
    await expect(run()).rejects.toThrow('accounts.handover_refusing');
    await expect(assign(s.ctx, actor('zhao'), sheetId, { successorId: 'zhang' })).rejects.toThrow(
      'accounts.successor_self',
    );
    expect([...tasks.values()].every((holders) => holders.has('zhang'))).toBe(true);
  });

  it('a choice changed after the dry run must be tried again', async () => {
    const sheetId = await sheet();
    await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
    await dryRun(s.ctx, actor('zhao'), sheetId);
    await assign(s.ctx, actor('zhao'), sheetId, { itemId: await idOf(sheetId, 't1'), successorId: 'jihead' });
    await expect(execute(s.ctx, actor('zhao'), sheetId)).rejects.toThrow('accounts.handover_untried');
  });

  it('is taken back as a whole within seven days; what merged stays', async () => {
    const sheetId = await sheet();
    await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
    await dryRun(s.ctx, actor('zhao'), sheetId);
    await execute(s.ctx, actor('zhao'), sheetId);
    s.t.clock.advance(7 * DAY_MS - 1);
    expect(await undo(s.ctx, actor('zhao'), sheetId)).toEqual({ done: 2, merged: 1, failed: 0 });
    expect([...(tasks.get('t1') ?? [])]).toEqual(['zhang']);
    s.t.clock.advance(1);
    await expect(undo(s.ctx, actor('zhao'), sheetId)).rejects.toThrow('accounts.undo_over');
  });

  it('taken back by somebody else while it runs, it hands nothing more over', async () => {
    const sheetId = await sheet();
    await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
    await dryRun(s.ctx, actor('zhao'), sheetId);
    // After the act itself and its first row.
    const interrupted = interruptedAt(2, () => undo(s.ctx, actor('li'), sheetId));
    await execute({ ...s.ctx, db: interrupted }, actor('zhao'), sheetId);
    const { state, items } = await read(sheetId);
    expect(state).toBe('undone');
    expect([...tasks.values()].map((holders) => holders.has('zhang'))).toEqual([true, true, true]);
    expect(items.filter(({ result }) => result !== null).map(({ result }) => result)).toEqual(['undone']);
  });

  it('a row that fails after the whole was taken back leaves no failure behind', async () => {
    const sheetId = await sheet();
    await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
    await dryRun(s.ctx, actor('zhao'), sheetId);
    for (const task of tasks.keys()) broken.add(task);
    // Between the first row's refusal and the note of it.
    const interrupted = interruptedAt(2, () => undo(s.ctx, actor('li'), sheetId));
    await execute({ ...s.ctx, db: interrupted }, actor('zhao'), sheetId);
    expect((await read(sheetId)).items.every(({ result }) => result === null)).toBe(true);
  });

  it('a mover’s sheet: the own unit, never the person, never strangers; successors see what comes to them', async () => {
    const sheetId = await sheet();
    await assign(s.ctx, actor('zhao'), sheetId, { itemId: await idOf(sheetId, 't1'), successorId: 'fang' });
    expect((await read(sheetId, 'fang')).items.map(({ title }) => title)).toEqual(['t1']);
    await expect(read(sheetId, 'zhang')).rejects.toThrow('accounts.not_your_unit');
    await expect(createSheet(s.ctx, actor('ma'), 'zhang')).rejects.toThrow('accounts.not_your_unit');
    expect(await sheet()).toBe(sheetId);
  });

  it('S2-16a S2-16b S2-16c a leaver: handed over and signed, waited, deleted by a second person, proof in every system', async () => {
    await carryThrough(s, 'zhang', forms.open());
    const requestId = await carryThrough(s, 'zhang', forms.cancel());
    const look = () => s.read((reads) => readCancellation(s.ctx, reads, 'zhao', requestId));
    const sheetId = (await look()).sheetId ?? '';
    expect((await s.clocksOf('account_handover', sheetId))[0]).toMatchObject({
      kind: 'accounts.handover',
      holderPersonId: 'zhao',
      state: 'open',
    });
    await confirmBackup(s.ctx, actor('zhang'), requestId, '');
    await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
    await dryRun(s.ctx, actor('zhao'), sheetId);
    await expect(sign(s.ctx, actor('zhao'), sheetId)).rejects.toThrow('accounts.sheet_not_executed');
    await execute(s.ctx, actor('zhao'), sheetId);
    await expect(sign(s.ctx, actor('he'), sheetId)).rejects.toThrow('accounts.not_a_signer');
    expect(await sign(s.ctx, actor('zhao'), sheetId)).toBe(false);
    expect(await sign(s.ctx, actor('fang'), sheetId)).toBe(true);
    expect(await look()).toMatchObject({ step: 'grace', obstacles: ['等待期没有满'] });
    expect((await s.clocksOf('account_handover', sheetId))[0]).toMatchObject({ state: 'closed' });

    await expect(deleteCancelled(s.ctx, actor('chen'), requestId)).rejects.toThrow(
      'accounts.cancel_obstacle',
    );
    s.t.clock.advance(15 * DAY_MS);
    tasks.set('late', new Set(['zhang']));
    await expect(deleteCancelled(s.ctx, actor('chen'), requestId)).rejects.toThrow(
      'accounts.cancel_obstacle',
    );
    tasks.delete('late');
    await deleteCancelled(s.ctx, actor('chen'), requestId);
    await confirmAll(s, requestId);
    expect(await s.statesOf('zhang')).toEqual({
      attendance: 'cancelled',
      oa: 'cancelled',
      wecom: 'cancelled',
    });
    const { status, items } = await stateOf(s, requestId);
    expect(status).toBe('done');
    expect(items.every(({ proof }) => proof !== null)).toBe(true);
    expect(await look()).toMatchObject({ step: 'deleted', deletedAt: s.t.clock.now(), obstacles: [] });
    const { items: history } = await s.read((reads) =>
      listAccountHistory(s.ctx, reads, 'li', 'zhang', { limit: 50 }),
    );
    expect(history.filter(({ words }) => words.endsWith('已注销'))).toHaveLength(3);
  });

  it('S2-16b something that came in while signing opens the sheet again instead of closing over it', async () => {
    const sheetId = await sheet();
    await assign(s.ctx, actor('zhao'), sheetId, { successorId: 'fang' });
    await dryRun(s.ctx, actor('zhao'), sheetId);
    await execute(s.ctx, actor('zhao'), sheetId);
    await sign(s.ctx, actor('zhao'), sheetId);
    tasks.set('new', new Set(['zhang']));
    expect(await sign(s.ctx, actor('fang'), sheetId)).toBe(false);
    expect(await read(sheetId)).toMatchObject({ state: 'open', missing: 1 });
  });

  it('H3 takes nothing from somebody who neither leaves nor moves nor is locked; HR may, before a move', async () => {
    await expect(createSheet(s.ctx, actor('zhao'), 'zhang')).rejects.toThrow('accounts.nobody_leaves');
    await expect(createSheet(s.ctx, actor('chen'), 'zhang')).rejects.toThrow('accounts.nobody_leaves');
    await createSheet(s.ctx, actor('li'), 'zhang');
    const sheetId = await sheet();
    await expect(assign(s.ctx, actor('zhao'), sheetId, { successorId: 'zhao' })).rejects.toThrow(
      'accounts.successor_is_you',
    );
  });

  it('H3 HR begins one without a reason, somebody else carries it out; with a reason HR may do both', async () => {
    const prepared = async () => {
      const sheetId = await createSheet(s.ctx, actor('li'), 'zhang');
      await assign(s.ctx, actor('li'), sheetId, { successorId: 'fang' });
      await dryRun(s.ctx, actor('li'), sheetId);
      return sheetId;
    };
    const sheetId = await prepared();
    for (const hr of ['li', 'hrchief'])
      await expect(execute(s.ctx, actor(hr), sheetId)).rejects.toThrow('accounts.second_hand');
    expect([...tasks.values()].every((holders) => holders.has('zhang'))).toBe(true);
    // The move that HR knew of is accepted.
    await carryThrough(s, 'zhang', forms.open());
    const requestId = await create(s, 'zhao', 'zhang', forms.change());
    await sendAll(s, requestId);
    await accept(s, requestId);
    await execute(s.ctx, actor('li'), sheetId);
    expect([...(tasks.get('t1') ?? [])]).toEqual(['fang']);
  });

  it.each(['zhao', 'chen'])('H3 what HR began for somebody who stays, %s may carry out', async (who) => {
    const sheetId = await createSheet(s.ctx, actor('li'), 'zhang');
    await assign(s.ctx, actor('li'), sheetId, { successorId: 'fang' });
    await dryRun(s.ctx, actor('li'), sheetId);
    expect(await execute(s.ctx, actor(who), sheetId)).toEqual({ done: 2, merged: 1, failed: 0 });
  });

  it('H3 a move that was carried out since the sheet was begun is a reason still, an older one is none', async () => {
    await carryThrough(s, 'zhang', forms.open());
    await carryThrough(s, 'zhang', forms.change());
    s.t.clock.advance(MINUTE_MS);
    const sheetId = await createSheet(s.ctx, actor('li'), 'zhang');
    await assign(s.ctx, actor('li'), sheetId, { successorId: 'fang' });
    await dryRun(s.ctx, actor('li'), sheetId);
    await expect(execute(s.ctx, actor('li'), sheetId)).rejects.toThrow('accounts.second_hand');
    await carryThrough(s, 'zhang', forms.change());
    await execute(s.ctx, actor('li'), sheetId);
  });

  it('a sheet begun for a lock becomes that of the leaving, so that the leaving does not wait for ever', async () => {
    await carryThrough(s, 'zhang', forms.open());
    const begun = await sheet();
    s.world.inactive.delete('zhang');
    const requestId = await carryThrough(s, 'zhang', forms.cancel());
    await handOverAll(begun);
    expect(await sign(s.ctx, actor('fang'), begun)).toBe(true);
    expect(await leaving(requestId)).toMatchObject({ sheetId: begun, step: 'grace' });
  });

  it('taken back, it is owed again by a new sheet with its own clock; the old clock ends', async () => {
    await carryThrough(s, 'zhang', forms.open());
    const requestId = await carryThrough(s, 'zhang', forms.cancel());
    const sheetId = (await leaving(requestId)).sheetId ?? '';
    await handOverAll(sheetId);
    expect(await sign(s.ctx, actor('fang'), sheetId)).toBe(true);
    await undo(s.ctx, actor('zhao'), sheetId);
    const again = await leaving(requestId);
    expect(again).toMatchObject({ step: 'disabled', handedOverAt: null });
    expect(again.sheetId).not.toBe(sheetId);
    const clockOf = async (id: string) =>
      (await s.clocksOf('account_handover', id)).map(({ state }) => state);
    expect(await clockOf(sheetId)).toEqual(['closed']);
    expect(await clockOf(again.sheetId ?? '')).toEqual(['open']);
    expect((await read(again.sheetId ?? '')).items.map(({ title }) => title)).toContain('t1');
  });

  it('a successor who can sign no more holds nobody up: whoever signed closes it', async () => {
    const sheetId = await sheet();
    await handOverAll(sheetId);
    s.world.inactive.add('fang');
    expect((await read(sheetId)).can.sign).toBe(true);
    expect(await sign(s.ctx, actor('zhao'), sheetId)).toBe(true);
  });

  it('R22 who was chosen is known to the rooms before the sheet is carried out', async () => {
    const sheetId = await sheet();
    await assign(s.ctx, actor('zhao'), sheetId, { itemId: await idOf(sheetId, 't1'), successorId: 'fang' });
    const chosen = (ref: string) =>
      s.read((reads) => s.accounts.chosenSuccessor(reads, 'zhang', 'approvals.task', ref));
    expect([await chosen('t1'), await chosen('t3')]).toEqual(['fang', null]);
  });
});
