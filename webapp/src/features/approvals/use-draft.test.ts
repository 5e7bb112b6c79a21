import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, type EffectScope } from 'vue';
import { forgetPerson, keep, kept, openFor } from '../../device.ts';
import { keyFor, newClientKey, useDraft, type Drafting } from './use-draft.ts';

let scope: EffectScope;
const start = (key = 'leave'): Drafting => {
  const made = scope.run(() => useDraft(key));
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
  it('keeps what was typed and offers it the next time', async () => {
    await type(start(), '回乡');
    const next = start();
    expect(next.found.value).toBe(true);
    next.resume();
    expect(next.draft.form['reason']).toBe('回乡');
  });

  it('does not overwrite the earlier draft before the person has chosen', async () => {
    await type(start(), '第一份');
    await type(start(), '第二份');
    const third = start();
    third.resume();
    expect(third.draft.form['reason']).toBe('第一份');
  });

  it('forgets it when asked to start anew, and after submitting', async () => {
    await type(start(), '回乡');
    start().discard();
    expect(start().found.value).toBe(false);
    const done = start();
    await type(done, '回乡');
    done.finish();
    expect(start().found.value).toBe(false);
  });

  it('belongs to one person and one form', async () => {
    await type(start(), '回乡');
    expect(start('seal').found.value).toBe(false);
    openFor('p2');
    expect(start().found.value).toBe(false);
    openFor('p1');
    expect(start().found.value).toBe(true);
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
