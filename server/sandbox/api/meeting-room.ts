import { memberOf } from '../state/directory.ts';
import { opaque } from '../state/ids.ts';
import type { RoomBooking } from '../state/schedules.ts';
import { post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { requireSchedules, standing } from './schedule.ts';
import { chars } from './user-fields.ts';

/** 会议室 (pages 93619, 93620), as far as an app books rooms for its own schedules. */
export const meetingRoomRoutes: ApiRoute[] = [
  post('oa/meetingroom/add', 'app', add),
  post('oa/meetingroom/list', 'app', list),
  post('oa/meetingroom/book_by_schedule', 'app', book),
  post('oa/meetingroom/cancel_book', 'app', cancel),
  post('oa/meetingroom/get_booking_info', 'app', bookingsOf),
  post('oa/meetingroom/bookinfo/get', 'app', info),
];

function add(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const { rooms } = call.world.data.plans;
  const [name, capacity] = [call.body.text('name'), call.body.int('capacity') ?? 0];
  if (chars(name) < 1 || chars(name) > 30 || capacity < 1) throw fail(40058, 'invalid meetingroom');
  const id = rooms.size + 1;
  rooms.set(id, { id, name, capacity });
  call.note(`新建会议室「${name}」`);
  return { meetingroom_id: id };
}

function list(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const rooms = [...call.world.data.plans.rooms.values()];
  return {
    meetingroom_list: rooms.map(({ id, name, capacity }) => ({
      meetingroom_id: id,
      name,
      capacity,
      equipment: [],
      need_approval: 0,
    })),
  };
}

function roomOf(call: ApiCall): number {
  const id = call.body.int('meetingroom_id') ?? 0;
  if (!call.world.data.plans.rooms.has(id)) throw fail(40058, 'invalid meetingroom_id');
  return id;
}

/** The page names no code for a taken room; 90499 is the table's word for a room booked by another app. */
function book(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const { plans } = call.world.data;
  const roomId = roomOf(call);
  const schedule = standing(call, call.body.text('schedule_id'));
  if (schedule.bookingId !== null) throw fail(90498);
  const booker = call.body.text('booker');
  if (memberOf(call.world.data, booker) === undefined) throw fail(60111);
  const { startTime, endTime } = schedule;
  const inTheWay = [...plans.bookings.values()].some(
    (one) => one.roomId === roomId && !one.cancelled && one.startTime < endTime && one.endTime > startTime,
  );
  if (inTheWay) throw fail(90499);
  const id = `bk${opaque(24)}`;
  plans.bookings.set(id, {
    id,
    roomId,
    scheduleId: schedule.id,
    booker,
    startTime,
    endTime,
    cancelled: false,
  });
  schedule.bookingId = id;
  call.note(`预订会议室「${plans.rooms.get(roomId)?.name ?? ''}」`);
  return { booking_id: id, conflict_date: [] };
}

function bookingOf(call: ApiCall): RoomBooking {
  const found = call.world.data.plans.bookings.get(call.body.text('booking_id'));
  if (found === undefined) throw fail(40058, 'invalid booking_id');
  return found;
}

function cancel(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const found = bookingOf(call);
  if (found.cancelled) throw fail(40058, 'booking is cancelled');
  found.cancelled = true;
  const schedule = call.world.data.plans.schedules.get(found.scheduleId);
  if (schedule !== undefined) {
    schedule.bookingId = null;
    if (call.body.int('keep_schedule') !== 1) schedule.cancelled = true;
  }
  call.note('取消会议室预订');
  return {};
}

function info(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const { id, scheduleId, startTime, endTime, booker, cancelled } = bookingOf(call);
  const schedule = {
    booking_id: id,
    master_booking_id: id,
    schedule_id: scheduleId,
    start_time: startTime,
    end_time: endTime,
    booker,
    status: cancelled ? 1 : 0,
  };
  return { meetingroom_id: roomOf(call), schedule };
}

const DAY = 86_400;
const SHANGHAI = 8 * 3_600;
const dayOf = (seconds: number): number => Math.floor((seconds + SHANGHAI) / DAY);

/** No query over midnight. */
function bookingsOf(call: ApiCall): Record<string, unknown> {
  requireSchedules(call);
  const { bookings, rooms } = call.world.data.plans;
  const now = Math.floor(call.now / 1000);
  const from = call.body.int('start_time') ?? now;
  const until = call.body.int('end_time') ?? (dayOf(from) + 1) * DAY - SHANGHAI;
  if (until <= from || dayOf(until - 1) !== dayOf(from)) throw fail(40058, 'invalid time range');
  const asked = call.body.int('meetingroom_id');
  const ids = [...rooms.keys()].filter((id) => asked === undefined || id === asked);
  const of = (roomId: number) =>
    [...bookings.values()]
      .filter((one) => one.roomId === roomId && !one.cancelled && one.startTime < until && one.endTime > from)
      .map(({ id, scheduleId, startTime, endTime, booker }) => ({
        booking_id: id,
        schedule_id: scheduleId,
        start_time: startTime,
        end_time: endTime,
        booker,
        status: 0,
      }));
  return { booking_list: ids.map((id) => ({ meetingroom_id: id, schedule: of(id) })) };
}
