import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImportEvidenceRequest } from './contract.ts';
import { nameRows, type Names } from './name-rows.ts';

/** Staff number, userid and person; a second person's userid is the first one's number. */
const PEOPLE = [
  { personId: 'p1', staffNo: '00001', userid: 'zhang' },
  { personId: 'p2', staffNo: '00002', userid: '00003' },
  { personId: 'p3', staffNo: '00003', userid: 'li' },
  { personId: 'p4', staffNo: '00004', userid: '00004' },
  { personId: 'p5', staffNo: '00005', userid: 'wu' },
];
const idOf = (fits: (one: (typeof PEOPLE)[number]) => boolean) => PEOPLE.find(fits)?.personId ?? null;
const names: Names = {
  byId: (personId) => idOf((one) => one.personId === personId),
  byStaffNo: (staffNo) => idOf((one) => one.staffNo === staffNo),
  byUserid: (userid) => idOf((one) => one.userid === userid.toLowerCase()),
  hasAccount: (personId) => personId !== 'p5',
};
const named = (...rows: { who: string; lastAt: number }[]) => nameRows(rows, names, 100);

describe('rows of an export (S3-4b, B1, B2)', () => {
  it.each([
    ['00001', 'p1'],
    ['zhang', 'p1'],
    ['Zhang', 'p1'],
    ['00004', 'p4'],
  ])('%s is %s, by staff number or userid', (who, personId) =>
    expect(named({ who, lastAt: 100 })).toEqual({ rows: [{ personId, lastAt: 100 }], faults: [] }),
  );

  it.each([
    ['张三', 50, 'unknown'],
    ['00003', 50, 'ambiguous'],
    ['wu', 50, 'noAccount'],
    ['zhang', 101, 'afterCutOff'],
  ])('%s at %i counts for nobody: %s', (who, lastAt, code) => {
    const { rows, faults } = named({ who: '00001', lastAt: 1 }, { who, lastAt });
    expect(rows).toEqual([{ personId: 'p1', lastAt: 1 }]);
    expect(faults).toMatchObject([{ row: 1, who, code }]);
  });

  it('every row counts or is a fault, none both, in the order of the sheet', () => {
    const row = fc.record({
      who: fc.constantFrom('00001', 'zhang', '00003', 'wu', 'nobody'),
      lastAt: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const { rows: known, faults } = nameRows(rows, names, 100);
        expect(known.length + faults.length).toBe(rows.length);
        const at = faults.map((fault) => fault.row);
        expect(at).toEqual([...new Set(at)].sort((a, b) => a - b));
        expect(known.every(({ lastAt }) => lastAt <= 100)).toBe(true);
      }),
    );
  });

  it('an act after the data ends counts for nobody, however the person is named', () => {
    const { rows, faults } = nameRows([{ personId: 'p1', lastAt: 101 }], names, 100);
    expect({ rows, faults }).toMatchObject({
      rows: [],
      faults: [{ row: 0, who: 'p1', code: 'afterCutOff' }],
    });
  });

  it('an instant no calendar knows is refused at the door, not met as an error within', () => {
    const evidence = { systemCode: 'wecom', month: '2026-10', source: 'export', cutOffAt: 1, rows: [] };
    const far = 8.64e15 + 1;
    expect(ImportEvidenceRequest.safeParse(evidence).success).toBe(true);
    expect(ImportEvidenceRequest.safeParse({ ...evidence, cutOffAt: far }).success).toBe(false);
    for (const named of [{ personId: 'p1' }, { who: '00001' }])
      expect(
        ImportEvidenceRequest.safeParse({ ...evidence, rows: [{ ...named, lastAt: far }] }).success,
      ).toBe(false);
  });

  it('an id that nobody has is a mistake of the program that sent it', () => {
    expect(() => nameRows([{ personId: 'p9', lastAt: 1 }], names, 100)).toThrow('accounts.unknown_person');
  });
});
