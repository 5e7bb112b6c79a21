import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKit, withPeople, type Kit } from '../test-kit.ts';

let kit: Kit;
let calendarId: string;
beforeEach(async () => {
  kit = await withPeople(await openKit());
  calendarId = String((await call('oa/calendar/add', { calendar: CALENDAR })).json['cal_id']);
});
afterEach(async () => await kit.close());

const CALENDAR = { summary: '会议室', color: '#2563EB', description: '' };
const START = Date.parse('2026-11-24T02:00:00Z') / 1000;
const call = (name: string, body: object) => kit.call(name, { body });
const schedule = (more: object = {}) => ({
  schedule: {
    cal_id: calendarId,
    start_time: START,
    end_time: START + 3_600,
    summary: '例会',
    attendees: [{ userid: 'zhang' }],
    ...more,
  },
});
const added = async (more: object = {}) =>
  String((await call('oa/schedule/add', schedule(more))).json['schedule_id']);

it.each([
  ['no schedule', {}, 40058],
  ['ends first', { schedule: { start_time: 9, end_time: 8 } }, 40058],
  ['a long summary', { schedule: { start_time: 8, end_time: 9, summary: '会'.repeat(129) } }, 40058],
  ['another calendar', { schedule: { start_time: 8, end_time: 9, cal_id: 'wc0' } }, 90457],
  ['a stranger', { schedule: { start_time: 8, end_time: 9, attendees: [{ userid: 'nobody' }] } }, 60111],
  [
    'too many',
    {
      schedule: {
        start_time: 8,
        end_time: 9,
        attendees: Array.from({ length: 1_001 }, () => ({ userid: 'zhang' })),
      },
    },
    90464,
  ],
])('%s is refused', async (_, body, errcode) => {
  expect((await call('oa/schedule/add', body)).errcode).toBe(errcode);
});

it('needs the right, and a color', async () => {
  const grey = { calendar: { ...CALENDAR, color: 'grey' } };
  expect((await call('oa/calendar/add', grey)).errcode).toBe(40058);
  kit.control.adminCorp({ schedules: false });
  expect((await call('oa/schedule/add', schedule())).errcode).toBe(48002);
});

it('is overwritten whole, deleted once, and still answered when it is', async () => {
  const schedule_id = await added();
  const rewritten = schedule({ schedule_id, summary: '改期' });
  expect((await call('oa/schedule/update', rewritten)).errcode).toBe(0);
  expect((await call('oa/schedule/del', { schedule_id })).errcode).toBe(0);
  expect((await call('oa/schedule/del', { schedule_id })).errcode).toBe(90460);
  expect((await call('oa/schedule/del', { schedule_id: 'no' })).errcode).toBe(90461);
  const listed = await call('oa/schedule/get_by_calendar', { cal_id: calendarId, offset: 0, limit: 1 });
  expect(listed.json['schedule_list']).toMatchObject([{ schedule_id, summary: '改期', status: 1 }]);
});

it('with a room its time stays; a room is one schedule’s at a time', async () => {
  const meetingroom_id = kit.control.addMeetingRoom('301');
  const schedule_id = await added();
  const room = { meetingroom_id, schedule_id, booker: 'zhang' };
  const booked = await call('oa/meetingroom/book_by_schedule', room);
  expect(booked.errcode).toBe(0);
  expect((await call('oa/meetingroom/book_by_schedule', room)).errcode).toBe(90498);
  const other = { ...room, schedule_id: await added() };
  expect((await call('oa/meetingroom/book_by_schedule', other)).errcode).toBe(90499);
  const later = schedule({ schedule_id, end_time: START + 7_200 });
  expect((await call('oa/schedule/update', later)).errcode).toBe(90700);
  expect((await call('oa/schedule/del', { schedule_id })).errcode).toBe(90700);
  const day = { meetingroom_id, start_time: START, end_time: START + 3_600 };
  const held = await call('oa/meetingroom/get_booking_info', day);
  expect(held.json['booking_list']).toMatchObject([{ meetingroom_id, schedule: [{ schedule_id }] }]);
  const overnight = { ...day, end_time: START + 86_400 };
  expect((await call('oa/meetingroom/get_booking_info', overnight)).errcode).toBe(40058);
  const given = { booking_id: booked.json['booking_id'], keep_schedule: 1 };
  expect((await call('oa/meetingroom/cancel_book', given)).errcode).toBe(0);
  expect((await call('oa/schedule/update', later)).errcode).toBe(0);
});
