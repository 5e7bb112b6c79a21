import { dateOf } from '../../kernel/dates.ts';
import { refused } from '../../kernel/errors.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import {
  dailyAt,
  enqueue,
  everyMinutes,
  type JobDefinition,
  type Schedule,
} from '../../platform/jobs/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { adoptCalendar, calendarTag, type MoveHandler } from './adopt-calendar.ts';
import {
  pauseObligations,
  resumeObligations,
  transferObligations,
  type Transfer,
} from './commands/change-obligations.ts';
import {
  closeAtTheEnd,
  closeObligations,
  holdersOf,
  type Closing,
  type ObligationSelector,
} from './commands/close-obligations.ts';
import { openObligations, type NewObligation } from './commands/open-obligations.ts';
import { DIGEST_JOB, type DigestPayload, HOME, sendDigest } from './digest.ts';
import { usedMs } from './due.ts';
import {
  countHeld,
  countProvisional,
  figuresByUnit,
  historyOf,
  holdersAfter,
  listHeld,
  listOfSubjects,
  listOfUnit,
} from './queries.ts';
import { supervisionRoutes } from './routes.ts';
import { rungsOf } from './rungs.ts';
import { DEFAULT_CLOCK, type ClockSettings } from './settings.ts';
import { sweepObligations, type RungHandler, type RungListener } from './sweep.ts';
import type { ObligationRow } from './tables.ts';
import { describeDue, type DueWords } from './words.ts';

export { supervisionPersonData } from './person-data.ts';
export type { MoveHandler } from './adopt-calendar.ts';
export type { Transfer } from './commands/change-obligations.ts';
export type { ObligationSelector } from './commands/close-obligations.ts';
export type { NewObligation } from './commands/open-obligations.ts';
export type { Budget } from './due.ts';
export { HolidayFilesError, loadHolidayYears } from './holiday-files.ts';
export { sortAtOf, type HolderCounts, type UnitFigures } from './queries.ts';
export type { PlannedRung, Rung, RungPlan } from './rungs.ts';
export { DEFAULT_CLOCK, type ClockSettings } from './settings.ts';
export type { RungHandler } from './sweep.ts';
export {
  supervisionTables,
  type ObligationEventRow,
  type ObligationRow,
  type ObligationRungRow,
} from './tables.ts';
export * from './words.ts';

export interface SupervisionDeps {
  readonly db: Db;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'alarm'>;
  readonly calendar: Calendar;
  /** Of the pages a digest links to, without a path. */
  readonly publicUrl: string;
  readonly settings?: Partial<Omit<ClockSettings, 'calendar'>>;
}

interface HeldMoved {
  readonly tell: (tx: Tx, personIds: readonly string[]) => void;
  readonly besides: readonly string[];
}

export type Supervision = ReturnType<typeof createSupervision>;

const SWEEP_JOB = 'supervision.sweep';
const ADOPT_JOB = 'supervision.adopt_calendar';

/** Who owes what by when: clocks in working time, warnings, breaches. */
export function createSupervision(deps: SupervisionDeps) {
  const { db, log, metrics, calendar } = deps;
  const settings: ClockSettings = { ...DEFAULT_CLOCK, ...deps.settings, calendar };
  const listeners = new Map<string, RungListener>();
  const moveHandlers = new Map<string, MoveHandler>();
  let heldMoved: HeldMoved | null = null;
  const isTold = (subjectType: string): boolean =>
    heldMoved !== null && !heldMoved.besides.includes(subjectType);
  const tellHeld = (tx: Tx, subjectType: string, holders: readonly (string | null)[]): void => {
    const personIds = holders.filter((one) => one !== null);
    if (personIds.length > 0 && isTold(subjectType)) heldMoved?.tell(tx, personIds);
  };
  function open(tx: Tx, wanted: readonly NewObligation[]): ObligationRow[] {
    for (const { subjectType, holderPersonId } of wanted) tellHeld(tx, subjectType, [holderPersonId]);
    return openObligations(tx, settings, wanted);
  }

  const alarm = (kind: string, fields: object, message: string) => {
    metrics.alarm.inc({ kind });
    log.error({ alarm: kind, ...fields }, message);
  };
  const sweep = () =>
    sweepObligations({
      db,
      settings,
      listeners,
      onProvisionalDue: ({ id }) =>
        alarm('supervision_provisional_due', { id }, 'a provisional clock is due: load the holiday notice'),
    });
  const listOf = (kind: string) => listeners.get(kind)?.reminderOf ?? HOME;
  const tellMany = (payload: DigestPayload) => sendDigest({ db, publicUrl: deps.publicUrl, listOf }, payload);
  const adopt = () => adoptCalendar({ db, settings, handlers: moveHandlers });

  async function daily(now: number): Promise<void> {
    await adopt();
    const { awaited } = noticeState(calendar, now);
    if (awaited.length > 0)
      alarm('supervision_calendar_missing', { awaited }, 'holiday notice missing: load config/holidays');
  }

  return {
    calendar,
    settings,
    routes: supervisionRoutes(calendar) as readonly Route[],
    jobs: [
      { name: SWEEP_JOB, handle: async () => void (await sweep()) },
      { name: ADOPT_JOB, handle: ({ now }) => daily(now) },
      { name: DIGEST_JOB, handle: ({ payload }) => tellMany(payload as DigestPayload) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [everyMinutes(SWEEP_JOB, 1), dailyAt(ADOPT_JOB, 0, 5)] as readonly Schedule[],

    /** Have open clocks reckoned by this process's calendar, once per calendar: call at every start. */
    noteCalendar(tx: Tx): void {
      enqueue(tx, { name: ADOPT_JOB, key: calendarTag(calendar), payload: {} });
    },

    /** What follows from rungs of this kind: one handler, called inside the unit of work that records the rung. */
    onRung: (kind: string, handle: RungHandler) => register(listeners, kind, { handle, reminderOf: null }),
    /**
     * The same where the holder is reminded and nothing else: many of one sweep become one digest.
     * @param list the page that lists what one owes of this kind
     */
    onReminder: (kind: string, handle: RungHandler, list = HOME) =>
      register(listeners, kind, { handle, reminderOf: list }),
    /** Due times of this kind that moved with the calendar. */
    onMoved: (kind: string, handler: MoveHandler) => register(moveHandlers, kind, handler),

    /**
     * Fill: who shows how much people owe elsewhere; told in the unit of work that moves it.
     * @param besides kinds of subject whose own room tells it
     */
    onHeldMoved: (tell: HeldMoved['tell'], besides: readonly string[] = []): void =>
      void (heldMoved = { tell, besides }),

    openObligation(tx: Tx, wanted: NewObligation): ObligationRow {
      const [row] = open(tx, [wanted]);
      if (!row) throw new Error('openObligations returned no row');
      return row;
    },
    openObligations: open,
    async closeObligations(tx: Tx, closing: Closing): Promise<number> {
      const { subjectType } = closing;
      if (isTold(subjectType)) tellHeld(tx, subjectType, await holdersOf(tx, closing));
      return closeObligations(tx, closing);
    },
    /** For kinds whose own room tells who held them, and those nobody holds. */
    closeAtTheEnd: (tx: Tx, closing: Closing) => closeAtTheEnd(tx, closing),
    async transferObligations(tx: Tx, to: Transfer): Promise<number> {
      const rows = await transferObligations(tx, settings, to);
      tellHeld(tx, to.subjectType, [to.toPersonId, ...rows.map(({ holderPersonId }) => holderPersonId)]);
      return rows.length;
    },
    pauseObligations: (tx: Tx, pause: ObligationSelector & { readonly reason: string }) =>
      pauseObligations(tx, settings, pause),
    resumeObligations: (tx: Tx, selector: ObligationSelector) => resumeObligations(tx, settings, selector),

    countHeld,
    listHeld,
    holdersAfter,
    listOfSubjects,
    listOfUnit,
    figuresByUnit,
    historyOf,

    /** The due label of an obligation, as the API gives it. */
    dueOf(row: ObligationRow, now: number): DueWords {
      const amberAt = rungsOf(row, calendar).find(({ rung }) => rung === 'amber')?.at ?? null;
      const facts = { dueAt: row.dueAt, provisional: row.provisional, amberAt };
      return describeDue({ ...facts, paused: row.runningSinceAt === null }, now, calendar);
    },
    /** Working time used so far, or until it was closed, ms. */
    usedMs: (row: ObligationRow, now: number) => usedMs(row, row.closedAt ?? now, calendar),

    /** R35: nothing that sets clocks is published in a year without a notice. @throws `supervision.year_unknown`. */
    requireKnownYear(now: number): void {
      const [year] = noticeState(calendar, now).missing;
      if (year !== undefined) throw refused('supervision.year_unknown', { year });
    },
    /** For the doctor and the admin page. */
    async calendarHealth(reads: Reads) {
      return { ...noticeState(calendar, reads.now), provisional: await countProvisional(reads) };
    },

    sweep,
    adoptCalendar: adopt,
  };
}

function register<Handler>(handlers: Map<string, Handler>, kind: string, handler: Handler): void {
  if (handlers.has(kind)) throw new Error(`supervision: ${kind} has a handler already`);
  handlers.set(kind, handler);
}

/**
 * `missing`: this year, when its notice is not loaded. `awaited`: what an operator must load now; the next year's
 * notice comes out in November (G4), so from 10 December on its absence counts.
 */
function noticeState(calendar: Calendar, now: number): { missing: number[]; awaited: number[] } {
  const today = dateOf(now);
  const year = Number(today.slice(0, 4));
  const unpublished = (one: number) => !calendar.years.some((known) => known.year === one);
  const needed = today.slice(5) >= '12-10' ? [year, year + 1] : [year];
  return { missing: [year].filter(unpublished), awaited: needed.filter(unpublished) };
}
