/** Shapes of late cases and of the circular about them (S3-4g, S3-5). */
import { z } from 'zod';
import { Cursor, DateText, Id, Text, Typed } from '../base/contract.ts';

export const InstructionRequest = z.strictObject({
  lateCaseIds: z.array(Id).min(1).max(200),
  phrase: Typed,
  /** 批示: who gave it, when, and its number. */
  instructedBy: Text(64).min(1),
  instructedOn: DateText,
  documentNumber: Text(64).min(1),
  fileId: Id.nullable().default(null),
});
export const LateCasesQuery = z.strictObject({ ...Cursor, unitId: Id.optional() });
export const LateExportQuery = LateCasesQuery.omit({ cursor: true, limit: true });
export type LateExportQuery = z.infer<typeof LateExportQuery>;
export const LateCasesAnswer = z.object({
  items: z.array(
    z.object({
      lateCaseId: z.string(),
      requestId: z.string(),
      personId: z.string(),
      personName: z.string(),
      unitId: z.string(),
      unitName: z.string(),
      kindWords: z.string(),
      eventOn: z.string(),
      dueOn: z.string(),
      submittedOn: z.string(),
      lateWorkdays: z.number(),
      /** "3 个工作日": what the unit had after the day of the event. */
      allowance: z.string(),
      /** G9: when the clock ran out, and who held it then, whoever holds it now; null: none is on record. */
      breach: z
        .object({ at: z.number(), holderName: z.string().nullable(), unitName: z.string().nullable() })
        .nullable(),
      origin: z.string(),
      state: z.enum(['noted', 'instructed']),
      /** Number of the instruction; null: none, and no circular. */
      documentNumber: z.string().nullable(),
      circularId: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
