import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../kernel/errors.ts';
import { MINUTE_MS } from '../../../kernel/dates.ts';
import { createVault } from '../../../platform/vault/index.ts';
import { PhotoState, Reason } from './contract.ts';
import { isLooked, pictureUrl, type Looked } from './look.ts';
import { judge, whyWords, type Verdict } from './verdict.ts';

const state = fc.constantFrom(...PhotoState.options);
const reason = fc.constantFrom(...Reason.options);
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.constant({ kind: 'accept' as const }),
  reason.map((one) => ({
    kind: 'reject' as const,
    reason: one,
    why: one === 'other' ? '背景不是白色' : null,
  })),
);
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : 'other';
  }
};

describe('S2-15b a verdict about a photo', () => {
  it('is for the picture that was seen, and changes what it was', () => {
    fc.assert(
      fc.property(state, verdict, fc.integer(), fc.integer(), (was, wanted, uploadedAt, seen) => {
        const standing = { state: was, uploadedAt, reason: null, why: null };
        const code = codeOf(() => judge(standing, seen, wanted, 1));
        const same = was === (wanted.kind === 'accept' ? 'accepted' : 'rejected');
        expect(code).toBe(
          seen !== uploadedAt ? 'corrections.photo_replaced' : same ? 'corrections.photo_decided' : 'done',
        );
      }),
    );
  });

  it('a rejection has its reason in words, an acceptance has none', () => {
    fc.assert(
      fc.property(verdict, (wanted) => {
        const standing = { state: 'waiting', uploadedAt: 1, reason: null, why: null } as const;
        const next = judge(standing, 1, wanted, 7);
        expect(next.decidedAt).toBe(7);
        expect((whyWords(next) ?? '').length > 0).toBe(wanted.kind === 'reject');
      }),
    );
  });
});

describe('S2-15b H7 the address of a picture', () => {
  const vault = createVault({
    secrets: ['a secret of a test'],
    fingerprintSecret: 'another secret of a test',
  });
  const looked: Looked = { actorId: 'a', personId: 'p', fileId: 'f' };
  const lookOf = (now: number) => pictureUrl(vault, looked, now).split('look=')[1] ?? '';

  it('is for one reader, one picture and a quarter of an hour', () => {
    const look = lookOf(1000);
    expect(isLooked(vault, looked, look, 1000)).toBe(true);
    expect(isLooked(vault, looked, look, 1000 + 15 * MINUTE_MS - 1)).toBe(true);
    expect(isLooked(vault, looked, look, 1000 + 15 * MINUTE_MS)).toBe(false);
    for (const other of ['actorId', 'personId', 'fileId'] as const)
      expect(isLooked(vault, { ...looked, [other]: 'x' }, look, 1000)).toBe(false);
  });

  it('cannot be made longer, nor made up', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,16}-[0-9a-f]{64}$/)), (made) => {
        expect(isLooked(vault, looked, made, 1000)).toBe(false);
      }),
    );
    const [until = '', print = ''] = lookOf(1000).split('-');
    expect(isLooked(vault, looked, `${Number(until) + 1}-${print}`, 1000)).toBe(false);
  });
});
