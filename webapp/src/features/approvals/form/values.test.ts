import { describe, expect, it } from 'vitest';
import { template } from '../../../testing/samples.ts';
import { asksForecast, cardsOf, filled, firstMissing, halfDaysAllowed } from './values.ts';

const { fields } = template;
const time = { from: '2026-11-26', fromHalf: 'pm', to: '2026-12-01', toHalf: 'pm' } as const;
const range = fields.find((field) => field.key === 'time');

describe('the form’s values', () => {
  it('leaves out what is empty and trims text', () => {
    expect(filled({ type: 'annual', reason: '  回乡 ', handover: null, files: [], time })).toEqual({
      type: 'annual',
      reason: '回乡',
      time,
    });
  });

  it('points to the first missing field in reading order', () => {
    expect(firstMissing(fields, { reason: '回乡' }, [])?.key).toBe('type');
    expect(firstMissing(fields, { type: 'annual', time, reason: ' ' }, [])?.key).toBe('reason');
  });

  it('asks for a field by rule only when the server says so', () => {
    const form = { type: 'annual', time, reason: '回乡' };
    expect(firstMissing(fields, form, [])).toBeNull();
    expect(firstMissing(fields, form, ['handover'])?.key).toBe('handover');
  });

  it('counts a range without its end as empty', () => {
    expect(firstMissing(fields, { type: 'annual', time: { ...time, to: '' }, reason: 'x' }, [])?.key).toBe(
      'time',
    );
  });

  it('follows the type for half days', () => {
    if (!range) throw new Error('no range');
    expect(halfDaysAllowed(fields, { type: 'annual' }, range)).toBe(true);
    expect(halfDaysAllowed(fields, { type: 'maternity' }, range)).toBe(false);
  });

  it('asks the server nothing new while text is typed', () => {
    expect(asksForecast(fields, { type: 'annual', reason: '回' })).toEqual(
      asksForecast(fields, { type: 'annual', reason: '回乡' }),
    );
  });

  it('gives choices and the time cards of their own', () => {
    expect(cardsOf(fields).map((card) => card.map((field) => field.key))).toEqual([
      ['type'],
      ['time'],
      ['reason', 'handover'],
    ]);
  });
});
