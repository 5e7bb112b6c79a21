import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Occasion } from './contract.ts';
import {
  concerns,
  countsFor,
  countsFrom,
  GUARDED,
  inForce,
  openFor,
  planRegistration,
  type Registered,
} from './policy.ts';
import type { Text, TextFile } from './text.ts';
import { hashOf, parseTextFile } from './text-file.ts';

const wording = (words: string) => ({ title: '承诺', source: '管理办法 第十五条', words });
const file = (part: Partial<TextFile> = {}): TextFile => {
  const words = part.words ?? '不转借账号。';
  return {
    textId: 'no-classified-content',
    version: 1,
    ...wording(words),
    sha256: hashOf(wording(words)),
    askAgain: true,
    occasions: ['first-sign-in'],
    who: 'all',
    workdays: 5,
    place: 10,
    ...part,
  };
};
const text = (part: Partial<Text> = {}): Text => ({ ...file(), countsFrom: 1, ...part });

const id = fc.constantFrom('a', 'b', 'c');
const version = fc.integer({ min: 1, max: 6 });
const category = fc.constantFrom('internal', 'external', 'entrusted');
const occasion = fc.constantFrom<Occasion>('first-sign-in', 'publishing', 'group-creation');
const anyText: fc.Arbitrary<Text> = fc
  .record({
    textId: id,
    version,
    who: fc.oneof(
      fc.constant('all' as const),
      fc.uniqueArray(fc.constantFrom('internal' as const, 'external' as const), { minLength: 1 }),
    ),
    occasions: fc.uniqueArray(occasion, { minLength: 1 }),
  })
  .chain((part) =>
    fc.integer({ min: 1, max: part.version }).map((from) => text({ ...part, countsFrom: from })),
  );
const anyTexts = fc.uniqueArray(anyText, { selector: ({ textId }) => textId });
const anyGiven = fc
  .array(fc.tuple(id, fc.array(version, { minLength: 1 })))
  .map((entries): ReadonlyMap<string, readonly number[]> => new Map(entries));

describe('which texts are open for whom', () => {
  it('S2-15c exactly those that concern the person and of which no version counts', () => {
    fc.assert(
      fc.property(anyTexts, category, anyGiven, occasion, (texts, who, given, asked) => {
        const open = openFor(texts, who, { given }, asked);
        for (const one of texts) {
          const counts = (given.get(one.textId) ?? []).some((v) => v >= one.countsFrom);
          const owed = concerns(one, who) && one.occasions.includes(asked) && !counts;
          expect(open.includes(one)).toBe(owed);
        }
      }),
    );
  });

  it('giving what is in force closes it, and nothing else; giving more never opens anything', () => {
    fc.assert(
      fc.property(anyTexts, category, anyGiven, (texts, who, given) => {
        const before = openFor(texts, who, { given });
        for (const one of before) {
          const more = new Map([...given, [one.textId, [...(given.get(one.textId) ?? []), one.version]]]);
          expect(openFor(texts, who, { given: more })).toEqual(before.filter((other) => other !== one));
        }
      }),
    );
  });

  it('a rise that asks again opens it for everybody who gave only versions before', () => {
    fc.assert(
      fc.property(anyText, (one) => {
        const raised = { ...one, version: one.version + 1, countsFrom: one.version + 1 };
        expect(countsFor(raised, [one.version])).toBe(false);
        expect(countsFor(raised, [raised.version])).toBe(true);
      }),
    );
  });
});

/** Versions as they were registered, each with words of its own. */
const history = fc
  .uniqueArray(version, { minLength: 1 })
  .chain((versions) =>
    fc.tuple(...versions.sort((a, b) => a - b).map((v) => fc.boolean().map((askAgain) => ({ v, askAgain })))),
  )
  .map((rows): Registered[] =>
    rows.map(({ v, askAgain }) => ({
      textId: GUARDED[0],
      version: v,
      askAgain,
      sha256: hashOf(wording(`第${v}版`)),
    })),
  );
const filed = (one: Pick<Registered, 'version' | 'askAgain'>): TextFile =>
  file({ version: one.version, askAgain: one.askAgain, words: `第${one.version}版` });

describe('what may be registered', () => {
  it('versions only rise: the highest again is nothing new, a higher one is fresh, a lower one is a fault', () => {
    fc.assert(
      fc.property(history, version, fc.boolean(), (registered, v, askAgain) => {
        const highest = registered.at(-1) ?? { version: 0, askAgain };
        const wanted = filed(v === highest.version ? highest : { version: v, askAgain });
        const { fresh, faults } = planRegistration([wanted], registered);
        expect(faults.length).toBe(v < highest.version ? 1 : 0);
        expect(fresh).toEqual(v > highest.version ? [wanted] : []);
      }),
    );
  });

  it('a version means the same words for ever: any other word, title, source or askAgain is a fault', () => {
    const registered = [{ ...filed({ version: 3, askAgain: true }) }];
    const same = filed({ version: 3, askAgain: true });
    const changed = (part: Partial<TextFile>): TextFile => {
      const next = { ...same, ...part };
      return { ...next, sha256: hashOf(next) };
    };
    const faultsOf = (one: TextFile) => planRegistration([one], registered).faults;
    expect(faultsOf(same)).toEqual([]);
    for (const part of [
      { words: '第3版。' },
      { title: '承诺书' },
      { source: '第十六条' },
      { askAgain: false },
    ])
      expect(faultsOf(changed(part))).toEqual([
        expect.stringMatching(/no-classified-content\.md: version 3 .*raise it to version: 4/),
      ]);
    // What it is asked for and of whom may change.
    expect(faultsOf(changed({ occasions: ['publishing'], workdays: 9, place: 1 }))).toEqual([]);
  });

  it('S2-4.5 what other rooms rest on cannot be taken away nor narrowed', () => {
    expect(planRegistration([], []).faults).toEqual([expect.stringContaining('is missing')]);
    expect(planRegistration([file({ who: ['internal'] })], []).faults).toEqual([
      expect.stringContaining('who must be all'),
    ]);
  });

  it('what was given counts from the newest version on that asks again', () => {
    const of = (...rows: [number, boolean][]) => rows.map(([v, askAgain]) => ({ version: v, askAgain }));
    expect(countsFrom({ version: 1 }, of([1, true]))).toBe(1);
    expect(countsFrom({ version: 3 }, of([1, true], [2, true], [3, false]))).toBe(2);
    expect(countsFrom({ version: 3 }, of([1, false], [3, false]))).toBe(1);
    fc.assert(
      fc.property(history, (registered) => {
        const last = registered.at(-1);
        if (!last) return;
        const [one] = inForce([filed(last)], registered);
        expect(one?.countsFrom).toBeLessThanOrEqual(last.version);
        if (last.askAgain) expect(one?.countsFrom).toBe(last.version);
      }),
    );
  });
});

describe('a text’s file', () => {
  const head = 'version: 2\ntitle: 承诺\nsource: 第十五条\noccasions: [publishing]';
  const of = (front: string, body = '不转借。') => `---\n${front}\n---\n\n${body}\n`;

  it('says who is asked when; its hash is of title, source and words, whatever the line ends', () => {
    const one = parseTextFile('a-text', of(`${head}\nwho: [internal]\norder: 7`, '一。\n\n1. 二。'));
    expect(one).toMatchObject({
      version: 2,
      who: ['internal'],
      place: 7,
      askAgain: true,
      words: '一。\n\n1. 二。',
    });
    const windows = of(`${head}\nwho: [internal]`, '一。\n\n1. 二。').replaceAll('\n', '\r\n');
    expect(parseTextFile('a-text', `\uFEFF${windows}`).sha256).toBe(one.sha256);
    expect(one.sha256).toBe(hashOf({ title: '承诺', source: '第十五条', words: '一。\n\n1. 二。' }));
  });

  it.each([
    ['no front matter', 'a', '不转借。', 'front matter'],
    ['no words', 'a', of(head, ''), 'characters of words'],
    ['no version', 'a', of('title: 甲\nsource: 乙\noccasions: [publishing]'), 'version'],
    ['an unknown occasion', 'a', of(head.replace('publishing', 'birthday')), 'occasions'],
    ['an unknown key', 'a', of(`${head}\nvote: yes`), 'vote'],
    ['a name that is no id', 'A text', of(head), 'its name'],
  ])('is refused with its cause: %s', (_what, textId, bytes, cause) => {
    expect(() => parseTextFile(textId, bytes)).toThrow(cause);
  });
});
