import { randomUUID } from 'node:crypto';
import type { App } from '../../server/app.ts';
import type { RoomTerms } from '../../server/features/meeting-rooms/index.ts';
import { addDays, dateOf, instantOf, weekdayOf } from '../../server/kernel/dates.ts';
import { demoCast } from './cast.ts';

const TERMS = {
  capacity: 12,
  equipment: ['投影', '白板'],
  opensMinute: 480,
  closesMinute: 1_320,
  weekdays: [1, 2, 3, 4, 5, 6],
  bookerUnitIds: null,
  needsApproval: false,
  bufferMinutes: 0,
  checkInMinutes: 15,
  state: 'open',
} as const satisfies Partial<RoomTerms>;

const ROOMS = [
  { name: '行政楼 301', place: '行政楼三层东侧', capacity: 20 },
  { name: '教学楼 B102', place: '教学楼 B 座一层', checkInMinutes: null },
  {
    name: '学术报告厅',
    place: '图书馆一层',
    capacity: 200,
    equipment: ['投影', '音响', '话筒'],
    needsApproval: true,
    bufferMinutes: 30,
  },
] as const;

/** `[room, day from the first, hour, hours, who, subject]`; a demo that begins tomorrow begins with the same. */
const BOOKINGS = [
  [0, 0, 9, 1, 'unitHead', '系务会'],
  [0, 0, 14, 2, 'hrHead', '职称评审预备会'],
  [0, 1, 10, 1, 'applicant', '教研活动'],
  [1, 0, 10, 2, 'colleague', '课程建设讨论'],
  [1, 2, 15, 1, 'applicant', '竞赛辅导'],
  [2, 2, 14, 2, 'applicant', '校企合作讲座'],
] as const;

/** Three rooms with some bookings, by the commands everybody uses. */
export async function openMeetingRooms({ db, access, meetingRooms }: App): Promise<void> {
  const { unitId, now, actor } = await db.read(async (reads) => ({
    unitId: (await access.orgOf(reads)).units().find(({ code }) => code === 'D09')?.unitId,
    now: reads.now,
    actor: (who: keyof typeof demoCast) => access.actorByUserid(reads, demoCast[who].userid, { via: 'cli' }),
  }));
  const [keeper, manager] = [await actor('superAdmin'), await actor('unitHead')];
  if (!keeper || !manager || unitId === undefined) return;
  const roomIds: string[] = [];
  for (const room of ROOMS) {
    const terms = {
      ...TERMS,
      ...room,
      equipment: [...(('equipment' in room && room.equipment) || TERMS.equipment)],
    };
    const made = await meetingRooms.makeRoom(keeper, {
      ...terms,
      weekdays: [...terms.weekdays],
      wecomRoomId: null,
      unitId,
      managerId: manager.personId,
    });
    roomIds.push(made.roomId);
  }
  for (const [room, day, hour, hours, who, subject] of BOOKINGS) {
    const booker = await actor(who);
    const roomId = roomIds[room];
    if (!booker || roomId === undefined) continue;
    const date = openDay(dateOf(now), day);
    await meetingRooms.book(booker, {
      roomId,
      startsAt: instantOf(date, hour * 60),
      endsAt: instantOf(date, (hour + hours) * 60),
      subject,
      participantIds: [],
      clientKey: randomUUID(),
      weeks: 1,
      onConflict: 'none',
    });
  }
}

/** The day so many open days after tomorrow. */
function openDay(today: string, after: number): string {
  let date = today;
  for (let left = after + 1; left > 0;) {
    date = addDays(date, 1);
    if (weekdayOf(date) !== 0) left -= 1;
  }
  return date;
}
