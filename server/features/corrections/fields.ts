/** The parts of a record: their names, what a value of each looks like, and which are personal. Pure. */
import { isCalendarDate } from '../../kernel/dates.ts';
import { refused } from '../../kernel/errors.ts';
import { Field, type FieldsAnswer } from './contract.ts';

type Kind = FieldsAnswer['items'][number]['kind'];

export interface FieldFacts {
  readonly label: string;
  readonly kind: Kind;
  /** Shown masked; in full for a purpose only (H6). */
  readonly isPersonal: boolean;
}

const plain = (label: string, kind: Kind = 'text'): FieldFacts => ({ label, kind, isPersonal: false });
const personal = (label: string, kind: Kind = 'text'): FieldFacts => ({ label, kind, isPersonal: true });

/** In the order in which they are offered. */
export const FIELDS: Readonly<Record<Field, FieldFacts>> = {
  name: plain('姓名'),
  staffNo: plain('工号'),
  sex: plain('性别'),
  idType: plain('证件类型'),
  idNumber: personal('证件号码', 'idNumber'),
  bornOn: personal('出生日期', 'day'),
  address: personal('家庭住址'),
  unit: plain('所在单位'),
  title: plain('岗位'),
  manager: plain('直属上级'),
  category: plain('人员类别'),
  establishment: plain('编制类别'),
  grade: plain('职级'),
  employedOn: plain('用工起始', 'day'),
  contractUntilOn: plain('合同截止', 'day'),
  status: plain('在职状态'),
  mobile: personal('手机号', 'mobile'),
  email: personal('邮箱', 'email'),
  userid: plain('企业微信账号'),
  other: plain('其他内容'),
};

/** 个保法 15, 47: whoever gave an address may take it back (rule A5 has the word). */
const CLEARED = '[清空]';
export const isCleared = (field: string, wanted: string): boolean =>
  field === 'address' && wanted.trim() === CLEARED;

export const ALL_FIELDS: readonly Field[] = Field.options;

const FITS: Readonly<Record<Kind, (text: string) => boolean>> = {
  text: () => true,
  day: isCalendarDate,
  mobile: (text) => /^\+?\d{6,20}$/.test(text.replace(/[\s-]/g, '')),
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  // Passports and residence permits have letters too.
  idNumber: (text) => /^[0-9A-Za-z]{6,20}$/.test(text.replace(/\s/g, '')),
};

/** @throws refused `corrections.value_form`; `corrections.value_in_reason`: free words are shown to everybody involved */
export function checkWanted(field: Field, wanted: string, reason: string): void {
  const { kind, label } = FIELDS[field];
  if (!FITS[kind](wanted)) throw refused('corrections.value_form', { field: label });
  mustNotQuote(field, wanted, reason);
}

/** A personal value stands in its own place, where it is masked, and nowhere else. */
export function mustNotQuote(field: Field, wanted: string | null, words: string): void {
  if (wanted === null || !FIELDS[field].isPersonal) return;
  if (packed(words).includes(packed(wanted))) throw refused('corrections.value_in_reason');
}

const packed = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase();
