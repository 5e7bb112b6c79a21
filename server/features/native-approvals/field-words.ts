/** What somebody filled in, as text (page 91983). Bank accounts are left out: no rule of the institution needs them (个保法 6, 19). */
import { dateOf, timeOf } from '../../kernel/dates.ts';
import { cutChars } from '../../wecom/index.ts';
import type { Field } from './form.ts';

interface Given {
  readonly control: string;
  readonly title: string;
  readonly value: unknown;
}

const NEVER_KEPT: ReadonlySet<string> = new Set(['BankAccount', 'Tips']);
const ELSEWHERE = '（请在企业微信中查看）';
const MOST_CHARS = 2_000;

export const fieldsOf = (given: readonly Given[]): Field[] =>
  given
    .filter(({ control }) => !NEVER_KEPT.has(control))
    .map(({ control, title, value }) => ({
      title,
      text: cutChars(textOf(control, record(value)), MOST_CHARS),
    }));

type Values = Readonly<Record<string, unknown>>;

function textOf(control: string, value: Values): string {
  switch (control) {
    case 'Text':
    case 'Textarea':
      return words(value['text']);
    case 'Number':
      return words(value['new_number']);
    case 'Money':
      return words(value['new_money']);
    case 'Formula':
      return words(record(value['formula'])['value']);
    case 'PhoneNumber':
      return words(value['phone_number']);
    case 'Date':
      return moment(record(value['date'])['s_timestamp'], record(value['date'])['type']);
    case 'DateRange':
      return range(record(value['date_range']));
    case 'Attendance':
      return range(record(record(value['attendance'])['date_range']));
    case 'Vacation':
      return vacation(record(value['vacation']));
    case 'PunchCorrection':
      return moment(record(value['punch_correction'])['time'], 'hour');
    case 'Selector':
      return options(record(value['selector']));
    case 'Contact':
      return [...list(value['members']), ...list(value['departments'])]
        .map(({ name }) => words(name))
        .join('、');
    case 'RelatedApproval':
      return list(value['related_approval'])
        .map(({ sp_no: number }) => words(number))
        .join('、');
    case 'File':
      return list(value['files']).length === 0 ? '' : `附件 ${list(value['files']).length} 个${ELSEWHERE}`;
    case 'Location':
      return words(record(value['location'])['title']);
    default:
      return ELSEWHERE;
  }
}

const record = (value: unknown): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
const list = (value: unknown): Values[] => (Array.isArray(value) ? value.map(record) : []);
const words = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Seconds, as text or number. */
function moment(seconds: unknown, type: unknown): string {
  const at = Number(words(seconds)) * 1000;
  if (!Number.isSafeInteger(at) || at <= 0) return '';
  return type === 'hour' ? `${dateOf(at)} ${timeOf(at)}` : dateOf(at);
}

const HALVES: Readonly<Record<string, string>> = { '00:00': '上午', '12:00': '下午' };

function range({ type, new_begin: begin, new_end: end }: Values): string {
  const show = (seconds: unknown): string => {
    const whole = moment(seconds, 'hour');
    const [day = '', time = ''] = whole.split(' ');
    return type === 'halfday' ? `${day} ${HALVES[time] ?? time}`.trim() : whole;
  };
  return [show(begin), show(end)].filter(Boolean).join(' 至 ');
}

const vacation = ({ selector, attendance }: Values): string =>
  [options(record(selector)), range(record(record(attendance)['date_range']))].filter(Boolean).join('，');

const options = ({ options: chosen }: Values): string =>
  list(chosen)
    .map(({ value, key }) => {
      const texts = list(value);
      return words((texts.find(({ lang }) => lang === 'zh_CN') ?? texts[0])?.['text']) || words(key);
    })
    .join('、');
