import { z } from 'zod';

const Settings = z.strictObject({
  about: z.string().optional(),
  /** Working minutes a room's manager has to answer a booking. */
  decideMinutes: z.int().min(30).max(4_800),
  /** S1-22a: codes of units that see what rooms are used for how long, and nothing of a meeting. */
  supervisorUnits: z.array(z.string()).default([]),
});

export type MeetingRoomSettings = Readonly<Omit<z.infer<typeof Settings>, 'about'>>;

/** `config/meeting-rooms.json`. @throws an error that names what is wrong with the file */
export const parseMeetingRoomSettings = (json: unknown): MeetingRoomSettings => Settings.parse(json);
