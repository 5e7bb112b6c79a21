import { z } from 'zod';

const Settings = z.strictObject({
  about: z.string().optional(),
  /** As delegations name them (config/modules.json). */
  moduleKey: z.string().min(1),
  contractsModuleKey: z.string().min(1),
  /** Codes of units whose heads answer for all seals and for all contract numbers. */
  chiefUnits: z.array(z.string()).min(1),
  /** Templates whose approval opens a row in the ledger, and the one whose approval draws a contract number. */
  useTemplates: z.array(z.string()).min(1),
  numberTemplate: z.string().min(1),
  /** Working days from the approval until it is stamped. */
  stampWorkdays: z.number().int().min(1).max(30),
  /** A record of stamping shows the stamped page. */
  photoWhenStamped: z.boolean(),
});

export type SealSettings = Readonly<Omit<z.infer<typeof Settings>, 'about'>>;

/** `config/seals.json`. @throws an error that names what is wrong with the file */
export const parseSealSettings = (json: unknown): SealSettings => Settings.parse(json);
