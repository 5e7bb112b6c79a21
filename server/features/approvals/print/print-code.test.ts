import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceEvent } from '../model/events.ts';
import { codeOf, historyHash, readCode } from './print-code.ts';

const ID = '01a204fc6a417e7ca878330b8fd1ab12';
const events = fc.array(fc.record({ type: fc.string(), at: fc.nat(), words: fc.string() }), {
  minLength: 1,
  maxLength: 20,
}) as unknown as fc.Arbitrary<InstanceEvent[]>;

describe('the code on a printed page', () => {
  it('is read back as it was made', () => {
    fc.assert(
      fc.property(events, (history) => {
        expect(readCode(codeOf(ID, history))).toEqual({
          instanceId: ID,
          events: history.length,
          hash: historyHash(history),
        });
      }),
    );
  });

  it('is another one for any other history', () => {
    fc.assert(
      fc.property(events, events, (one, other) => {
        expect(historyHash(one) === historyHash(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  it('does not hang on the order a database gives members in', () => {
    const [one, other] = [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]] as unknown as InstanceEvent[][];
    expect(historyHash(one ?? [])).toBe(historyHash(other ?? []));
  });

  it.each([
    '',
    'x',
    ID,
    `${ID}-0-${'a'.repeat(32)}`,
    `${ID}-1-${'A'.repeat(32)}`,
    `${ID}-123456-${'a'.repeat(32)}`,
  ])('%s is none', (text) => expect(readCode(text)).toBeNull());
});
