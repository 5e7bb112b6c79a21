/** 批量同意: my tasks side by side, what stands out among them, and many decided by one tap, each on its own. */
import { z } from 'zod';
import { Due, Hue, Id } from '../contract.ts';

/** So many at once; more come after these. */
export const MAX_BATCH = 50;

export const BatchItem = z.object({
  taskId: z.string(),
  instanceId: z.string(),
  /** Of the form as it is shown here; handed back with the decision (R40). */
  formVersion: z.number(),
  title: z.string(),
  who: z.string(),
  unitName: z.string(),
  due: Due,
  /** 代 王处长 (R30); empty otherwise. */
  forWords: z.string(),
  /** At most three lines of what is asked for. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  /** What stands out among these: 请假 12，这批多为 1 到 3. */
  outlier: z.string().nullable(),
  /** Why it has to be opened: 要写意见, 要办理, 敏感事项. */
  alone: z.string().nullable(),
});
export type BatchItem = z.infer<typeof BatchItem>;

export const BatchAnswer = z.object({
  groups: z.array(
    z.object({
      templateKey: z.string(),
      title: z.string(),
      icon: z.string(),
      hue: Hue,
      items: z.array(BatchItem),
    }),
  ),
  /** There are more than are shown here. */
  more: z.boolean(),
});
export type BatchAnswer = z.infer<typeof BatchAnswer>;

export const ApproveManyRequest = z.strictObject({
  tasks: z
    .array(z.strictObject({ taskId: Id, formVersion: z.number().int().min(1) }))
    .min(1)
    .max(MAX_BATCH),
  comment: z.string().max(500).optional(),
});
export type ApproveManyRequest = z.infer<typeof ApproveManyRequest>;

export const ApproveManyAnswer = z.object({
  results: z.array(
    z.object({
      taskId: z.string(),
      /** `already`: somebody else was first, or it was mine before (R1); `refused`: as it says. */
      outcome: z.enum(['done', 'already', 'refused']),
      words: z.string(),
    }),
  ),
});
export type ApproveManyAnswer = z.infer<typeof ApproveManyAnswer>;
