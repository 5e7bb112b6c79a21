import { systemActor, type PersonActor } from '../../../kernel/actor.ts';
import { addDays, dateOf, instantOf, type CalendarDate } from '../../../kernel/dates.ts';
import { notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { worksOn } from '../../../kernel/workdays.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { among } from '../../../platform/db/among.ts';
import { isUniqueViolation } from '../../../platform/db/rows.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { writeSheets, type SheetFile } from '../../../platform/sheets/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { categoryName, kindOf, TICKET, type RepairsContext } from '../commands/context.ts';
import { PERIODS, type FigureRow, type Figures, type FiguresAnswer, type FiguresQuery } from '../contract.ts';
import { firstDispatcher, mustSee, reachOf, type Reach } from '../policy.ts';
import { ReportTable, type TicketRow } from '../tables.ts';
import { lastOver, periodAfter, periodBefore, periodOf, type Period } from './periods.ts';
import { reckon, type Counted } from './reckon.ts';

export const REPORT_JOB = 'repairs.report';
/** More is not reckoned while somebody waits: refused, never cut (H2). A report that is frozen takes its time. */
const MOST = 50_000;
/** Tickets read at once. */
const PAGE = 5_000;
const SLICE = 500;

type Line = Pick<
  TicketRow,
  | 'id'
  | 'number'
  | 'category'
  | 'placeName'
  | 'unitId'
  | 'state'
  | 'holderId'
  | 'reportedAt'
  | 'acceptedAt'
  | 'workedMs'
  | 'rating'
  | 'round'
  | 'takeLateId'
  | 'resolveLateId'
> & {
  isAutoConfirmed: boolean | number;
  isTakeLate: boolean | number;
  isResolveLate: boolean | number;
  held: number | string;
};

/** The figures of a period within reach, reckoned now. */
export async function figuresOf(
  ctx: RepairsContext,
  reads: Reads,
  org: OrgWithRoles,
  reach: Pick<Reach, 'filter'>,
  { fromOn, untilOn }: Pick<Period, 'fromOn' | 'untilOn'>,
  most = MOST,
): Promise<Figures> {
  const lines: Line[] = [];
  for await (const page of linesOf(reads, reach, fromOn, untilOn)) {
    for (const line of page) lines.push(line);
    if (lines.length > most) throw refused('repairs.too_many', { most });
  }
  const open = lines.filter(({ state }) => !['done', 'closed', 'cancelled'].includes(state));
  const clocks = await openClocks(
    ctx,
    reads,
    open.map(({ id }) => id),
  );
  const counted = lines.map((line) => countedOf(ctx, org, line, clocks.get(line.id), reads.now));
  return reckon(counted, daysOf(ctx, fromOn, untilOn), ctx.calendar.workdayMs);
}

async function* linesOf(
  { em }: Reads,
  reach: Pick<Reach, 'filter'>,
  fromOn: CalendarDate,
  untilOn: CalendarDate,
): AsyncGenerator<readonly Line[]> {
  const filter = reach.filter({ unit: 't.unitId', category: 't.category' }, among);
  for (let [at, id] = [instantOf(fromOn), '']; ;) {
    const lines = await em.query<Line[]>(
      `select t.id, t.number, t.category, t.placeName, t.unitId, t.state, t.holderId, t.reportedAt, t.acceptedAt,
         t.workedMs, t.rating, t.round, t.takeLateId, t.resolveLateId, t.isAutoConfirmed, t.isTakeLate, t.isResolveLate,
         (select count(*) from repair_event e where e.ticketId = t.id and e.kind = 'held') as held
       from repair_ticket t
       where (t.reportedAt > ? or (t.reportedAt = ? and t.id > ?)) and t.reportedAt >= ? and t.reportedAt < ?
         and ${filter.sql}
       order by t.reportedAt, t.id limit ${PAGE}`,
      [at, at, id, at, instantOf(untilOn), ...filter.params],
    );
    yield lines;
    const last = lines.at(-1);
    if (last === undefined || lines.length < PAGE) return;
    [at, id] = [Number(last.reportedAt), last.id];
  }
}

async function openClocks(
  { supervision }: RepairsContext,
  reads: Reads,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ObligationRow>> {
  const found = new Map<string, ObligationRow>();
  for (let at = 0; at < ids.length; at += SLICE) {
    const rows = await supervision.listOfSubjects(reads, TICKET, ids.slice(at, at + SLICE));
    for (const row of rows) if (row.state === 'open') found.set(row.subjectId, row);
  }
  return found;
}

function countedOf(
  ctx: RepairsContext,
  org: OrgWithRoles,
  line: Line,
  clock: ObligationRow | undefined,
  now: number,
): Counted {
  const ranOut = clock !== undefined && clock.dueAt !== null && !clock.provisional && clock.dueAt <= now;
  const isLateNow = clock !== undefined && (clock.breachedAt !== null || ranOut);
  const lateNow = (kind: 'take' | 'resolve'): boolean => isLateNow && clock.kind === kindOf(kind);
  const lateId =
    line.resolveLateId ?? line.takeLateId ?? clock?.breachPersonId ?? (ranOut ? clock.holderPersonId : null);
  const nameOf = (id: string | null): string => (id === null ? '' : (org.person(id)?.name ?? ''));
  const state =
    line.state === 'cancelled' ? 'cancelled' : ['done', 'closed'].includes(line.state) ? 'done' : 'open';
  return {
    ticketId: line.id,
    number: line.number,
    categoryId: line.category,
    category: categoryName(ctx, line.category),
    unitId: line.unitId,
    unit: line.unitId === null ? '没有单位' : (org.placeOf(line.unitId)?.name ?? ''),
    personId: line.holderId,
    person: nameOf(line.holderId),
    place: line.placeName,
    reportedOn: dateOf(Number(line.reportedAt)),
    state,
    isTaken: line.acceptedAt !== null,
    isTakeLate: Boolean(line.isTakeLate) || lateNow('take'),
    isResolveLate: Boolean(line.isResolveLate) || lateNow('resolve'),
    lateWho: nameOf(lateId),
    workedMs: Number(line.workedMs),
    rating: line.rating,
    isAutoConfirmed: Boolean(line.isAutoConfirmed),
    reworks: line.round - 1,
    wasHeld: Number(line.held) > 0,
  };
}

function daysOf({ calendar }: RepairsContext, fromOn: CalendarDate, untilOn: CalendarDate) {
  const days: { on: CalendarDate; works: boolean }[] = [];
  for (let on = fromOn; on < untilOn; on = addDays(on, 1))
    days.push({ on, works: worksOn(calendar.day(on)) });
  return days;
}

/**
 * The report of the period a day lies in: as it was frozen when that was over, else reckoned now. What one does not see
 * in the lists does not count here either, so a part is always reckoned now (H1).
 * @throws forbidden `repairs.not_yours`; notFound `repairs.no_term`
 */
export async function readFigures(
  ctx: RepairsContext,
  reads: Reads,
  actorId: string,
  { period: kind, on }: FiguresQuery,
): Promise<FiguresAnswer> {
  const { terms } = ctx.settings;
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, ctx.settings, actorId);
  mustSee(reach);
  const today = dateOf(reads.now);
  const period =
    periodOf(kind, on ?? today, terms) ?? (on === undefined ? lastOver(kind, today, terms) : null);
  if (!period) throw notFound('repairs.no_term');
  const after = periodAfter(period, terms)?.fromOn;
  const frozen = reach.seesAll
    ? await reads.em.getRepository(ReportTable).findOneBy({ period: kind, fromOn: period.fromOn })
    : null;
  return {
    period: kind,
    title: period.title,
    fromOn: period.fromOn,
    untilOn: period.untilOn,
    lastOn: addDays(period.untilOn, -1),
    workdayMs: ctx.calendar.workdayMs,
    madeAt: frozen?.madeAt ?? null,
    before: periodBefore(period, terms)?.fromOn ?? null,
    after: after !== undefined && after <= today ? after : null,
    figures: frozen?.figures ?? (await figuresOf(ctx, reads, org, reach, period)),
  };
}

/**
 * S1-10.1c: the report of each week, month and term that is over, once, and whoever dispatches is told. Those that ended
 * while everything was down are made up for, as far back as anything was reported.
 */
export async function makeReports(ctx: RepairsContext, now: number): Promise<void> {
  const { terms } = ctx.settings;
  const sinceOn = await ctx.db.read(firstDay);
  if (sinceOn === null) return;
  for (const kind of PERIODS) {
    const missing: Period[] = [];
    let over = lastOver(kind, dateOf(now), terms);
    while (over && over.untilOn > sinceOn && !(await isFrozen(ctx, over))) {
      missing.unshift(over);
      over = periodBefore(over, terms);
    }
    for (const one of missing) await freeze(ctx, one);
  }
}

async function firstDay({ em }: Reads): Promise<CalendarDate | null> {
  const [row] = await em.query<{ at: number | string | null }[]>(
    'select min(reportedAt) as at from repair_ticket',
  );
  const at = row?.at ?? null;
  return at === null ? null : dateOf(Number(at));
}

const isFrozen = ({ db }: RepairsContext, { kind, fromOn }: Period): Promise<boolean> =>
  db.read(({ em }) => em.getRepository(ReportTable).existsBy({ period: kind, fromOn }));

async function freeze(ctx: RepairsContext, period: Period): Promise<void> {
  const { kind, title, fromOn, untilOn } = period;
  const found = await ctx.db.read(async (reads) => {
    const org = await ctx.orgOf(reads);
    const all = { filter: () => ({ sql: '(1 = 1)', params: [] }) };
    return { org, figures: await figuresOf(ctx, reads, org, all, period, Infinity) };
  });
  try {
    await ctx.db.write(systemActor(`job:${REPORT_JOB}`), async (tx) => {
      const row = {
        id: newId(),
        period: kind,
        fromOn,
        untilOn,
        title,
        madeAt: tx.now,
        figures: found.figures,
      };
      tx.append(ReportTable, row);
      recordAct(tx, {
        action: 'repairs.freeze',
        targetType: 'repair_report',
        targetId: row.id,
        after: { period: kind, fromOn, reported: found.figures.total.reported },
      });
      const toldId = firstDispatcher(found.org, ctx.settings, null)?.personId;
      if (toldId !== undefined && found.figures.total.reported > 0)
        ctx.notify(tx, {
          key: `report:${kind}:${fromOn}`,
          personId: toldId,
          words: `${title}的报修报表已生成：报修 ${found.figures.total.reported} 件，办结 ${found.figures.total.done} 件。`,
          path: `/console/repairs/figures?period=${kind}&on=${fromOn}`,
        });
    });
  } catch (error) {
    // Another instance made it.
    if (!isUniqueViolation(error)) throw error;
  }
}

/** The same report as a file, on the record. Text stays text (F7). */
export async function exportFigures(
  ctx: RepairsContext,
  actor: PersonActor,
  query: FiguresQuery,
): Promise<SheetFile> {
  const report = await ctx.db.read((reads) => readFigures(ctx, reads, actor.personId, query));
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'repairs.export',
      targetType: 'repair_report',
      targetId: `${report.period}:${report.fromOn}`,
      after: { reported: report.figures.total.reported },
    }),
  );
  const { figures } = report;
  const said = `${report.title} · ${report.fromOn} 至 ${addDays(report.untilOn, -1)} · ${report.madeAt === null ? '按现在的数据计算，之后还会变' : `${dateOf(report.madeAt)} 生成`} · ${actor.name}导出`;
  const groups = [
    ['类别', figures.byCategory],
    ['单位', figures.byUnit],
    ['人员', figures.byPerson],
  ] as const;
  const { workdayMs } = ctx.calendar;
  return {
    name: `报修报表-${report.title}.xlsx`,
    bytes: await writeSheets([
      ...groups.map(([name, rows]) => ({
        name: `按${name}`,
        rows: [[said], [name, ...COLUMNS], ...[...rows, figures.total].map((row) => cellsOf(row, workdayMs))],
      })),
      {
        name: '按天',
        rows: [[said], ['日期', '报修'], ...figures.byDay.map(({ on, reported }) => [on, String(reported)])],
      },
      {
        name: '时长和评价',
        rows: [
          [said],
          ['多久办好（工作日，不含挂起）', '件'],
          ...figures.byDuration.map(({ words, count }) => [words, String(count)]),
          ['评价', '件'],
          ...figures.byRating.map(({ stars, count }) => [`${stars} 星`, String(count)]),
          ['到期自动办结', String(figures.autoConfirmed)],
        ],
      },
      {
        name: '超期',
        rows: [
          [said],
          ['单号', '报修', '单位', '到期时在谁手上', '原因'],
          ...figures.late.map(({ number, what, unitName, who, why }) => [number, what, unitName, who, why]),
        ],
      },
    ]),
  };
}

const COLUMNS = ['报修', '办结', '按时办结', '办结中位数（工作日，不含挂起）', '评价', '已评', '返修'];

const cellsOf = (row: FigureRow, workdayMs: number): string[] => [
  row.name,
  String(row.reported),
  String(row.done),
  String(row.inTime),
  row.medianMs === null ? '' : (row.medianMs / workdayMs).toFixed(1),
  row.rating === null ? '' : row.rating.toFixed(1),
  String(row.rated),
  String(row.rework),
];
