/**
 * Counting the days of a leave, per type (R39): working days by the school calendar or calendar days, with or
 * without half days. Dates are calendar dates in Shanghai, never instants (R38).
 */
import { countDays, halfDaySlots, type DayCount } from '../../../kernel/count-days.ts';
import { overlaps } from '../../../kernel/interval.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import type { DayCell, DaysAnswer, FieldNote, HalfDayRangeValue } from '../contract.ts';
import type { LeaveType } from '../fields/controls.ts';
import { daysWords } from '../words.ts';

export interface CountedLeave {
  readonly days: DaysAnswer;
  readonly provisional: boolean;
  /** Years whose notice is waited for. */
  readonly missingYears: readonly number[];
  /** What was left out, for the approver: "周末 2 天不计"; empty when nothing was. */
  readonly deduction: string;
  readonly proofRequired: boolean;
  /** Faults of this type with this range, one sentence each. */
  readonly faults: readonly string[];
}

/** The range must be valid (checked by fields.ts). */
export function countLeave(type: LeaveType, range: HalfDayRangeValue, calendar: Calendar): CountedLeave {
  const count = countDays(range, type.counting, calendar);
  const { total } = count;
  return {
    days: {
      total,
      unit: type.counting,
      words: daysWords(total, type.counting),
      strip: count.strip.map(cell),
      explanation: explanation(type, count),
    },
    provisional: count.provisional,
    missingYears: count.missingYears,
    deduction: deduction(type, count),
    proofRequired: needsProof(type, total),
    faults: [...faults(type, range, total)],
  };
}

function needsProof(type: LeaveType, days: number): boolean {
  return type.proof !== null && days >= type.proof.fromDays;
}

/** "年假不需要证明", "病假 2 个工作日及以上须附医院诊断证明" */
export function proofWords(type: LeaveType): string {
  const { proof } = type;
  if (proof === null) return `${type.label}不需要证明`;
  return proof.fromDays <= 0.5
    ? `${type.label}须附${proof.name}`
    : `${type.label} ${daysWords(proof.fromDays, type.counting)}及以上须附${proof.name}`;
}

function* faults(type: LeaveType, range: HalfDayRangeValue, total: number): Generator<string> {
  if (!type.halfDays && (range.fromHalf === 'pm' || range.toHalf === 'am')) {
    yield `${type.label}按整天请，请选上午开始、下午结束。`;
  }
  if (total === 0) yield '这段时间都是休息日，不用请假。';
  if (type.maxDays !== null && total > type.maxDays) {
    yield `${type.label}一次最多 ${daysWords(type.maxDays, type.counting)}，现在是 ${daysWords(total, type.counting)}。`;
  }
}

function cell(day: DayCount['strip'][number]): DayCell {
  return { date: day.date, kind: day.kind, weight: day.weight, label: label(day) };
}

function label(day: DayCount['strip'][number]): string {
  if (day.weight === 0.5) return '½';
  if (day.weight === 0) return '休';
  return day.kind === 'makeup' ? '班' : '1';
}

function explanation(type: LeaveType, count: DayCount): string {
  if (type.counting === 'calendar') return '按自然日，周末和节假日都计';
  const left = [
    leftOut(count, 'weekend') > 0 ? '周末' : '',
    leftOut(count, 'holiday') > 0 ? '法定节假日' : '',
  ].filter((part) => part !== '');
  const parts = ['按学院校历'];
  if (left.length > 0) parts.push(`${left.join('和')}不计`);
  if (count.strip.some((day) => day.kind === 'makeup' && day.weight > 0)) parts.push('调休上班日照计');
  return parts.join('，');
}

function deduction(type: LeaveType, count: DayCount): string {
  if (type.counting === 'calendar') return '';
  const parts = [
    ['周末', leftOut(count, 'weekend')] as const,
    ['法定节假日', leftOut(count, 'holiday')] as const,
  ].filter(([, days]) => days > 0);
  return parts.length === 0
    ? ''
    : `${parts.map(([name, days]) => `${name} ${String(days)} 天`).join('、')}不计`;
}

function leftOut(count: DayCount, kind: 'weekend' | 'holiday'): number {
  return count.strip.filter((day) => day.kind === kind && day.weight === 0).length;
}

/** Another running or approved request of the same person. */
export interface Absence {
  readonly instanceId: string;
  readonly title: string;
  readonly range: HalfDayRangeValue;
}

/**
 * R39: a day can be taken only once. Compared half day by half day, so a morning and the afternoon of the same
 * date live side by side, a full day and a half day on one date do not.
 */
export function overlapNotes(
  field: string,
  range: HalfDayRangeValue,
  others: readonly Absence[],
): FieldNote[] {
  return others
    .filter((other) => overlaps(halfDaySlots(range), halfDaySlots(other.range)))
    .map((other) => ({
      field,
      tone: 'error',
      words: `和已有的“${other.title}”时间重叠。`,
      link: `/approvals/${other.instanceId}`,
    }));
}
