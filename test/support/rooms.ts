import type { RoomTerms } from '../../server/features/meeting-rooms/contract.ts';
import type { Client } from './client.ts';

export const ROOMS = '/api/meeting-rooms';

export const personIdOfClient = async (client: Client): Promise<string> =>
  (await client.get<{ person: { personId: string } }>('/api/me')).person.personId;

/** The first unit whose rooms this person keeps. */
async function keptUnit(keeper: Client): Promise<string> {
  const { keeps } = await keeper.get<{ keeps: { unitId: string }[] }>(`${ROOMS}/choices`);
  return keeps[0]?.unitId ?? '';
}

/** A room for twenty, open on working days from 8 to 18, booked by whoever comes first. */
export async function aRoom(
  keeper: Client,
  managerId: string,
  changes: Partial<RoomTerms> = {},
): Promise<string> {
  const terms = {
    name: '第一会议室',
    place: '行政楼 301',
    capacity: 20,
    equipment: [],
    unitId: await keptUnit(keeper),
    managerId,
    opensMinute: 480,
    closesMinute: 1_080,
    weekdays: [1, 2, 3, 4, 5],
    bookerUnitIds: null,
    needsApproval: false,
    bufferMinutes: 0,
    checkInMinutes: null,
    state: 'open',
    ...changes,
  };
  return (await keeper.post<{ roomId: string }>(`${ROOMS}/rooms`, terms)).roomId;
}
