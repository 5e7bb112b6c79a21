import { describe, expect, it } from 'vitest';
import { ESTABLISHMENT_WORDS, SEX_WORDS, STATUS_WORDS } from './columns.ts';
import * as values from './read-values.ts';

describe('dates', () => {
  it.each([
    ['2026-01-05', '2026-01-05'],
    ['2026-1-5', '2026-01-05'],
    ['2026/01/05', '2026-01-05'],
    ['2026/1/5', '2026-01-05'],
    ['2026.1.5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['2026 年 1 月 5 日', '2026-01-05'],
    ['2026年1月5号', '2026-01-05'],
    ['２０２６－１－５', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['46027', '2026-01-05'],
    ['46027.5', '2026-01-05'],
    ['2026-01-05 17:30:00', '2026-01-05'],
    ['2026-01-05T00:00:00', '2026-01-05'],
    // An instant is a day in Shanghai.
    ['2026-01-04T16:00:00.000Z', '2026-01-05'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is %s', (text, date) => {
    expect(values.readDate(text)).toEqual({ value: date });
  });

  it.each([
    '下周一',
    '2026-11-31',
    '2025-02-29',
    '2026',
    '2026-11',
    '26-1-5',
    '1.10105E+17',
    '999',
    '1/5/2026',
    '1899-01-01',
  ])('%s is none', (text) => {
    expect(values.readDate(text)).toEqual({ code: 'malformed', hint: '2026-01-05' });
  });

  it('a contract without an end has none; nobody is born today or later', () => {
    for (const text of ['无固定期限', '9999-12-31', '99991231', '9999年12月31日', '9999-12-31T00:00:00Z'])
      expect(values.readContractEnd(text)).toEqual({ value: null });
    for (const text of ['9999-12-30', '3000-01-01T00:00:00Z'])
      expect(values.readContractEnd(text)).toMatchObject({ code: 'malformed' });
    expect(values.readContractEnd('2027.8.31')).toEqual({ value: '2027-08-31' });
    const readBirth = values.readBirthDate('2026-11-21');
    expect(readBirth('2026-11-20')).toEqual({ value: '2026-11-20' });
    expect(readBirth('2026-11-21')).toMatchObject({ code: 'malformed' });
  });
});

describe('mobiles', () => {
  it.each([
    ['19900000731', '19900000731'],
    ['199 0000 0731', '19900000731'],
    ['199-0000-0731', '19900000731'],
    ['+86 19900000731', '19900000731'],
    ['+86-199-0000-0731', '19900000731'],
    ['8619900000731', '19900000731'],
    ['0086 19900000731', '19900000731'],
    ['（+86）１９９０００００７３１', '19900000731'],
    ['+852 5123 4567', '+85251234567'],
    ['0085251234567', '+85251234567'],
  ])('%s is %s', (text, mobile) => {
    expect(values.readMobile(text)).toEqual({ value: mobile });
  });

  it.each([
    '1990000073',
    '199000007311',
    '12900000731',
    '0512-88886666',
    '51234567',
    '+861234567',
    '1.99E+10',
    '19900000731/19900000732',
    '无',
  ])('%s is none', (text) => {
    expect(values.readMobile(text)).toMatchObject({ code: 'malformed' });
  });
});

describe('codes, names and the rest', () => {
  it.each<[string, values.ValueReader<unknown>, string, unknown]>([
    ['full width', values.readStaffNo, '００７３１', { value: '00731' }],
    ['32 places', values.readStaffNo, 'a'.repeat(32), { value: 'a'.repeat(32) }],
    ['33 places', values.readStaffNo, 'a'.repeat(33), { code: 'tooLong', hint: '最多 32 位' }],
    ['a Chinese staff number', values.readStaffNo, '张三', { code: 'malformed', hint: expect.any(String) }],
    ['a space inside', values.readStaffNo, '007 31', { code: 'malformed', hint: expect.any(String) }],
    ['a unit code too long', values.readCode, 'D'.repeat(33), { code: 'tooLong', hint: '最多 32 位' }],
    [
      'several units',
      values.readCodes,
      'D1；D2;D3、D4,D5，D6\nD7',
      { value: ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7'] },
    ],
    ['one unit twice', values.readCodes, 'D1；d1；D2', { value: ['D1', 'D2'] }],
    ['only separators', values.readCodes, '；；', { code: 'malformed', hint: expect.any(String) }],
    [
      '101 units',
      values.readCodes,
      Array.from({ length: 101 }, (_, n) => `D${n}`).join('；'),
      { code: 'tooLong', hint: '最多 100 个部门' },
    ],
    ['spaces that line up', values.readPersonName, '张 三', { value: '张三' }],
    ['a dot in a name', values.readPersonName, '阿卜杜·热西提', { value: '阿卜杜·热西提' }],
    ['a foreign name', values.readPersonName, 'Ada Lovelace', { value: 'Ada Lovelace' }],
    ['64 rare characters', values.readPersonName, '𠮷'.repeat(64), { value: '𠮷'.repeat(64) }],
    ['65 characters', values.readPersonName, '张'.repeat(65), { code: 'tooLong', hint: '最多 64 个字' }],
    ['a number for a name', values.readPersonName, '12345', { code: 'malformed', hint: expect.any(String) }],
    ['a unit with brackets', values.readUnitName, '信息学院（南校区）', { value: '信息学院（南校区）' }],
    ['a unit with a stroke', values.readUnitName, '教务/学工', { value: '教务/学工' }],
    ['a unit with a bar', values.readUnitName, '教务｜学工', { code: 'malformed', hint: expect.any(String) }],
    ['a unit of 65', values.readUnitName, '部'.repeat(65), { code: 'tooLong', hint: '最多 64 个字' }],
    ['an email', values.readEmail, 'Zhang.Y＠example.edu.cn', { value: 'Zhang.Y@example.edu.cn' }],
    [
      'an email without a domain',
      values.readEmail,
      'zhang@localhost',
      { code: 'malformed', hint: 'name@example.edu.cn' },
    ],
    [
      'an email of 65',
      values.readEmail,
      `${'a'.repeat(54)}@example.cn`,
      { code: 'tooLong', hint: '最多 64 个字符' },
    ],
    ['an order', values.readNumber, '12.0', { value: 12 }],
    ['an order below zero', values.readNumber, '-1', { code: 'malformed', hint: expect.any(String) }],
    ['a half order', values.readNumber, '1.5', { code: 'malformed', hint: expect.any(String) }],
  ])('%s', (_, read, text, reading) => {
    expect(read(text)).toEqual(reading);
  });

  it('words: the offered ones, their like, codes of the standard; else all are offered', () => {
    const status = values.wordReader(STATUS_WORDS);
    expect(['在职', '借 调', '挂职', '停职', '离职', '退休', 'left'].map(status)).toEqual(
      ['working', 'secondedOut', 'attachedOut', 'suspended', 'left', 'retired', 'left'].map((value) => ({
        value,
      })),
    );
    expect(status('请假')).toEqual({ code: 'unknownWord', hint: '在职、借调、挂职、停职、离职、退休' });
    expect(values.wordReader(SEX_WORDS)('１')).toEqual({ value: 'male' });
    expect(values.wordReader(ESTABLISHMENT_WORDS)('在编（事业）')).toEqual({ value: 'established' });
  });
});
