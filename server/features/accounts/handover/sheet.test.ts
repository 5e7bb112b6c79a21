import { describe, expect, it } from 'vitest';
import { MINUTE_MS, DAY_MS } from '../../../kernel/dates.ts';
import * as rules from './sheet.ts';

const item = (id: string, more: Partial<rules.SheetItem> = {}): rules.SheetItem => ({
  id,
  kind: 'task',
  holdingRef: id,
  mode: 'choose',
  successorId: null,
  trialVerdict: null,
  result: null,
  ...more,
});
const listed = (ref: string): rules.Listed => ({ kind: 'task', ref, title: ref, detail: '', mode: 'choose' });

describe('the sheet', () => {
  it('adds what came, drops what went, keeps what was handed over', () => {
    const items = [item('a', { successorId: 'fang' }), item('b'), item('c', { result: 'done' })];
    const { added, gone } = rules.compareHoldings(items, [listed('a'), listed('x')]);
    expect(added.map(({ ref }) => ref)).toEqual(['x']);
    expect(gone.map(({ id }) => id)).toEqual(['b']);
  });

  it('what was handed over and came back is open again', () => {
    const items = [
      item('a', { result: 'done' }),
      item('b', { result: 'failed' }),
      item('c', { result: 'undone' }),
    ];
    const { again, added } = rules.compareHoldings(items, ['a', 'b', 'c'].map(listed));
    expect(again.map(({ id }) => id)).toEqual(['a']);
    expect(added).toEqual([]);
  });

  it('who cannot sign any more is not waited for', () => {
    const done = [item('a', { successorId: 'fang', result: 'done' })];
    const unit = { role: 'unit', personId: 'zhao' } as const;
    expect(rules.isClosed(done, [unit], (personId) => personId !== 'fang')).toBe(true);
    expect(rules.isClosed(done, [unit], () => true)).toBe(false);
  });

  it('H3 nobody takes over by their own hand', () => {
    const who = { personId: 'zhang', actorId: 'zhao', active: true };
    expect(() => rules.mustBeSuccessor('zhao', who)).toThrow('accounts.successor_is_you');
    expect(() => rules.mustBeSuccessor('zhang', who)).toThrow('accounts.successor_self');
    expect(() => rules.mustBeSuccessor('fang', { ...who, active: false })).toThrow(
      'accounts.successor_inactive',
    );
    expect(() => rules.mustBeSuccessor('fang', who)).not.toThrow();
  });

  it('one successor for all never overwrites a choice and leaves rights and posts alone', () => {
    const items = [
      item('a', { successorId: 'shao' }),
      item('b'),
      item('c', { mode: 'revoke' }),
      item('d', { mode: 'auto' }),
      item('e', { result: 'done' }),
    ];
    expect(rules.unchosen(items).map(({ id }) => id)).toEqual(['b']);
    expect(() => rules.mustTakeSuccessor(item('c', { mode: 'revoke' }))).toThrow('accounts.item_needs_none');
    expect(() => rules.mustTakeSuccessor(item('e', { result: 'done' }))).toThrow('accounts.item_over');
  });

  it('is carried out only after a dry run of the last ten minutes that refuses nothing', () => {
    const ready = [
      item('a', { successorId: 'fang', trialVerdict: 'takes' }),
      item('b', { mode: 'statement', trialVerdict: 'stated' }),
    ];
    const check = (items: rules.SheetItem[], trialAt: number | null, now: number) => () =>
      rules.mustBeReady(rules.readinessOf(items, trialAt, now, 10));
    expect(check(ready, 0, 10 * MINUTE_MS - 1)).not.toThrow();
    expect(check(ready, 0, 10 * MINUTE_MS)).toThrow('accounts.handover_untried');
    expect(check(ready, null, 0)).toThrow('accounts.handover_untried');
    expect(check([...ready, item('c')], 0, 1)).toThrow('accounts.handover_missing');
    expect(check([item('a', { successorId: 'fang' })], 0, 1)).toThrow('accounts.handover_untried');
    expect(check([item('a', { successorId: 'fang', trialVerdict: 'refuses' })], 0, 1)).toThrow(
      'accounts.handover_refusing',
    );
  });

  it('may be taken back for seven days, half-open', () => {
    expect(() => rules.mustBeUndoable(0, 7 * DAY_MS - 1, 7)).not.toThrow();
    expect(() => rules.mustBeUndoable(0, 7 * DAY_MS, 7)).toThrow('accounts.undo_over');
    expect(() => rules.mustBeUndoable(null, 0, 7)).toThrow('accounts.undo_over');
  });

  it('S2-16b closes when nothing is open or failed and everybody has signed', () => {
    const done = [item('a', { successorId: 'fang', result: 'done' }), item('b', { mode: 'statement' })];
    const unit = { role: 'unit', personId: 'zhao' } as const;
    const fang = { role: 'successor', personId: 'fang' } as const;
    expect(rules.isClosed(done, [unit, fang])).toBe(true);
    expect(rules.isClosed(done, [unit])).toBe(false);
    expect(rules.isClosed(done, [fang])).toBe(false);
    expect(rules.isClosed([...done, item('c', { result: 'failed' })], [unit, fang])).toBe(false);
  });

  it('R25 what merges burdens nobody', () => {
    const items = [
      item('a', { successorId: 'fang' }),
      item('b', { successorId: 'fang', trialVerdict: 'merges' }),
      item('c', { successorId: 'shao' }),
    ];
    expect(rules.loadOf(items)).toEqual([
      { personId: 'fang', count: 1 },
      { personId: 'shao', count: 1 },
    ]);
  });
});
