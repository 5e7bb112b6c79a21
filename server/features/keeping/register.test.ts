import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../kernel/dates.ts';
import { kept, type Keeping } from '../../platform/keeping/index.ts';
import { endsBefore, nextEndAt, readRegister } from './register.ts';

const ending = {
  how: 'delete',
  remove: () => Promise.resolve(0),
  overdue: () => Promise.resolve(0),
  oldest: () => Promise.resolve(null),
} as const;
const letters: Keeping = { kind: 'post.letters', atLeastDays: 30, ending };
const deeds = kept('post.deeds', 184);
const line = (kind: string, days: number | null) => ({
  kind,
  what: '信',
  purpose: '用途',
  ground: '依据',
  since: '收到',
  days,
});
const read = (...kinds: object[]) => readRegister({ about: '', kinds }, [letters, deeds]);

describe('the register of keeping periods (个保法 6, 19, 47)', () => {
  it('puts what the site says to what the rooms can do', () => {
    const periods = read(line('post.letters', 30), line('post.deeds', null));
    expect(periods.map(({ kind, days, ending: how }) => [kind, days, how?.how ?? null])).toEqual([
      ['post.letters', 30, 'delete'],
      ['post.deeds', null, null],
    ]);
  });

  it.each([
    ['a kind nobody wrote down', [line('post.letters', 30)], 'post.deeds is missing'],
    [
      'a kind no room has',
      [line('post.letters', 30), line('post.deeds', null), line('post.parcels', 1)],
      'post.parcels is kept by nobody',
    ],
    [
      'H10 a period shorter than the law or the room allows',
      [line('post.letters', 29), line('post.deeds', null)],
      'post.letters needs at least 30 days',
    ],
    [
      'days for what nothing ends',
      [line('post.letters', 30), line('post.deeds', 365)],
      'post.deeds has days, but nothing ends it',
    ],
    [
      'a kind twice',
      [line('post.letters', 30), line('post.letters', 60), line('post.deeds', null)],
      'a kind is named twice',
    ],
  ])('stops the start at %s', (_what, kinds, fault) => {
    expect(() => read(...kinds)).toThrow(fault);
  });

  it('may be longer than the least, or without an end', () => {
    expect(read(line('post.letters', 3000), line('post.deeds', null))).toHaveLength(2);
    expect(read(line('post.letters', null), line('post.deeds', null))[0]?.days).toBeNull();
  });

  it('a record is past its time exactly when its end has come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 0, max: 3650 }),
        (since, now, days) => {
          const isPast = since < endsBefore(now, days);
          const endAt = nextEndAt(since, days);
          expect(isPast).toBe(endAt !== null && endAt < now);
        },
      ),
    );
    expect(nextEndAt(null, 5)).toBeNull();
    expect(nextEndAt(0, null)).toBeNull();
    expect(nextEndAt(1, 2)).toBe(1 + 2 * DAY_MS);
  });

  it('is written for people: no kind without words, personal data never without a ground', () => {
    const { kinds } = JSON.parse(readFileSync('config/keeping.json', 'utf8')) as {
      kinds: { what: string; ground: string }[];
    };
    expect(kinds.length).toBeGreaterThan(20);
    for (const { what, ground } of kinds) expect(`${what}${ground}`).toMatch(/^[^a-z]*[一-龥]/);
  });
});
