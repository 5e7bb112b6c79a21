import { z } from 'zod';

const Workdays = z.number().int().min(1).max(60);

const Settings = z.strictObject({
  about: z.string().optional(),
  /** Working days a step may take, from the moment it came to whoever holds it. */
  stepWorkdays: Workdays,
  /** Templates of 企业微信 with another time. */
  templates: z.array(z.strictObject({ templateId: z.string().min(1), stepWorkdays: Workdays })),
  /** How many days back the nightly reconciliation looks for forms whose events were lost. */
  lookBackDays: z.number().int().min(1).max(30),
});

export type NativeSettings = Readonly<Omit<z.infer<typeof Settings>, 'about'>>;

/** `config/native-approvals.json`. @throws an error that names what is wrong with the file */
export const parseNativeSettings = (json: unknown): NativeSettings => Settings.parse(json);

export const workdaysOf = ({ stepWorkdays, templates }: NativeSettings, templateId: string): number =>
  templates.find((one) => one.templateId === templateId)?.stepWorkdays ?? stepWorkdays;
