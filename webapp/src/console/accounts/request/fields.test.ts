import { describe, expect, it } from 'vitest';
import { CreateRequest, Filled, RequestKind } from '../../../../../server/features/accounts/contract.ts';
import { blank, FIELDS, fieldsOf, sendingUnits, valuesOf, withValue } from './fields.ts';

const labels = (kind: RequestKind, ...values: [string, unknown][]): string[] =>
  fieldsOf(values.reduce((filled, [key, value]) => withValue(filled, key, value), blank(kind))).map(
    ({ label }) => label,
  );

describe('the forms of all kinds', () => {
  it.each(RequestKind.options)('a blank %s is what the server calls a draft', (kind) => {
    expect(Filled.parse(blank(kind))).toEqual(blank(kind));
    expect(CreateRequest.safeParse({ personId: 'p', filled: blank(kind), submit: null }).success).toBe(true);
  });

  it.each(RequestKind.options)('every field of %s exists in its form, and none is left out', (kind) => {
    const named = FIELDS[kind].map(({ key }) => key).toSorted();
    const known = Object.keys(valuesOf(blank(kind))).filter((key) => key !== 'lockId');
    expect(named).toEqual(known.toSorted());
  });
});

describe('what is asked depends on what was chosen', () => {
  it('S3-1.2: outside the establishment the need is asked', () => {
    expect(labels('open')).not.toContain('需要的理由');
    expect(labels('open', ['category', 'nonEstablished'])).toContain('需要的理由');
  });
  it('S3-1.3: who comes from elsewhere names the origin, who comes for a time the end', () => {
    expect(labels('open', ['category', 'transferred'])).toContain('原单位');
    expect(labels('open', ['category', 'transferred'])).not.toContain('结束日期');
    expect(labels('open', ['category', 'seconded'])).toEqual(expect.arrayContaining(['原单位', '结束日期']));
  });
  it('S3-2.2: a move between units asks for the receiving one, which sends', () => {
    expect(labels('change')).not.toContain('调入单位');
    const moved = [
      ['move', 'between'],
      ['unitId', 'a'],
      ['toUnitId', 'b'],
    ].reduce((filled, [key = '', value]) => withValue(filled, key, value), blank('change'));
    expect(sendingUnits(moved)).toEqual(['b']);
    expect(sendingUnits(withValue(moved, 'move', 'within'))).toEqual(['a']);
  });
  it('S3-2.4a: to outside, the other side is named and its letter asked for', () => {
    expect(labels('secondOut')).toContain('对方单位的函');
    expect(labels('secondOut', ['hostUnitId', 'u'])).not.toContain('对方单位的函');
    const out = withValue(withValue(blank('secondOut'), 'homeUnitId', 'a'), 'hostUnitId', 'b');
    expect(sendingUnits(out)).toEqual(['a', 'b']);
  });
});
