/** S3-4g: the text of a circular from its cases. Pure. It names units, days and figures, never a person. */
import type { CalendarDate } from '../../../kernel/dates.ts';
import { groupBy } from '../../../kernel/group-by.ts';
import type { RequestKind } from '../base/contract.ts';
import type { CircularWords } from './contract.ts';

export interface CircularCase {
  readonly unitId: string;
  readonly unitName: string;
  readonly kind: RequestKind;
  readonly eventOn: CalendarDate;
  readonly dueOn: CalendarDate;
  readonly submittedOn: CalendarDate;
  readonly lateWorkdays: number;
}

export interface Instructed {
  readonly instructedBy: string;
  readonly instructedOn: CalendarDate;
  readonly documentNumber: string;
}

/** A notice that says which days are working days. */
export interface DecidingNotice {
  readonly title: string;
  readonly number: string | null;
}

export const FIRST_WORDS: CircularWords = {
  title: '关于账号管理逾期报送情况的通报',
  documentNumber: '',
  opening: '现将有关单位账号管理逾期报送情况通报如下。',
  closing: '请以上单位查明原因。今后人员报到、变动、离开，请在规定时限内报送。',
};

/**
 * Matter and article of the regulation. H5: locks and their ends are changes to it (article 2); a circular says no
 * more, or it would tell that somebody of a unit is locked.
 */
function matterOf(kind: RequestKind): string {
  if (kind === 'open') return '账号开通（第一条）';
  return kind === 'cancel' ? '账号注销（第三条）' : '账号变更（第二条）';
}

export function composeCircular(
  words: CircularWords,
  instruction: Instructed,
  cases: readonly CircularCase[],
  notices: readonly DecidingNotice[],
  /** G4: years whose notice is awaited; their days were counted against nobody. */
  awaitedYears: readonly number[],
): string {
  const units = worstFirst(cases);
  const decided = notices.map(({ title, number }) => `《${title}》${number === null ? '' : `（${number}）`}`);
  const calendar = decided.length > 0 ? `，依据${decided.join('、')}，调休上班日计入` : '';
  const awaited = awaitedYears.map((year) => `${year}年放假安排未公布，其中的日子没有计入。`).join('');
  const paragraphs = [
    words.title,
    words.documentNumber,
    `根据${instruction.instructedBy}${dateWords(instruction.instructedOn)}批示（${instruction.documentNumber}），${words.opening}`,
    ...units.map((unit, at) => unitParagraph(unit, at + 1)),
    `以上共 ${units.length} 个单位 ${cases.length} 件。逾期天数只计工作日${calendar}。${awaited}`,
    words.closing,
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

/** Units by their longest delay, each with its cases by day; the same text whatever order they were chosen in. */
function worstFirst(cases: readonly CircularCase[]): (readonly CircularCase[])[] {
  const ofUnit = [...groupBy(cases, ({ unitId }) => unitId).values()].map((group) =>
    [...group].sort((a, b) => compare(a.dueOn, b.dueOn) || compare(lineOf(a), lineOf(b))),
  );
  return ofUnit.sort((a, b) => worst(b) - worst(a) || compare(nameOf(a), nameOf(b)));
}

const worst = (cases: readonly CircularCase[]): number =>
  Math.max(...cases.map(({ lateWorkdays }) => lateWorkdays));
const nameOf = ([first]: readonly CircularCase[]): string =>
  `${first?.unitName ?? ''} ${first?.unitId ?? ''}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function unitParagraph(cases: readonly CircularCase[], at: number): string {
  const head = `${at}. ${cases[0]?.unitName ?? ''}：逾期 ${cases.length} 件，最长 ${worst(cases)} 个工作日。`;
  return [head, ...cases.map((one, line) => `（${line + 1}）${lineOf(one)}`)].join('\n');
}

const lineOf = ({ kind, eventOn, dueOn, submittedOn, lateWorkdays }: CircularCase): string =>
  `${matterOf(kind)}：${dateWords(eventOn)}发生，最迟${dateWords(dueOn)}报送，${dateWords(submittedOn)}报送，逾期 ${lateWorkdays} 个工作日。`;

function dateWords(on: CalendarDate): string {
  const [year = '', month = '', day = ''] = on.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** Digits as long as a mobile or an identity number. */
const LONG_NUMBER = /\d{11}/;

/** What is written freely tells nothing of a person either: the name of one of the cases, or a number of somebody. */
export function namesAPerson(words: CircularWords, names: readonly string[]): boolean {
  const written = [words.title, words.opening, words.closing].join('\n').normalize('NFKC');
  return (
    LONG_NUMBER.test(written.replace(/[\s-]/g, '')) ||
    names.some((name) => name.length > 1 && written.includes(name))
  );
}
