import { hrSheetPhrases } from '../../../phrases/hr-sheet.ts';
import type { Fault } from '../model.ts';
import { columnOf, labelOf } from './columns.ts';

export interface FaultWords {
  /** What is wrong: `末位校验不符`. */
  readonly what: string;
  /** What to do or what would be right: `请对照证件逐位核对`. */
  readonly cure: string;
}

/** How a fault is told. Only labels, lines and hints are filled in: nothing personal (rule H6). */
export function faultWords(fault: Fault, language: 'zh' | 'en' = 'zh'): FaultWords {
  const { code, hint, otherLine } = fault;
  const blanks = {
    label: labelOf(fault.kind, fault.column),
    hint: hint ?? '',
    otherLine: String(otherLine ?? ''),
  };
  const fill = (words: string) =>
    words.replace(/\{(label|hint|otherLine)\}/g, (_, name: keyof typeof blanks) => blanks[name]);
  const hinted = hint === undefined ? (`hr.cure_${code}` as const) : (`hr.hint_${code}` as const);
  const cure = code === 'unknownUnit' && otherLine !== undefined ? ('hr.other_unknownUnit' as const) : hinted;
  return {
    what: fill(hrSheetPhrases[`hr.fault_${code}`][language]),
    cure: fill(hrSheetPhrases[cure][language]),
  };
}

/** One sentence, as it stands in a marked sheet: `证件号码：末位校验不符。请对照证件逐位核对。` */
export function faultSentence(fault: Fault): string {
  const { what, cure } = faultWords(fault);
  const column = columnOf(fault.kind, fault.column);
  const label = column && !what.includes(column.label) ? `${column.label}：` : '';
  return `${label}${what}。${cure}。`;
}

/** The heading faults are listed under: `证件号码有误`, `工号重复`. */
export function faultTitle({ kind, column, code }: Pick<Fault, 'kind' | 'column' | 'code'>): string {
  const label = labelOf(kind, column);
  switch (code) {
    case 'missing':
      return `没填${label}`;
    case 'duplicate':
      return column === 'mobile' ? '两人同一手机' : `${label}重复`;
    case 'unknownUnit':
      return '部门找不到';
    case 'unknownPerson':
      return '工号找不到';
    case 'formula':
      return '公式';
    case 'noContact':
      return '没有联系方式';
    case 'treeBroken':
      return '部门关系有误';
    case 'contradictsId':
      return '和身份证号对不上';
    case 'malformed':
      return columnOf(kind, column)?.value === 'date' ? '日期读不懂' : `${label}有误`;
    case 'unknownWord':
    case 'checkDigit':
    case 'oldIdNumber':
    case 'tooLong':
      return `${label}有误`;
  }
}
