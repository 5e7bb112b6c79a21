import { z } from 'zod';

const Settings = z.strictObject({
  about: z.string().optional(),
  /** Working days the owner has to answer. */
  answerWorkdays: z.number().int().min(1).max(30).default(3),
  /** Working days somebody has who is asked for a photo. */
  photoWorkdays: z.number().int().min(1).max(30).default(5),
  /** Calendar days after the end for which what was asked is kept (个保法 19: no longer than needed). */
  keepDays: z.number().int().min(1).max(3650).default(90),
});

export type CorrectionsSettings = Readonly<Omit<z.infer<typeof Settings>, 'about'>>;

/** `config/corrections.json`. @throws an error that names what is wrong with the file */
export const parseCorrectionsSettings = (json: unknown): CorrectionsSettings => Settings.parse(json);
