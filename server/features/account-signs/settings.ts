import { z } from 'zod';

const days = z.number().int().min(1).max(180);
const weight = z.number().int().min(0).max(100);
const Settings = z.strictObject({
  about: z.string().optional(),
  windowDays: days,
  weights: z.strictObject({ device: weight, phone: weight, habit: weight }),
  /** One kind of sign alone says nothing, so no site can set it to one. */
  leastKinds: z.number().int().min(2).max(3),
  leastWeight: z.number().int().min(1).max(300),
  settleDays: days,
  quietDays: days,
  answerWorkdays: z.number().int().min(1).max(30),
  settleWorkdays: z.number().int().min(1).max(30),
});

export type SignSettings = Readonly<Omit<z.infer<typeof Settings>, 'about'>>;

/** `config/account-signs.json`. @throws an error that names what is wrong with the file */
export const parseSignSettings = (json: unknown): SignSettings => Settings.parse(json);
