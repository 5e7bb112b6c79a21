import { describe, expect, it } from 'vitest';
import { hrSheetPhrases } from '../../../phrases/hr-sheet.ts';
import type { Fault, FaultCode } from '../model.ts';
import { faultSentence, faultTitle, faultWords } from './fault-words.ts';

const fault = (column: string, code: FaultCode, more: Partial<Fault> = {}): Fault => ({
  kind: 'people',
  line: 24,
  column,
  code,
  ...more,
});

describe('words of faults', () => {
  it.each([
    [fault('idNumber', 'checkDigit'), '证件号码：末位校验不符。请对照证件逐位核对。'],
    [fault('name', 'missing'), '没填姓名。这一列每行都要填。'],
    [fault('staffNo', 'duplicate', { otherLine: 17 }), '工号和第 17 行相同。两行都先不用，请留下对的一行。'],
    [fault('status', 'unknownWord', { hint: '在职、离职' }), '状态里没有这个词。可填：在职、离职。'],
    [
      fault('unitCodes', 'unknownUnit', { hint: 'D01 一' }),
      '部门编码：没有这个部门，这一行先不用。最像的是：D01 一。',
    ],
    [
      fault('unitCodes', 'unknownUnit', { otherLine: 3 }),
      '部门编码：没有这个部门，这一行先不用。部门表第 3 行就是它，那一行有错；先改好那一行。',
    ],
  ])('%s', (one, sentence) => {
    expect(faultSentence(one)).toBe(sentence);
  });

  it('every code has words in both languages, without unfilled blanks, haste or jargon', () => {
    const codes = Object.keys(hrSheetPhrases).flatMap((key) =>
      key.startsWith('hr.fault_') ? [key.slice('hr.fault_'.length) as FaultCode] : [],
    );
    expect(codes).toHaveLength(13);
    for (const code of codes) {
      for (const hint of [undefined, '提示']) {
        const one = fault('idNumber', code, { otherLine: 9, ...(hint && { hint }) });
        for (const language of ['zh', 'en'] as const) {
          const { what, cure } = faultWords(one, language);
          expect(what.length * cure.length, code).toBeGreaterThan(0);
          expect(what + cure).not.toMatch(/[{}！!]|异常|失败|undefined/);
        }
      }
      expect(faultTitle(one(code)).length).toBeGreaterThan(1);
    }
    function one(code: FaultCode) {
      return fault('mobile', code);
    }
  });

  it('headings group as the page shows them', () => {
    expect(faultTitle(fault('staffNo', 'duplicate'))).toBe('工号重复');
    expect(faultTitle(fault('mobile', 'duplicate'))).toBe('两人同一手机');
    expect(faultTitle(fault('statusOn', 'malformed'))).toBe('日期读不懂');
    expect(faultTitle(fault('idNumber', 'checkDigit'))).toBe('证件号码有误');
  });
});
