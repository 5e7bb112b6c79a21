import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, type EffectScope } from 'vue';
import { forgetPerson, keep, kept, openFor } from '../../device.ts';
import { keyFor, newClientKey, useDraft, type Drafting } from './use-draft.ts';

let scope: EffectScope;
const start = (key = 'leave'): Drafting => {
  const made = scope.run(() => useDraft(key, ['type', 'reason']));
  if (!made) throw new Error('no scope');
  return made;
};

beforeEach(() => {
  localStorage.clear();
  openFor('p1');
  scope = effectScope();
  vi.useFakeTimers();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

async function type(drafting: Drafting, reason: string): Promise<void> {
  drafting.draft.form['reason'] = reason;
  await nextTick();
  vi.advanceTimersByTime(400);
}

describe('drafts', () => {
  it('keep no field with a number of somebody, nor an attempt that holds it', async () => {
    const drafting = start();
    drafting.draft.form['idNo'] = '11010119900307123X';
    drafting.draft.attempt = { clientKey: 'k', content: '{"idNo":"11010119900307123X"}' };
    await type(drafting, '回乡');
    expect(JSON.stringify(localStorage)).not.toContain('11010119900307123X');
    expect(kept('draft:leave')?.value).toMatchObject({ form: { reason: '回乡' }, attempt: null });
    expect(drafting.draft.attempt?.clientKey).toBe('k');
  });

  it('keeps what was typed and opens with it the next time', async () => {
    await type(start(), '回乡');
    const next = start();
    expect(next.draft.form['reason']).toBe('回乡');
    expect(next.resumedFrom.value).not.toBeNull();
  });

  it('keeps the last letters when the page is left at once', async () => {
    start().draft.form['reason'] = '回';
    scope.stop();
    scope = effectScope();
    expect(start().draft.form['reason']).toBe('回');
  });

  it('forgets it when asked to start anew, and after submitting', async () => {
    await type(start(), '回乡');
    start().restart();
    expect(start().resumedFrom.value).toBeNull();
    const done = start();
    await type(done, '回乡');
    done.finish();
    expect(start().resumedFrom.value).toBeNull();
  });

  it('drops fields that the form no longer has', async () => {
    const old = start();
    old.draft.form['gone'] = 'x';
    await type(old, '回乡');
    expect(start().draft.form).toEqual({ reason: '回乡' });
  });

  it('belongs to one person and one form', async () => {
    await type(start(), '回乡');
    expect(start('seal').resumedFrom.value).toBeNull();
    openFor('p2');
    expect(start().resumedFrom.value).toBeNull();
    openFor('p1');
    expect(start().draft.form['reason']).toBe('回乡');
  });
});

describe('the key of a submission', () => {
  it('stays for the same content and changes with it', () => {
    const { draft } = start();
    let made = 0;
    const fresh = (): string => `key-${(made += 1)}`;
    expect(keyFor(draft, 'a', fresh)).toBe('key-1');
    expect(keyFor(draft, 'a', fresh)).toBe('key-1');
    expect(keyFor(draft, 'b', fresh)).toBe('key-2');
  });

  it('is a version 4 uuid even without randomUUID', () => {
    const form = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    expect(newClientKey()).toMatch(form);
    const spy = vi.spyOn(crypto, 'randomUUID');
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    expect(newClientKey()).toMatch(form);
    spy.mockRestore();
  });
});

describe('the device', () => {
  it('removes another person’s offline content but not their drafts', () => {
    keep('kept:home', { a: 1 });
    keep('draft:leave', { b: 1 });
    openFor('p2');
    openFor('p1');
    expect([kept('kept:home'), kept<{ b: number }>('draft:leave')?.value]).toEqual([null, { b: 1 }]);
  });

  it('leaves nothing of a person behind after signing out', () => {
    keep('draft:leave', { b: 1 });
    forgetPerson();
    expect(Object.keys(localStorage).filter((key) => key.startsWith('steward:'))).toEqual([]);
  });
});
