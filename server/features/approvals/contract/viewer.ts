/** What the viewer of a request may do with it. */
import { z } from 'zod';
import { Field, FieldValue } from '../fields/contract.ts';
import { FileBrief, PersonBrief } from './brief.ts';

export const Can = z.object({
  approve: z.boolean(),
  reject: z.boolean(),
  transfer: z.boolean(),
  comment: z.boolean(),
  withdraw: z.boolean(),
  remind: z.boolean(),
  sendBack: z.boolean(),
  resubmit: z.boolean(),
  revoke: z.boolean(),
  terminate: z.boolean(),
});
export type Can = z.infer<typeof Can>;

export const Placement = z.enum(['before', 'after', 'parallel']);

/** 加签, as far as the viewer may. */
export const Adding = z.object({
  /** What the viewer's task allows now; `words` say what it means here and whether the threshold moves (R10). */
  ways: z.array(z.object({ placement: Placement, words: z.string() })),
  /** Whom the viewer added and may still take back. */
  removable: z.array(z.object({ taskId: z.string(), name: z.string() })),
});
export type Adding = z.infer<typeof Adding>;

/** R40: `version` goes back with the change, so that nobody overwrites what they have not seen. */
export const Editing = z.object({
  fields: z.array(z.object({ field: Field, value: FieldValue, version: z.number() })),
  /** Who and what the values hold by id. */
  people: z.array(PersonBrief),
  files: z.array(FileBrief),
  /** The applicant's unit, where a person is chosen from it. */
  unitId: z.string(),
});
export type Editing = z.infer<typeof Editing>;

/** 征求意见. */
export const Consulting = z.object({
  mayAsk: z.boolean(),
  /** What the viewer is asked. */
  asked: z.object({ consultId: z.string(), by: z.string(), question: z.string() }).nullable(),
});
export type Consulting = z.infer<typeof Consulting>;

/** 传阅. */
export const Circulating = z.object({
  maySend: z.boolean(),
  /** Who sent it to the viewer, with what words, while the viewer has not confirmed reading it. */
  toConfirm: z.object({ by: z.string(), note: z.string().nullable() }).nullable(),
  sent: z.array(
    z.object({
      id: z.string(),
      by: z.string(),
      at: z.number(),
      note: z.string().nullable(),
      readers: z.array(
        z.object({
          personId: z.string(),
          name: z.string(),
          unitName: z.string(),
          readAt: z.number().nullable(),
          confirmedAt: z.number().nullable(),
        }),
      ),
    }),
  ),
});
export type Circulating = z.infer<typeof Circulating>;
