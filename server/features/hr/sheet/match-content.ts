import { readIdNumber } from '../../../kernel/id-card.ts';
import type { SheetKind } from '../model.ts';
import { columnOf, type Column } from './columns.ts';
import { readEmail, readMobile, wordReader, type Reading } from './read-values.ts';
import { cleanText, fold, halfWidth } from './text-forms.ts';

/** Values looked at, the least there must be, and how many of them must fit. */
const SAMPLE = 200;
const LEAST = 3;
const SHARE = 0.9;

/** A head that says it is about somebody or something else: 紧急联系人电话 is not the person's mobile. */
const SOMEBODY_ELSE =
  /紧急|联系人|配偶|家属|家长|父|母|子女|亲属|推荐|介绍|担保|办公|座机|银行|卡号|开户|社保|公积金|护照|备用|原|旧|曾/u;

type Fits = (text: string) => boolean;

const reads =
  (read: (text: string) => Reading<unknown>): Fits =>
  (text) =>
    'value' in read(text);

/** A resident's number of a made-up birthday would be no evidence: the check digit has to agree. */
const isIdNumber: Fits = (text) => readIdNumber(halfWidth(text), '9999-12-31').ok;

/** What a column may be recognised by. Dates are not among them: one date looks like another. */
const EVIDENCE: Readonly<Record<SheetKind, Readonly<Record<string, { fits: Fits; head: RegExp }>>>> = {
  units: {},
  people: {
    idNumber: { fits: isIdNumber, head: /^$|证|id|号/u },
    mobile: { fits: reads(readMobile), head: /^$|手机|电话|联系|mobile|phone|tel/u },
    email: { fits: reads(readEmail), head: /^$|邮|mail/u },
    ...wordEvidence('sex', /^$|性|sex|gender/u),
    ...wordEvidence('idType', /^$|证/u),
    ...wordEvidence('category', /^$|类|性质/u),
    ...wordEvidence('establishment', /^$|编|类|用工|性质/u),
    ...wordEvidence('status', /^$|状|在职|在岗/u),
  },
};

function wordEvidence(key: string, head: RegExp): Record<string, { fits: Fits; head: RegExp }> {
  const words = columnOf('people', key)?.words;
  return words ? { [key]: { fits: reads(wordReader(words)), head } } : {};
}

/**
 * The column that the values of an unnamed or oddly named one tell, among those still wanted.
 * @param head as `looseWord` gives it
 * @param unitCodes folded codes of the units that are known or in the file
 */
export function matchContent(
  kind: SheetKind,
  head: string,
  values: Iterable<string>,
  wanted: readonly Column[],
  unitCodes: ReadonlySet<string>,
): Column | undefined {
  if (SOMEBODY_ELSE.test(head)) return undefined;
  const sample = sampleOf(values);
  if (sample.length < LEAST) return undefined;
  const fitting = wanted.filter(({ key }) => {
    const evidence = key === 'unitCodes' ? unitEvidence(unitCodes) : EVIDENCE[kind][key];
    if (!evidence?.head.test(head)) return false;
    return sample.filter(evidence.fits).length >= sample.length * SHARE;
  });
  // 借调 is a status and an establishment: two answers are none.
  return fitting.length === 1 ? fitting[0] : undefined;
}

const unitEvidence = (unitCodes: ReadonlySet<string>) => ({
  fits: (text: string) => unitCodes.has(fold(halfWidth(text).split(/[;、,\s]/u)[0] ?? '')),
  head: /^$|部门|单位|机构|学院|处室/u,
});

function sampleOf(values: Iterable<string>): string[] {
  const sample: string[] = [];
  for (const value of values) {
    const text = cleanText(value);
    if (text !== '') sample.push(text);
    if (sample.length >= SAMPLE) break;
  }
  return sample;
}
