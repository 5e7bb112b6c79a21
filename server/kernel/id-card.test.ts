import { describe, expect, it } from 'vitest';
import { fromOldIdNumber, readIdNumber } from './id-card.ts';

const TODAY = '2026-11-23';

describe('B9 resident identity numbers', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['440524188001010014', '1880-01-01', 'male'],
    ['11010519491231002x', '1949-12-31', 'female'],
    [' 11010519491231002X ', '1949-12-31', 'female'],
  ])('B9 accepts %s', (text, bornOn, sex) => {
    const reading = readIdNumber(text, TODAY);
    expect(reading).toMatchObject({ ok: true, card: { bornOn, sex, number: text.trim().toUpperCase() } });
  });

  it.each([
    ['110105194912310021', 'checkDigit'],
    ['11010519490231002X', 'birthDate'],
    ['110105203012310029', 'birthDate'],
    ['1101051949123100', 'form'],
    ['11010519491231002Y', 'form'],
    ['１１０１０５19491231002X', 'form'],
    ['', 'form'],
  ])('B9 refuses %s', (text, fault) => {
    expect(readIdNumber(text, TODAY)).toEqual({ ok: false, fault });
  });

  it('B9 a birth date of today is not in the past', () => {
    expect(readIdNumber('11010519491231002X', '1949-12-31')).toEqual({ ok: false, fault: 'birthDate' });
    expect(readIdNumber('11010519491231002X', '1950-01-01').ok).toBe(true);
  });

  it('B9 finds all 14 swaps of unlike neighbours in the example of the standard', () => {
    const digits = [...'11010519491231002X'];
    let swaps = 0;
    for (let i = 0; i < 16; i++) {
      if (digits[i] === digits[i + 1]) continue;
      const swapped = [...digits.slice(0, i), digits[i + 1], digits[i], ...digits.slice(i + 2)].join('');
      swaps++;
      expect(readIdNumber(swapped, TODAY).ok, swapped).toBe(false);
    }
    expect(swaps).toBe(14);
  });

  it('B11 a 15-digit number is refused for new entry but converts on import', () => {
    expect(readIdNumber('110105491231002', TODAY)).toEqual({ ok: false, fault: 'oldForm' });
    expect(fromOldIdNumber('110105491231002')).toBe('11010519491231002X');
    expect(fromOldIdNumber('11010549123100')).toBeNull();
  });
});
