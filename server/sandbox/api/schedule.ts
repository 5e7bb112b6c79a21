import { fold, memberOf } from '../state/directory.ts';
import { opaque } from '../state/ids.ts';
import type { Schedule } from '../state/schedules.ts';
import { post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import type { Reader } from './reader.ts';
import { bytes, chars } from './user-fields.ts';

/** 日程 (pages 93647, 93648, 97720, 97723, 97724, 97725). */
export const scheduleRoutes: ApiRoute[] = [
  post('oa/calendar/add', 'app', addCalendar),
  post('oa/schedule/add', 'app', add),
  post('oa/schedule/update', 'app', update),
  post('oa/schedule/del', 'app', remove),
  post('oa/schedule/get', 'app', read),
  post('oa/schedule/get_by_calendar', 'app', ofCalendar),
];

const MOST_ATTENDEES = 1_000;
const BEFORE = [0, 300, 900, 3_600, 86_400];

/** The app must be among 日程 → 可调用接口的应用. */
export function requireSchedules(call: ApiCall): void {
  if (!call.world.data.app.schedules) throw fail(48002);
}

function addCalendar(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const given = call.body.obj('calendar');
  if (given === undefined) throw fail(40058, 'calendar missing. invalid Request Parameter');
  const [summary, description] = [given.text('summary'), given.text('description')];
  if (chars(summary) < 1 || chars(summary) > 128) throw fail(40058, 'calendar.summary exceed length');
  if (chars(description) > 512) throw fail(40058, 'calendar.description exceed max length 512');
  if (!/^#[0-9A-Fa-f]{6}$/.test(given.text('color'))) throw fail(40058, 'invalid calendar.color');
  const id = `wc${opaque(24)}`;
  call.world.data.plans.calendars.set(id, { id, summary, description });
  call.note(`新建日历「${summary}」`);
  return { cal_id: id };
}

type Terms = Omit<Schedule, 'id' | 'calendarId' | 'cancelled' | 'bookingId'>;

function termsOf(call: ApiCall, given: Reader): Terms {
  const [startTime, endTime] = [given.int('start_time'), given.int('end_time')];
  if (startTime === undefined || endTime === undefined) throw fail(40058, 'schedule time missing');
  if (startTime < 0 || endTime >= 2 ** 32 || endTime < startTime) throw fail(40058, 'invalid schedule time');
  const words = {
    summary: given.text('summary'),
    description: given.text('description'),
    location: given.text('location'),
  };
  if (chars(words.summary) > 128) throw fail(40058, 'schedule.summary exceed max length 128');
  if (chars(words.description) > 1_000) throw fail(40058, 'schedule.description exceed max length 1000');
  if (chars(words.location) > 128) throw fail(40058, 'schedule.location exceed max length 128');
  const before = given.obj('reminders')?.int('remind_before_event_secs');
  if (before !== undefined && !BEFORE.includes(before)) throw fail(90471);
  return { startTime, endTime, ...words, attendees: attendeesOf(call, given) };
}

function attendeesOf({ world }: ApiCall, given: Reader): string[] {
  const attendees = (given.readers('attendees') ?? []).map((one) => one.text('userid'));
  if (attendees.length > MOST_ATTENDEES) throw fail(90464);
  for (const userid of attendees) {
    if (bytes(userid) > 64 || memberOf(world.data, userid) === undefined) throw fail(60111);
    if (!world.scope().members.has(fold(userid))) throw fail(60011);
  }
  return attendees;
}

function scheduleOf(body: Reader): Reader {
  const given = body.obj('schedule');
  if (given === undefined) throw fail(40058, 'schedule missing. invalid Request Parameter');
  return given;
}

/** @throws 90461 unknown, 90460 deleted */
export function standing(call: ApiCall, id: string): Schedule {
  const found = call.world.data.plans.schedules.get(id);
  if (found === undefined) throw fail(90461);
  if (found.cancelled) throw fail(90460);
  return found;
}

function add(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const given = scheduleOf(call.body);
  const calendarId = given.text('cal_id');
  if (calendarId !== '' && !call.world.data.plans.calendars.has(calendarId)) throw fail(90457);
  const id = opaque(32);
  const made = { id, calendarId, ...termsOf(call, given), cancelled: false, bookingId: null };
  call.world.data.plans.schedules.set(id, made);
  call.note(`新建日程「${made.summary}」${made.attendees.length} 人`);
  return { schedule_id: id };
}

/** The whole object; with a room booked its time stays (90700). */
function update(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const given = scheduleOf(call.body);
  const found = standing(call, given.text('schedule_id'));
  const terms = termsOf(call, given);
  const moves = terms.startTime !== found.startTime || terms.endTime !== found.endTime;
  if (moves && found.bookingId !== null) throw fail(90700);
  Object.assign(found, terms);
  call.note(`改日程「${found.summary}」`);
  return { schedule_id: found.id };
}

function remove(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const found = standing(call, call.body.text('schedule_id'));
  if (found.bookingId !== null) throw fail(90700);
  found.cancelled = true;
  call.note(`取消日程「${found.summary}」`);
  return {};
}

function read(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const ids = call.body.strings('schedule_id_list') ?? [];
  if (ids.length === 0) throw fail(90462);
  if (ids.length > 1_000) throw fail(90462);
  const { schedules } = call.world.data.plans;
  return { schedule_list: ids.flatMap((id) => schedules.get(id) ?? []).map(answerOf) };
}

function ofCalendar(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const { plans } = call.world.data;
  const id = call.body.text('cal_id');
  if (!plans.calendars.has(id)) throw fail(90457);
  const [offset, limit] = [call.body.int('offset') ?? 0, call.body.int('limit') ?? 500];
  if (limit < 1 || limit > 1_000) throw fail(90469);
  const all = [...plans.schedules.values()].filter(({ calendarId }) => calendarId === id);
  return { schedule_list: all.slice(offset, offset + limit).map(answerOf) };
}

/** Cancelled ones are still answered (page 97724). */
const answerOf = (one: Schedule): Record<string, unknown> => ({
  schedule_id: one.id,
  cal_id: one.calendarId,
  start_time: one.startTime,
  end_time: one.endTime,
  summary: one.summary,
  description: one.description,
  location: one.location,
  attendees: one.attendees.map((userid) => ({ userid, response_status: 0 })),
  status: one.cancelled ? 1 : 0,
});
