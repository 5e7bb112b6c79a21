import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTag, isRight, type TagKnown, type TagRead } from './compare-tag.ts';
import { held, MOST_RETURNS, type Situation, type Weighed } from './guard.ts';

const userids = new Map(['a', 'b', 'c', 'd'].map((id) => [id, `User.${id.toUpperCase()}`]));
const known = (more: Partial<TagKnown> = {}): TagKnown => ({
  name: '值班',
  writtenName: '值班',
  wanted: new Set(['a', 'b']),
  written: new Set(['a', 'b']),
  userids,
  people: new Map([...userids].map(([id, userid]) => [userid.toLowerCase(), id])),
  ...more,
});
const read = (users: readonly string[], more: Partial<TagRead> = {}): TagRead => ({
  tagname: '值班',
  users: users.map((userid) => ({ userid })),
  parties: [],
  ...more,
});
const both = ['user.a', 'USER.B'];

describe('D11 S1-7.2c what somebody else changed of a tag', () => {
  it.each([
    ['nothing; userids have no case (B1)', read(both), known(), []],
    ['one taken out', read(['user.a']), known(), ['takenOut:b']],
    ['one of ours put in', read([...both, 'user.c']), known(), ['putIn:c']],
    ['a stranger put in', read([...both, 'Mallory']), known(), ['stranger:mallory']],
    ['a department put in', read(both, { parties: [7, 9] }), known(), ['department:7', 'department:9']],
    ['another name', read(both, { tagname: '夜班' }), known(), ['renamed:']],
    ['the name it is to get', read(both, { tagname: '夜班' }), known({ name: '夜班' }), []],
    ['not there any more', null, known(), ['deleted:']],
    [
      'no member any more: nobody took them out',
      read(['user.a']),
      known({ written: new Set(['a', 'z']) }),
      [],
    ],
    ['put in who belongs in', read([...both, 'user.c']), known({ wanted: new Set(['a', 'b', 'c']) }), []],
    ['taken out who is to go', read(['user.a']), known({ wanted: new Set(['a']) }), []],
  ])('%s', (_what, answer, state, expected) => {
    const { found } = compareTag(answer, state);
    expect(found.map(({ kind, subject }) => `${kind}:${subject}`)).toEqual(expected);
  });

  it('what came to be as it shall be is noted as it is', () => {
    const state = known({ wanted: new Set(['a', 'c']) });
    expect(compareTag(read(['user.a', 'user.c']), state)).toEqual({
      found: [],
      joined: ['c'],
      parted: ['b'],
    });
  });

  it('A3 property: what is found is wrong, and noting the rest and putting it back leaves nothing to find', () => {
    const some = fc.subarray(['a', 'b', 'c', 'd']);
    const strangers = fc.subarray(['x', 'y']);
    fc.assert(
      fc.property(
        some,
        some,
        some,
        strangers,
        fc.subarray([1, 2]),
        (wanted, written, there, foreign, parties) => {
          const state = known({ wanted: new Set(wanted), written: new Set(written) });
          const answer = read([...there.map((id) => userids.get(id) ?? ''), ...foreign], { parties });
          const { found, joined, parted } = compareTag(answer, state);
          for (const one of found) expect(isRight(one, answer, state)).toBe(false);
          const after = new Set([...written, ...joined].filter((id) => !parted.includes(id)));
          for (const { kind, subject } of found) if (kind === 'takenOut') after.delete(subject);
          // By our account the tag then holds what it really holds, but for whom we do not know.
          const putIn = found.filter(({ kind }) => kind === 'putIn').map(({ subject }) => subject);
          expect(new Set([...after, ...putIn])).toEqual(new Set(there));
          const right = read(wanted.map((id) => userids.get(id) ?? ''));
          expect(compareTag(right, known({ ...state, written: new Set(wanted) })).found).toEqual([]);
          for (const one of found) expect(isRight(one, right, state)).toBe(true);
        },
      ),
    );
  });
});

describe('D2 D3 what waits for a person', () => {
  const many = (count: number, more: Partial<Weighed> = {}): Weighed[] =>
    Array.from({ length: count }, (_, at) => ({
      id: `f${at}`,
      kind: 'putIn',
      people: 1,
      returns: 0,
      ...more,
    }));
  const now = (more: Partial<Situation>): Situation => ({
    found: [],
    takenToday: 0,
    tagged: 1_000,
    tags: 10,
    ...more,
  });
  it.each([
    ['fifty of a thousand', now({ found: many(50) }), 0],
    ['fifty-one', now({ found: many(51) }), 51],
    ['many small ones in a day', now({ found: many(11), takenToday: 40 }), 11],
    ['a fifth of few', now({ found: many(10), tagged: 49 }), 10],
    ['three of three: no mass yet', now({ found: many(3), tagged: 3 }), 0],
    ['a department of sixty', now({ found: many(1, { kind: 'department', people: 60 }) }), 1],
    [
      'hundreds taken out by others: putting them back lets nobody down',
      now({ found: many(300, { kind: 'takenOut' }) }),
      0,
    ],
    ['two tags gone of three', now({ found: many(2, { kind: 'deleted' }), tags: 3 }), 0],
    ['three tags gone of four', now({ found: many(3, { kind: 'deleted' }), tags: 4 }), 3],
    ['the fourth time in a week', now({ found: many(1, { kind: 'takenOut', returns: MOST_RETURNS }) }), 1],
  ])('%s', (_what, situation, waiting) => expect(held(situation).size).toBe(waiting));
});
