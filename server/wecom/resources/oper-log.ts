import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { DAY_MS } from '../../kernel/dates.ts';
import type { Caller } from '../caller.ts';
import { BadAnswer, refuseInput } from '../errors.ts';
import { checked, listOf, text, userid as useridShape } from '../fields.ts';

/**
 * 成员操作记录 and 管理端操作日志 (pages 100178, 100179), by the app's secret, which the console must list under
 * 使用分析 → API → 可调用接口的应用. Both go back 180 days and no further, so they are pulled monthly (H10). The
 * administrators' log does not hold what was changed through the API.
 */
export interface OperLogRange {
  /** Epoch ms, inclusive; not earlier than 180 days ago. */
  readonly from: number;
  /** Epoch ms, exclusive; not later than now. */
  readonly until: number;
  readonly operType?: number;
  /** Operator. */
  readonly userid?: string;
}

export interface MemberAct {
  /** Epoch ms of a whole second. */
  readonly at: number;
  readonly userid: string;
  readonly operType: number;
  /** Free words of 企业微信; holds names. */
  readonly info: string;
  /** The members' log gives the first three parts only. */
  readonly ip: string;
}

export interface AdminAct extends MemberAct {
  readonly detailType: number;
}

export const OPER_LOG_LIFE_MS = 180 * DAY_MS;
/** A window may span seven days; two seconds less leave room for rounding to whole seconds. */
const SLICE_MS = 7 * DAY_MS - 2000;
const PAGE = 400;

/** Kept as it is when it is text, else as JSON: the paper does not say more. */
const info = z.unknown().transform((value) => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
});
const base = {
  time: z.number(),
  userid: text,
  oper_type: z.number(),
  detail_info: info,
  ip: text,
};
const memberShape = z.looseObject(base).transform((row): MemberAct => ({
  at: row.time * 1000,
  userid: row.userid,
  operType: row.oper_type,
  info: row.detail_info,
  ip: row.ip,
}));
const adminShape = z.looseObject({ ...base, detail_type: z.number() }).transform((row): AdminAct => ({
  at: row.time * 1000,
  userid: row.userid,
  operType: row.oper_type,
  detailType: row.detail_type,
  info: row.detail_info,
  ip: row.ip,
}));
const pageShape = <T extends z.ZodType>(record: T) =>
  z.looseObject({ has_more: z.boolean(), next_cursor: text, record_list: listOf(record) });

export type OperLogResource = ReturnType<typeof operLogResource>;

export function operLogResource({ call, limits }: Caller, clock: Clock) {
  /** Page by page in windows of seven days; a page may be short, only has_more counts. */
  async function* each<T extends MemberAct>(
    api: string,
    record: z.ZodType<T, unknown>,
    range: OperLogRange,
  ): AsyncGenerator<T> {
    refuseRange(api, range, clock.now());
    const shape = pageShape(record);
    for (let from = range.from; from < range.until; from += SLICE_MS) {
      const until = Math.min(from + SLICE_MS, range.until);
      let cursor = '';
      do {
        const body = { ...filterOf(api, range, from, until), ...(cursor !== '' && { cursor }) };
        const demands = limits.demands.operLog(api);
        const page = await call({ api, by: 'agent', body, demands, isRead: true }, shape);
        // Whether the ends of a window belong to it is not documented: we ask for whole seconds around it.
        yield* (page.record_list as T[]).filter(({ at }) => at >= secondOf(from) && at < secondOf(until));
        if (page.has_more && (page.next_cursor === '' || page.next_cursor === cursor)) {
          throw new BadAnswer({ api, reason: 'bad_answer', stem: 'cursor' });
        }
        cursor = page.has_more ? page.next_cursor : '';
      } while (cursor !== '');
    }
  }

  return {
    /** Administrators at the console: no scope, full address. */
    admin: (range: OperLogRange): AsyncGenerator<AdminAct> =>
      each('security/admin_oper_log/list', adminShape, range),

    /** Members in the app's visible range. Says who got a new device or number, not who used 企业微信. */
    member: (range: OperLogRange): AsyncGenerator<MemberAct> =>
      each('security/member_oper_log/list', memberShape, range),
  };
}

/** The log counts in whole seconds, so ranges that touch in one do not lose or repeat its records. */
const secondOf = (at: number): number => Math.floor(at / 1000) * 1000;

function filterOf(api: string, range: OperLogRange, from: number, until: number): object {
  const { operType, userid } = range;
  return {
    start_time: Math.floor(from / 1000),
    end_time: Math.floor(until / 1000),
    limit: PAGE,
    ...(operType !== undefined && { oper_type: operType }),
    ...(userid !== undefined && { userid: checked(api, useridShape, userid, 'userid') }),
  };
}

/** Refused, not shortened: a gap must be seen by whoever pulls. */
function refuseRange(api: string, { from, until }: OperLogRange, now: number): void {
  if (from < now - OPER_LOG_LIFE_MS) throw refuseInput(api, 'from', 'more than 180 days ago');
  if (until > now) throw refuseInput(api, 'until', 'in the future');
  if (until <= from) throw refuseInput(api, 'until', 'not after from');
}
