import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { DAY_MS, HOUR_MS } from '../../kernel/dates.ts';
import { BadAnswer, refuseInput, WeComError } from '../errors.ts';
import { checked, listOf, text } from '../fields.ts';

/**
 * 企业微信's own 审批 app, read only (pages 91816, 91983): no API decides its forms. By the app's secret, which the console
 * must list under 审批 → 可调用接口的应用; only applicants in the app's visible range are seen.
 */
export interface NativeRange {
  /** Epoch ms of the hand-in, inclusive. */
  readonly from: number;
  /** Epoch ms, exclusive. */
  readonly until: number;
}

export interface NativeSeat {
  readonly userid: string;
  /** 1 pending, 2 agreed, 3 rejected, 4 handed on, 11 sent back, 12 added, 13 agreed and added, 14 done, 15 passed on. */
  readonly status: number;
  readonly words: string;
  /** Epoch ms; null: not yet. */
  readonly at: number | null;
}

export interface NativeStep {
  readonly kind: 'approve' | 'copy' | 'handle';
  /** One is enough, all are needed, or one after the other. Both ways of writing the same are read (`apv_rel`, `approverattr`). */
  readonly mode: 'any' | 'all' | 'sequential';
  readonly status: number;
  readonly seats: readonly NativeSeat[];
}

export interface NativeField {
  readonly control: string;
  readonly title: string;
  readonly value: unknown;
}

export interface NativeCase {
  readonly number: string;
  readonly title: string;
  readonly templateId: string;
  /** 1 running, 2 approved, 3 rejected, 4 withdrawn, 6 revoked afterwards, 7 deleted, 10 paid. */
  readonly status: number;
  readonly appliedAt: number;
  /** Empty for a form of many applicants. */
  readonly applicant: string;
  readonly applicantDepartment: string;
  readonly steps: readonly NativeStep[];
  readonly fields: readonly NativeField[];
}

const LIST = 'oa/getapprovalinfo';
const DETAIL = 'oa/getapprovaldetail';
/** A window may span 31 days; a day less leaves room for either reading of its ends. */
const WINDOW_MS = 30 * DAY_MS;
const LEAST_WINDOW_MS = HOUR_MS;
const PAGE = 100;
/** Too much in the window: ask for less time at once. */
const NARROW = 301112;

const listShape = z.looseObject({ sp_no_list: listOf(z.string().min(1)), new_next_cursor: text });

const MODES = ['all', 'any', 'sequential'] as const;
const seatShape = z.looseObject({
  userid: z.string(),
  speech: text,
  sp_yj: z.number(),
  sptime: z.number(),
});
const nodeShape = z.looseObject({
  node_type: z.number().int().min(1).max(3),
  sp_status: z.number(),
  apv_rel: z.number().nullish(),
  sub_node_list: listOf(seatShape),
});
const recordShape = z.looseObject({
  sp_status: z.number(),
  approverattr: z.number(),
  details: listOf(
    z.looseObject({
      approver: z.looseObject({ userid: z.string() }),
      speech: text,
      sp_status: z.number(),
      sptime: z.number(),
    }),
  ),
});
const titleShape = listOf(z.looseObject({ text: z.string(), lang: text }));
const detailShape = z.looseObject({
  info: z.looseObject({
    sp_no: z.string().min(1),
    sp_name: text,
    template_id: text,
    apply_time: z.number(),
    sp_status: z.number(),
    applyer: z.looseObject({ userid: text, partyid: text }).nullish(),
    sp_record: listOf(recordShape),
    process_list: z.looseObject({ node_list: listOf(nodeShape) }).nullish(),
    apply_data: z
      .looseObject({
        contents: listOf(
          z.looseObject({
            control: z.string(),
            title: titleShape,
            value: z.unknown(),
            hidden: z.number().nullish(),
          }),
        ),
      })
      .nullish(),
  }),
});
type Info = z.output<typeof detailShape>['info'];

export type NativeApprovalResource = ReturnType<typeof nativeApprovalResource>;

export function nativeApprovalResource({ call, limits }: Caller) {
  const ask = (range: NativeRange, cursor: string) =>
    call(
      {
        api: LIST,
        by: 'agent',
        body: {
          starttime: String(Math.floor(range.from / 1000)),
          endtime: String(Math.ceil(range.until / 1000)),
          new_cursor: cursor,
          size: PAGE,
        },
        demands: limits.demands.nativeApproval(LIST),
        isRead: true,
      },
      listShape,
    );

  /** Page by page: a page may be short or empty, only a missing cursor is the end. */
  async function* window(range: NativeRange): AsyncGenerator<string> {
    for (let cursor = '', isMore = true; isMore;) {
      const page = await ask(range, cursor);
      yield* page.sp_no_list;
      const next = page.new_next_cursor;
      if (next !== '' && next === cursor)
        throw new BadAnswer({ api: LIST, reason: 'bad_answer', stem: 'cursor' });
      isMore = next !== '';
      cursor = next;
    }
  }

  /** Halves a window that holds too much, down to an hour; then it is told. */
  async function* narrowing(range: NativeRange): AsyncGenerator<string> {
    const span = range.until - range.from;
    try {
      yield* window(range);
      return;
    } catch (error) {
      if (!(error instanceof WeComError) || error.errcode !== NARROW || span <= LEAST_WINDOW_MS) throw error;
    }
    const middle = range.from + Math.floor(span / 2000) * 1000;
    yield* narrowing({ from: range.from, until: middle });
    yield* narrowing({ from: middle, until: range.until });
  }

  return {
    /** Numbers of the forms handed in within the range, in windows. One may come twice where windows touch or narrow. */
    async *numbers(range: NativeRange): AsyncGenerator<string> {
      if (range.until <= range.from) throw refuseInput(LIST, 'until', 'not after from');
      for (let from = range.from; from < range.until; from += WINDOW_MS)
        yield* narrowing({ from, until: Math.min(from + WINDOW_MS, range.until) });
    },

    /** One form as it is now; whatever order its events came in. */
    async detail(number: string): Promise<NativeCase> {
      const body = { sp_no: checked(DETAIL, z.string().regex(/^\d{1,32}$/), number, 'sp_no') };
      const demands = limits.demands.nativeApproval(DETAIL);
      const { info } = await call({ api: DETAIL, by: 'agent', body, demands, isRead: true }, detailShape);
      return caseOf(info);
    },
  };
}

const caseOf = (info: Info): NativeCase => ({
  number: info.sp_no,
  title: info.sp_name,
  templateId: info.template_id,
  status: info.sp_status,
  appliedAt: info.apply_time * 1000,
  applicant: info.applyer?.userid ?? '',
  applicantDepartment: info.applyer?.partyid ?? '',
  steps: stepsOf(info),
  fields: (info.apply_data?.contents ?? [])
    .filter(({ hidden }) => hidden !== 1)
    .map(({ control, title, value }) => ({
      control,
      title: (title.find(({ lang }) => lang === 'zh_CN') ?? title[0])?.text ?? '',
      value: value ?? null,
    })),
});

/** New forms say their steps in `process_list`; older ones in `sp_record`, which numbers any and all the other way round. */
function stepsOf({ process_list, sp_record }: Info): NativeStep[] {
  const nodes = process_list?.node_list ?? [];
  if (nodes.length > 0)
    return nodes.map(({ node_type, sp_status, apv_rel, sub_node_list }) => ({
      kind: node_type === 1 ? 'approve' : node_type === 2 ? 'copy' : 'handle',
      mode: MODES[(apv_rel ?? 2) - 1] ?? 'any',
      status: sp_status,
      seats: sub_node_list.map(({ userid, speech, sp_yj, sptime }) => seat(userid, sp_yj, speech, sptime)),
    }));
  return sp_record.map(({ sp_status, approverattr, details }) => ({
    kind: 'approve',
    mode: approverattr === 2 ? 'all' : 'any',
    status: sp_status,
    seats: details.map((one) => seat(one.approver.userid, one.sp_status, one.speech, one.sptime)),
  }));
}

const seat = (userid: string, status: number, words: string, seconds: number): NativeSeat => ({
  userid,
  status,
  words,
  at: seconds === 0 ? null : seconds * 1000,
});
