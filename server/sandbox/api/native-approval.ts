import { infoOf } from '../native/answer.ts';
import type { NativeForm } from '../native/forms.ts';
import type { Rule } from '../limits.ts';
import { fold, memberOf } from '../state/directory.ts';
import { post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import type { Reader } from './reader.ts';

/** 企业微信's own 审批, read only (pages 91816, 91983). */
export const nativeApprovalRoutes: ApiRoute[] = [
  post('oa/getapprovalinfo', 'app', list),
  post('oa/getapprovaldetail', 'app', detail),
];

const PER_MINUTE: readonly Rule[] = [{ window: 'minute', max: 600 }];
const MOST_PAGE = 100;
const MOST_SECONDS = 31 * 86_400;
const KEYS = ['template_id', 'creator', 'department', 'sp_status', 'record_type'] as const;
type Key = (typeof KEYS)[number];

/** The app must be among 审批 → 可调用接口的应用. */
function require(call: ApiCall, api: string): void {
  if (!call.world.data.app.nativeApprovals) throw fail(301055);
  if (!call.world.limits.take(`native:${api}`, PER_MINUTE)) throw fail(45009);
}

const seesApplicant = ({ world }: ApiCall, { applicant }: NativeForm): boolean =>
  memberOf(world.data, applicant) !== undefined && world.scope().members.has(fold(applicant));

/** Seconds, as text or as a number. */
function seconds(body: Reader, key: string): number {
  const given = body.raw()[key];
  const text = typeof given === 'number' || typeof given === 'string' ? String(given) : '';
  if (!/^\d{1,10}$/.test(text)) throw fail(301025, `invalid ${key}`);
  return Number(text);
}

function list(call: ApiCall): Record<string, unknown> {
  require(call, 'list');
  const { body, world } = call;
  const [from, until] = [seconds(body, 'starttime'), seconds(body, 'endtime')];
  if (until <= from || until - from > MOST_SECONDS) throw fail(301025, 'invalid time range');
  const size = body.int('size') ?? 0;
  if (size < 1 || size > MOST_PAGE) throw fail(301025, 'invalid size');
  const matches = filterOf(call);
  const within = [...world.data.nativeForms.values()]
    .filter(({ appliedAt }) => appliedAt >= from && appliedAt <= until)
    .sort((a, b) => (a.number < b.number ? -1 : 1));
  if (within.length > world.settings.nativeWindowMost) throw fail(301112);
  const at = placeOf(body.text('new_cursor'));
  const next = at + size;
  // A page is cut before it is filtered: it may be short or empty and still not be the last.
  const page = within.slice(at, next).filter((form) => matches(form) && seesApplicant(call, form));
  call.note(`审批单号 ${page.length} 个`);
  return {
    sp_no_list: page.map(({ number }) => number),
    ...(next < within.length && { new_next_cursor: cursorOf(next) }),
  };
}

const cursorOf = (at: number): string => Buffer.from(`sp:${at}`).toString('base64url');

function placeOf(cursor: string): number {
  if (cursor === '') return 0;
  const [, digits] = /^sp:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (digits === undefined) throw fail(301025, 'invalid new_cursor');
  return Number(digits);
}

/** Other keys narrow, the same key widens; only `department` may come twice. */
function filterOf(call: ApiCall): (form: NativeForm) => boolean {
  const wanted = new Map<Key, string[]>();
  for (const given of call.body.readers('filters') ?? []) {
    const key = KEYS.find((one) => one === given.text('key'));
    if (key === undefined || (wanted.has(key) && key !== 'department')) throw fail(301025, 'invalid filters');
    wanted.set(key, [...(wanted.get(key) ?? []), given.text('value')]);
  }
  // Somebody who left, or is out of the visible range, cannot be asked for.
  for (const creator of wanted.get('creator') ?? [])
    if (memberOf(call.world.data, creator) === undefined || !call.world.scope().members.has(fold(creator)))
      throw fail(301055);
  return (form) => [...wanted].every(([key, values]) => values.includes(valueOf(form, key)));
}

function valueOf(form: NativeForm, key: Key): string {
  switch (key) {
    case 'template_id':
      return form.templateId;
    case 'creator':
      return form.applicant;
    case 'department':
      return form.party;
    case 'sp_status':
      return String(form.status);
    case 'record_type':
      return String(form.recordType ?? '');
  }
}

function detail(call: ApiCall): Record<string, unknown> {
  require(call, 'detail');
  const number = call.body.text('sp_no');
  const form = call.world.data.nativeForms.get(number);
  if (form === undefined) throw fail(301025, 'invalid sp_no');
  if (!seesApplicant(call, form)) throw fail(301055);
  call.note(`审批单「${form.title}」`);
  return { info: infoOf(form) };
}
