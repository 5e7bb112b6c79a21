import { describe, expect, it } from 'vitest';
import type { Incoming, KnownPerson } from '../model.ts';
import { indexKnown } from './known-index.ts';
import { isSettled, match } from './match.ts';
import { aFormer, aKnown, aPerson, aRow, decide, secret, TODAY } from './testing/builders.ts';
import type { Decision } from './types.ts';

interface Given {
  readonly refused?: readonly string[];
  readonly decisions?: Readonly<Record<string, Decision>>;
}

/** `same p-1 by idNumber`, `new`, `doubtful p-1 p-2` … one for each row. */
function verdicts(rows: readonly Incoming[], people: readonly KnownPerson[], given: Given = {}): string[] {
  const days = { today: TODAY, saidOn: TODAY };
  const options = { decisions: decide(given.decisions ?? {}), refusedStaffNos: given.refused ?? [], days };
  return match(rows, indexKnown(aKnown(people)), options).map((one) => {
    if (isSettled(one)) {
      if (!one.person) return one.verdict;
      return `${one.verdict} ${one.person.personId} by ${one.by}${one.rehire ? ', rehire' : ''}`;
    }
    const who = one.candidates.map(({ person }) => person.personId).join(' ');
    const kind = one.kind === 'nameChanged' ? ' nameChanged' : '';
    return `${one.verdict}${kind}${who ? ` ${who}` : ''}`;
  });
}

const ID = secret('110101199001011234');
const OTHER_ID = secret('110101199001015678');
const MOBILE = secret('13900001111');

describe('match', () => {
  it('B1 the source’s own id wins over a changed staff number and a changed name', () => {
    const people = [aPerson('1', { sourceId: 'hr-7' })];
    expect(verdicts([aRow('9', { sourceId: 'hr-7', name: '新名' })], people)).toEqual([
      'same p-1 by sourceId',
    ]);
  });

  it('B1 the same staff number under another id of the source is a doubt, not the same person', () => {
    const people = [aPerson('1', { sourceId: 'hr-7' })];
    expect(verdicts([aRow('1', { sourceId: 'hr-8' })], people)).toEqual(['doubtful p-1']);
  });

  it('B1 the number somebody gave up is a doubt until a human says that its new holder is new', () => {
    const people = [aPerson('1', { sourceId: 'hr-7' })];
    const rows = [aRow('1', { name: '后来者' }), aRow('9', { sourceId: 'hr-7' })];
    expect(verdicts(rows, people)).toEqual(['doubtful p-1', 'same p-1 by sourceId']);
    const decisions: Given['decisions'] = { 'person:1:maybeSamePerson': { decision: 'different' } };
    expect(verdicts(rows, people, { decisions })).toEqual(['new', 'same p-1 by sourceId']);
  });

  it('B2 a name is never a key: same name, same unit, same birth date stay two people', () => {
    const bornOn = secret('1990-01-01');
    const people = [aPerson('1', { name: '王伟', bornOn })];
    expect(verdicts([aRow('2', { name: '王伟', bornOn })], people)).toEqual(['new']);
  });

  it('B3 order: staff number before ID number', () => {
    const people = [aPerson('1'), aPerson('2', { idNumber: ID })];
    expect(verdicts([aRow('1', { idNumber: ID }), aRow('2')], people)).toEqual([
      'same p-1 by staffNo',
      'same p-2 by staffNo',
    ]);
  });

  it('B3 an ID number links when there is one free candidate', () => {
    expect(verdicts([aRow('9', { idNumber: ID })], [aPerson('1', { idNumber: ID })])).toEqual([
      'same p-1 by idNumber',
    ]);
  });

  it.each([
    [
      'two candidates',
      [aRow('9', { idNumber: ID })],
      [aPerson('1', { idNumber: ID }), aFormer('2', { idNumber: ID })],
      'doubtful p-1 p-2',
    ],
    [
      'the candidate is another row',
      [aRow('9', { idNumber: ID }), aRow('1')],
      [aPerson('1', { idNumber: ID })],
      'doubtful p-1',
    ],
    [
      'two rows claim it',
      [aRow('9', { idNumber: ID }), aRow('8', { idNumber: ID })],
      [aPerson('1', { idNumber: ID })],
      'doubtful p-1',
    ],
    [
      'two newcomers with one ID number',
      [aRow('9', { idNumber: ID }), aRow('8', { idNumber: ID })],
      [],
      'doubtful',
    ],
    [
      'a row gives somebody known the ID number of another row',
      [aRow('9', { idNumber: ID }), aRow('1', { idNumber: ID })],
      [aPerson('1')],
      'doubtful p-1',
    ],
  ])('B3 an ID number never links by itself: %s', (_, rows, people, expected) => {
    expect(verdicts(rows, people)[0]).toBe(expected);
  });

  it('B3 A4 an unreadable row speaks for whoever has its staff number', () => {
    const people = [aPerson('1', { idNumber: ID })];
    expect(verdicts([aRow('9', { idNumber: ID })], people, { refused: ['1'] })).toEqual(['doubtful p-1']);
  });

  it('B3 a human’s word links a doubtful row, but only to one of its candidates, and each once', () => {
    const people = [aPerson('1', { idNumber: ID }), aFormer('2', { idNumber: ID }), aPerson('3')];
    const row = [aRow('9', { idNumber: ID })];
    const say = (personId: string): Given => ({
      decisions: { 'person:9:maybeSamePerson': { decision: 'same', personId } },
    });
    expect(verdicts(row, people, say('p-1'))).toEqual(['same p-1 by decision']);
    expect(verdicts(row, people, say('p-3'))).toEqual(['doubtful p-1 p-2']);
    const two = [aRow('8', { idNumber: ID }), ...row];
    const both: Given = {
      decisions: {
        'person:8:maybeSamePerson': { decision: 'same', personId: 'p-1' },
        'person:9:maybeSamePerson': { decision: 'same', personId: 'p-1' },
      },
    };
    expect(verdicts(two, people, both)).toEqual(['doubtful p-1', 'doubtful p-1']);
  });

  it('B3 nobody is made a second person with the same ID number, whatever is decided', () => {
    const people = [aPerson('1', { idNumber: ID }), aFormer('2', { idNumber: ID })];
    const decisions: Given['decisions'] = { 'person:9:maybeSamePerson': { decision: 'different' } };
    expect(verdicts([aRow('9', { idNumber: ID })], people, { decisions })).toEqual(['doubtful p-1 p-2']);
  });

  it('B3 mobile and name link one free active person', () => {
    const people = [aPerson('1', { name: '王伟', mobile: MOBILE })];
    expect(verdicts([aRow('9', { name: '王伟', mobile: MOBILE })], people)).toEqual([
      'same p-1 by mobileAndName',
    ]);
    expect(verdicts([aRow('9', { name: '李娜', mobile: MOBILE })], people)).toEqual(['new']);
  });

  it.each([
    ['another ID number', { idNumber: OTHER_ID }, 'new'],
    ['another id of the source', { sourceId: 'hr-8' }, 'new'],
    ['another birth date', { bornOn: secret('1970-01-01') }, 'new'],
    ['nothing else', {}, 'doubtful p-1'],
  ])('B5 a newcomer with mobile and name of somebody who left: %s', (_, more, expected) => {
    const former = aFormer('1', {
      name: '王伟',
      mobile: MOBILE,
      idNumber: ID,
      sourceId: 'hr-7',
      bornOn: secret('1990-01-01'),
    });
    expect(verdicts([aRow('9', { name: '王伟', mobile: MOBILE, ...more })], [former])).toEqual([expected]);
  });

  it('B5 a staff number that went to somebody else is a doubt', () => {
    const row = aRow('1', { name: '后来者', idNumber: OTHER_ID });
    expect(verdicts([row], [aPerson('1', { idNumber: ID })])).toEqual(['doubtful nameChanged p-1']);
    expect(verdicts([row], [aFormer('1')])).toEqual(['doubtful nameChanged p-1']);
    const decisions: Given['decisions'] = { 'person:1:nameChanged': { decision: 'same' } };
    expect(verdicts([row], [aPerson('1', { idNumber: ID })], { decisions })).toEqual([
      'same p-1 by decision',
    ]);
  });

  it('C10 a new name or a corrected ID number alone is the same person', () => {
    const people = [aPerson('1', { idNumber: ID })];
    expect(verdicts([aRow('1', { name: '改名' })], people)).toEqual(['same p-1 by staffNo']);
    expect(verdicts([aRow('1', { idNumber: OTHER_ID })], people)).toEqual(['same p-1 by staffNo']);
  });

  it('B7 the ID number of somebody who left, under a new staff number: rehired', () => {
    expect(verdicts([aRow('9', { idNumber: ID })], [aFormer('1', { idNumber: ID })])).toEqual([
      'same p-1 by idNumber, rehire',
    ]);
  });

  it.each([
    ['a start after the leaving', { employedOn: '2026-11-01' }, 'same p-1 by staffNo, rehire'],
    ['no date, but the ID number', { idNumber: ID }, 'same p-1 by staffNo, rehire'],
    ['the first start, as in an old file', { employedOn: '2015-09-01', idNumber: ID }, 'doubtful p-1'],
    ['nothing', {}, 'doubtful p-1'],
  ])('B7 the staff number of somebody who left: %s', (_, more, expected) => {
    expect(verdicts([aRow('1', more)], [aFormer('1', { idNumber: ID })])).toEqual([expected]);
  });

  it('B7 a file from before the leaving lets nobody in again', () => {
    const rows = [aRow('1', { idNumber: ID })];
    const options = {
      decisions: decide({}),
      refusedStaffNos: [],
      days: { today: TODAY, saidOn: '2026-06-01' },
    };
    const [only] = match(rows, indexKnown(aKnown([aFormer('1', { idNumber: ID })])), options);
    expect(only?.verdict).toBe('doubtful');
  });

  it('B7 a row that says 离职 of somebody who left is that person under any name', () => {
    const row = aRow('1', { name: '别名', status: 'left' });
    expect(verdicts([row], [aFormer('1')])).toEqual(['same p-1 by staffNo']);
  });

  it('A4 the same staff number twice is a conflict for both, whichever comes first', () => {
    const rows = [aRow('1'), aRow('1', { name: '另一个' }), aRow('2')];
    expect(verdicts(rows, [aPerson('1')])).toEqual(['conflict', 'conflict', 'new']);
    expect(verdicts([aRow('1')], [aPerson('1')], { refused: ['1'] })).toEqual(['conflict']);
  });
});
