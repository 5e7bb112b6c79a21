import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsTo, wantedOf, type Facts } from './wanted.ts';

const HOUR = 3_600_000;
const facts: Facts = {
  booking: { state: 'booked', startsAt: 10 * HOUR, endsAt: 11 * HOUR },
  room: { name: '301', place: '行政楼', wecomRoomId: null },
  booker: 'zhangyutong',
  participants: ['chenzhiyuan', 'zhangyutong'],
  bookerName: '张雨桐',
  subject: null,
  link: 'https://oa/rooms/bookings/b1',
  now: 9 * HOUR,
};

describe('what belongs into 日程', () => {
  it('says room and time, who comes, and nothing of the subject unless that is wanted', () => {
    expect(wantedOf(facts)?.terms).toEqual({
      startsAt: 36_000,
      endsAt: 39_600,
      summary: '会议：301',
      description: '张雨桐预订。改时间、取消请到：\nhttps://oa/rooms/bookings/b1',
      location: '301（行政楼）',
      attendees: ['zhangyutong', 'chenzhiyuan'],
    });
    expect(wantedOf({ ...facts, subject: '学期安排' })?.terms.summary).toBe('学期安排');
  });

  it.each(['pending', 'refused', 'cancelled', 'released', 'lapsed'] as const)('nothing when %s', (state) => {
    expect(wantedOf({ ...facts, booking: { ...facts.booking, state } })).toBeNull();
  });

  it('nothing for somebody without an account', () => {
    expect(wantedOf({ ...facts, booker: null })).toBeNull();
  });
});

describe('what is to be done', () => {
  const wanted = wantedOf({ ...facts, room: { ...facts.room, wecomRoomId: 7 } });
  const there = {
    state: 'there' as const,
    termsHash: wanted?.hash ?? '',
    roomBookingId: 'bk1',
    roomHash: wanted?.room?.hash ?? '',
  };

  it.each([
    ['new', null, ['add', 'takeRoom']],
    ['deleted there', { ...there, state: 'gone' as const }, ['add', 'takeRoom']],
    ['an answer that got lost', { ...there, state: 'adding' as const }, ['find']],
    ['as it should be', there, []],
    ['another time', { ...there, termsHash: 'old', roomHash: 'old' }, ['leaveRoom', 'update', 'takeRoom']],
    ['other people', { ...there, termsHash: 'old' }, ['update']],
    ['a room that was refused', { ...there, roomBookingId: null }, []],
  ])('%s', (_, known, steps) => {
    expect(stepsTo(wanted, known)).toEqual(steps);
  });

  it('what is not wanted leaves its room first', () => {
    expect(stepsTo(null, there)).toEqual(['leaveRoom', 'delete']);
    expect(stepsTo(null, { ...there, roomBookingId: null })).toEqual(['delete']);
    expect(stepsTo(null, null)).toEqual([]);
    expect(stepsTo(null, { ...there, state: 'adding' })).toEqual(['find']);
  });

  it('from anywhere, a few steps lead to what is wanted, and then nothing is left to do', () => {
    const rooms = fc.constantFrom(null, 7, 8);
    const states = fc.constantFrom('booked' as const, 'cancelled' as const);
    const known = fc.record({
      state: fc.constantFrom('adding' as const, 'there' as const, 'gone' as const),
      termsHash: fc.constantFrom('old', wanted?.hash ?? ''),
      roomBookingId: fc.constantFrom<string | null>(null, 'bk1'),
      roomHash: fc.constantFrom(null, 'old', wanted?.room?.hash ?? ''),
    });
    fc.assert(
      fc.property(rooms, states, fc.option(known), fc.boolean(), (wecomRoomId, state, from, isFound) => {
        const goal = wantedOf({
          ...facts,
          booking: { ...facts.booking, state },
          room: { ...facts.room, wecomRoomId },
        });
        let now = from;
        for (let round = 0; round < 6; round += 1) {
          const [step] = stepsTo(goal, now);
          if (step === undefined) break;
          now = after(step, now, goal, isFound);
        }
        expect(stepsTo(goal, now)).toEqual([]);
        expect(now?.state === 'there').toBe(goal !== null);
      }),
    );
  });
});

type Known = NonNullable<Parameters<typeof stepsTo>[1]>;
function after(
  step: ReturnType<typeof stepsTo>[number],
  known: Known | null,
  goal: ReturnType<typeof wantedOf>,
  isFound: boolean,
): Known {
  const was = known ?? { state: 'gone', termsHash: '', roomBookingId: null, roomHash: null };
  switch (step) {
    case 'find':
      return isFound ? { ...was, state: 'there', termsHash: '' } : { ...was, state: 'gone' };
    case 'add':
      return { state: 'there', termsHash: goal?.hash ?? '', roomBookingId: null, roomHash: null };
    case 'update':
      return { ...was, termsHash: goal?.hash ?? '' };
    case 'leaveRoom':
      return { ...was, roomBookingId: null, roomHash: null };
    case 'takeRoom':
      return { ...was, roomBookingId: 'bk2', roomHash: goal?.room?.hash ?? null };
    case 'delete':
      return { ...was, state: 'gone' };
  }
}
