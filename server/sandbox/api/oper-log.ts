import { createHash } from 'node:crypto';
import { DAY } from '../limits.ts';
import type { Rule } from '../limits.ts';
import { LOG_LIFE } from '../logs/record.ts';
import type { MemberRecord } from '../state/records.ts';
import { fold } from '../state/directory.ts';
import { post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';

/** 成员操作记录 and 管理端操作日志 (pages 100178, 100179): windows of 7 days, 180 days back, pages by cursor. */
export const operLogRoutes: ApiRoute[] = [
  post('security/member_oper_log/list', 'app', memberLog),
  post('security/admin_oper_log/list', 'app', adminLog),
];

const PER_MINUTE: readonly Rule[] = [{ window: 'minute', max: 600 }];
const MAX_SPAN = 7 * DAY;
const MAX_LIMIT = 400;

interface Filter {
  from: number;
  until: number;
  operType: number | undefined;
  userid: string | undefined;
}

function memberLog(call: ApiCall): Record<string, unknown> {
  const { world } = call;
  const page = pageOf(call, 'member', world.data.memberLog);
  // Only operators in the app's visible range: so a page may hold fewer than its limit and still not be the last.
  const seen = page.records.filter(({ userid }) => world.scope().members.has(fold(userid)));
  const record_list = seen.map((record) => ({ ...view(record), ip: masked(record.ip) }));
  return { has_more: page.hasMore, next_cursor: page.next, record_list };
}

function adminLog(call: ApiCall): Record<string, unknown> {
  const page = pageOf(call, 'admin', call.world.data.adminLog);
  const record_list = page.records.map((record) => ({ ...view(record), detail_type: record.detailType }));
  return { has_more: page.hasMore, next_cursor: page.next, record_list };
}

const view = ({ at, userid, operType, info, ip }: MemberRecord): Record<string, unknown> => ({
  time: Math.floor(at / 1000),
  userid,
  oper_type: operType,
  detail_info: info,
  ip,
});

/** 183.40.88.201 → 183.40.88.* */
const masked = (ip: string): string => ip.replace(/\.\d+$/, '.*');

interface Page<T> {
  records: T[];
  hasMore: boolean;
  next: string;
}

function pageOf<T extends MemberRecord>(
  call: ApiCall,
  log: 'member' | 'admin',
  records: readonly T[],
): Page<T> {
  const { world, body } = call;
  if (!world.data.app.operLog) throw fail(48002);
  const filter = readFilter(call);
  const limit = body.int('limit') ?? MAX_LIMIT;
  if (limit < 1 || limit > MAX_LIMIT) throw parameter('limit out of range');
  const after = readCursor(body.text('cursor'), log, filter);
  if (!world.limits.take(`operlog:${log}`, PER_MINUTE)) throw fail(45009);
  const found = records.filter((record) => isAfter(record, after) && matches(record, filter));
  const shown = found.slice(0, limit);
  const hasMore = found.length > shown.length;
  const last = shown.at(-1);
  const next = hasMore && last !== undefined ? `${last.at}-${last.seq}.${printOf(log, filter)}` : '';
  call.note(`${shown.length} 条`);
  return { records: shown, hasMore, next };
}

const matches = (record: MemberRecord, { from, until, operType, userid }: Filter): boolean =>
  Math.floor(record.at / 1000) >= from &&
  Math.floor(record.at / 1000) <= until &&
  (operType === undefined || record.operType === operType) &&
  (userid === undefined || fold(record.userid) === fold(userid));

const parameter = (what: string): Error => fail(40058, `${what}. invalid Request Parameter`);

function readFilter({ body, now }: ApiCall): Filter {
  const from = body.int('start_time');
  const until = body.int('end_time');
  if (from === undefined || until === undefined) throw parameter('start_time or end_time missing');
  if (from * 1000 < now - LOG_LIFE) throw parameter('start_time earlier than 180 days');
  if (until * 1000 > now || until < from) throw parameter('end_time invalid');
  if ((until - from) * 1000 > MAX_SPAN) throw parameter('time span more than 7 days');
  return { from, until, operType: body.int('oper_type'), userid: body.str('userid') };
}

interface Place {
  at: number;
  seq: number;
}

const START: Place = { at: 0, seq: 0 };

const isAfter = (record: Place, place: Place): boolean =>
  record.at > place.at || (record.at === place.at && record.seq > place.seq);

/** A cursor belongs to its filter: with another one it is refused. */
function readCursor(cursor: string, log: string, filter: Filter): Place {
  if (cursor === '') return START;
  const [, at, seq, print] = /^(\d{1,15})-(\d{1,15})\.([\w-]{8})$/.exec(cursor) ?? [];
  if (print !== printOf(log, filter)) throw fail(50100);
  return { at: Number(at), seq: Number(seq) };
}

const printOf = (log: string, filter: Filter): string =>
  createHash('sha256')
    .update(JSON.stringify([log, filter]))
    .digest('base64url')
    .slice(0, 8);
