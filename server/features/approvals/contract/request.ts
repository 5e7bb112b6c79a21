/** One request, as its page shows it to who looks. */
import { z } from 'zod';
import { Due, PersonBrief } from './brief.ts';
import { BranchesView, Fact, InstanceStatus, TimelineRow } from './standing.ts';
import { Adding, Can, Circulating, Consulting, Editing } from './viewer.ts';

/** In full, a value the page shows masked; the look is recorded. */
export const RevealFieldRequest = z.strictObject({ field: z.string().min(1).max(40) });

export const RevealFieldAnswer = z.object({ value: z.string() });
export type RevealFieldAnswer = z.infer<typeof RevealFieldAnswer>;

export const InstanceAnswer = z.object({
  instanceId: z.string(),
  number: z.string(),
  templateKey: z.string(),
  templateTitle: z.string(),
  title: z.string(),
  state: z.object({ code: InstanceStatus, words: z.string() }),
  applicant: PersonBrief.extend({ staffNo: z.string() }),
  facts: z.array(Fact),
  holder: z
    .object({
      /** "需都同意", "一人同意即可", or "" for one holder; names are shown bold before it */
      words: z.string(),
      names: z.array(z.string()),
      since: z.number(),
      elapsedWords: z.string(),
      due: Due,
    })
    .nullable(),
  timeline: z.array(TimelineRow),
  branches: z.array(BranchesView),
  myTask: z
    .object({
      taskId: z.string(),
      version: z.number(),
      requiresComment: z.boolean(),
      requiresSignature: z.boolean(),
      /** 办理: 办好了 or 办不了 with words, in place of 同意 and 拒绝. */
      handles: z.boolean(),
    })
    .nullable(),
  adding: Adding,
  /** What the viewer's task may change in the form; null: nothing. */
  editing: Editing.nullable(),
  consulting: Consulting,
  circulating: Circulating,
  /** Whom a comment may name: the others who see the request. */
  mentionable: z.array(PersonBrief),
  can: Can,
  remindLeft: z.number(),
  quickReasons: z.array(z.string()),
  /** R18: seats nobody could be found for, shown to those who may name somebody; empty for everybody else. */
  emptySeats: z.array(
    z.object({
      stepId: z.string(),
      seat: z.number(),
      /** "部门负责人" */
      label: z.string(),
      /** "人事处没有负责人" */
      why: z.string(),
    }),
  ),
  /** Where the holder may send it back to; empty for everybody else. `stepKey` null: to the applicant. */
  returnTargets: z.array(
    z.object({ stepKey: z.string().nullable(), title: z.string(), names: z.array(z.string()) }),
  ),
  /** "已由林院长处理"; null when there is nothing to say on top */
  banner: z.string().nullable(),
});
export type InstanceAnswer = z.infer<typeof InstanceAnswer>;
