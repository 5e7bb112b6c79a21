import { describe, expect, it } from 'vitest';
import { harmlessPart } from './harmless.ts';
import { applyToModel } from './testing/apply-to-model.ts';
import {
  aFormer,
  aKnown,
  aPerson,
  aRow,
  aSnapshot,
  aUnit,
  aUnitRow,
  changeAt,
  doubtsOf,
  keysOf,
  plan,
  TODAY,
} from './testing/builders.ts';

const led = (staffNo: string, managerStaffNo: string | null) => aPerson(staffNo, { managerStaffNo });
const says = (staffNo: string, managerStaffNo: string | null) => aRow(staffNo, { managerStaffNo });

describe('superiors', () => {
  it('C15 are written after all people exist', () => {
    const made = plan(aSnapshot([says('1', '2'), says('2', null)]), aKnown([]));
    expect(keysOf(made)).toEqual(['person:1:hire', 'person:2:hire', 'person:1:change:manager']);
    expect(changeAt(made, 'person:1:change:manager')).toMatchObject({
      stage: 'leaders',
      needs: ['person:1:hire', 'person:2:hire'],
      fields: [{ field: 'managerStaffNo', before: null, after: '人2' }],
    });
  });

  it('C15 an unknown superior is a failure of its own and does not fail the person', () => {
    const made = plan(aSnapshot([aRow('1', { managerStaffNo: '9', grade: '六级' })]), aKnown([aPerson('1')]));
    expect([keysOf(made), doubtsOf(made)]).toEqual([['person:1:change'], ['person:1:treeConflict:manager']]);
  });

  it.each([
    ['oneself', [says('1', '1')], [led('1', null)], ['person:1:treeConflict:manager']],
    [
      'two',
      [says('1', '2'), says('2', '1')],
      [led('1', null), led('2', null)],
      ['person:1:treeConflict:manager', 'person:2:treeConflict:manager'],
    ],
    [
      'one new link that closes an old line',
      [says('1', '3')],
      [led('1', null), led('2', '1'), led('3', '2')],
      ['person:1:treeConflict:manager'],
    ],
    [
      'newcomers',
      [says('1', '2'), says('2', '3'), says('3', '1')],
      [],
      [1, 2, 3].map((n) => `person:${n}:treeConflict:manager`),
    ],
  ])('C16 a circle is refused: %s', (_, rows, people, doubts) => {
    const made = plan(aSnapshot(rows, { complete: false }), aKnown(people));
    expect(made.changes.filter(({ stage }) => stage === 'leaders')).toEqual([]);
    expect(doubtsOf(made)).toEqual(doubts);
  });

  it('C16 a line turned round is written from its new top down, so no circle exists on the way', () => {
    const known = aKnown([led('1', '2'), led('2', '3'), led('3', null)]);
    const made = plan(aSnapshot([says('1', null), says('2', '1'), says('3', '2')]), known);
    expect(keysOf(made)).toEqual([1, 2, 3].map((n) => `person:${n}:change:manager`));
    expect(changeAt(made, 'person:3:change:manager').needs).toEqual(['person:2:change:manager']);
    applyToModel(known, made, TODAY);
  });

  it('C16 who leaves leaves reports without one, also those the rows still name him for', () => {
    const known = aKnown([aPerson('1'), led('2', '1'), led('3', '1')]);
    const rows = [aRow('1', { status: 'left' }), says('2', '1'), aRow('3')];
    const made = plan(aSnapshot(rows), known);
    expect(keysOf(made)).toEqual(['person:2:change:manager', 'person:3:change:manager', 'person:1:leave']);
    const change = changeAt(made, 'person:2:change:manager');
    expect(change).toMatchObject({ set: { managerStaffNo: null }, needs: ['person:1:leave'], lines: [2] });
    expect(change.why).toContain('暂空');
    expect(harmlessPart(made.changes)).toEqual([]);
    const after = applyToModel(known, made, TODAY).known;
    expect(keysOf(plan(aSnapshot(rows), after))).toEqual([]);
  });

  it('C16 A6 who leaves later is the superior until then', () => {
    const rows = [aRow('1', { status: 'left', statusOn: '2026-12-01' }), says('2', '1')];
    const made = plan(aSnapshot(rows), aKnown([aPerson('1'), led('2', null)]));
    expect(made.changes.map(({ key, effectiveOn }) => [key, effectiveOn])).toEqual([
      ['person:2:change:manager', TODAY],
      ['person:2:change:managerLeaves', '2026-12-01'],
      ['person:1:leave', '2026-12-01'],
    ]);
  });

  it('C16 somebody who left already is not made a superior', () => {
    const made = plan(aSnapshot([says('2', '1')], { complete: false }), aKnown([aFormer('1'), aPerson('2')]));
    expect(keysOf(made)).toEqual([]);
  });

  it('a superior with a new staff number is the same superior', () => {
    const known = aKnown([aPerson('1', { sourceId: 's' }), led('2', '1')]);
    const made = plan(aSnapshot([aRow('9', { sourceId: 's' }), says('2', '9')]), known);
    expect(keysOf(made)).toEqual(['person:9:change']);
  });

  it('A6 a superior who starts later takes over then', () => {
    const rows = [aRow('1', { employedOn: '2026-12-01' }), says('2', '1')];
    const made = plan(aSnapshot(rows), aKnown([aPerson('2')]));
    expect(changeAt(made, 'person:2:change:manager').effectiveOn).toBe('2026-12-01');
  });
});

describe('heads and leaders in charge', () => {
  it('C1 are written after people, those of a new unit too', () => {
    const units = [aUnitRow('B', { parentCode: null, headStaffNo: '1', leaderStaffNo: '2' })];
    const made = plan(aSnapshot([aRow('1'), aRow('2')], { units, complete: false }), aKnown([aPerson('2')]));
    expect(keysOf(made)).toEqual(['unit:B:unitCreate', 'person:1:hire', 'unit:B:unitChange:leaders']);
    expect(changeAt(made, 'unit:B:unitChange:leaders').set).toEqual({ headStaffNo: '1', leaderStaffNo: '2' });
  });

  it('A5 not given stays, cleared is cleared, unknown is a doubt', () => {
    const known = aKnown([aPerson('1')], [aUnit('A', { headStaffNo: '1' })]);
    const of = (more: Parameters<typeof aUnitRow>[1]) =>
      plan(aSnapshot([aRow('1')], { units: [aUnitRow('A', more)] }), known);
    expect(keysOf(of({}))).toEqual([]);
    expect(changeAt(of({ headStaffNo: null }), 'unit:A:unitChange:leaders').set).toEqual({
      headStaffNo: null,
    });
    expect(doubtsOf(of({ headStaffNo: '9' }))).toEqual(['unit:A:treeConflict:headStaffNo']);
  });

  it('C16 a head who leaves leaves the place empty, and the plan says so', () => {
    const known = aKnown([aPerson('1')], [aUnit('A', { headStaffNo: '1' })]);
    const made = plan(aSnapshot([aRow('1', { status: 'retired' })]), known);
    expect(keysOf(made)).toEqual(['unit:A:unitChange:leaders', 'person:1:retire']);
    expect(changeAt(made, 'unit:A:unitChange:leaders')).toMatchObject({
      set: { headStaffNo: null },
      needs: ['person:1:retire'],
      why: '负责人人1离开，暂缺',
    });
  });
});
