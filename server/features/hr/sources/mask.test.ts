import { describe, expect, it } from 'vitest';
import { maskCell } from './mask.ts';

describe('H4, H6 what a sample shows to who sets a source up', () => {
  it.each([
    ['people', 'idNumber', '11010519491231002X', '110***********002X'],
    ['people', 'mobile', '13800001234', '138****1234'],
    ['people', 'name', '张雨桐', '张**'],
    ['people', 'email', 'zhang@example.edu.cn', 'z***@example.edu.cn'],
    ['people', 'title', '教师', '教师'],
    ['people', 'unitCodes', 'D05；D20', 'D05；D20'],
    ['units', 'name', '信息学院', '信息学院'],
  ] as const)('%s %s %s reads %s', (kind, column, text, shown) => {
    expect(maskCell(kind, column, text)).toBe(shown);
  });

  it('is masked by what it is, also where a wrong field was mapped', () => {
    for (const [kind, column] of [
      ['people', 'title'],
      ['people', 'staffNo'],
      ['units', 'code'],
      ['units', 'name'],
    ] as const) {
      expect(maskCell(kind, column, '11010519491231002X')).toBe('110***********002X');
      expect(maskCell(kind, column, '110105491231002')).not.toContain('491231');
      expect(maskCell(kind, column, '13800001234')).toBe('138****1234');
      expect(maskCell(kind, column, '+86 138-0000-1234')).not.toContain('0000');
      expect(maskCell(kind, column, 'zhang@example.edu.cn')).toBe('z***@example.edu.cn');
      expect(maskCell(kind, column, '证件 11010519491231002x；13800001234')).not.toMatch(/\d{7}/);
    }
  });

  it('an e-mail address that is none shows no more than its first sign', () => {
    expect(maskCell('people', 'email', 'zhang')).toBe('z***');
    expect(maskCell('people', 'email', '李@b@c.cn')).not.toContain('@b@');
  });
});
