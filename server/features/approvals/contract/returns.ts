/** Sent back, handed in again, taken back after approval. */
import { z } from 'zod';
import { FormValues } from '../fields/contract.ts';
import { Comment } from './acts.ts';
import { FileBrief, PersonBrief } from './brief.ts';
import { Chosen, TemplateAnswer } from './templates.ts';

/** 退回: `toStepKey` is one of the answer's `returnTargets`; null: to the applicant. */
export const SendBackRequest = z.strictObject({
  toStepKey: z.string().max(40).nullable(),
  reason: Comment,
});
export type SendBackRequest = z.infer<typeof SendBackRequest>;

/** 重新提交: number, template version and post stay. */
export const ResubmitRequest = z.strictObject({ form: FormValues, chosen: Chosen.optional() });
export type ResubmitRequest = z.infer<typeof ResubmitRequest>;

export const RevokeAnswer = z.object({
  outcome: z.enum(['done', 'already']),
  words: z.string(),
  /** "11-26 至 11-30 的假期取消" */
  released: z.array(z.string()),
  /** What cannot be taken back: "11-23 至 11-25 已经开始" */
  kept: z.array(z.string()),
});
export type RevokeAnswer = z.infer<typeof RevokeAnswer>;

/** What a request sent back to its applicant is filled with, in the version it was made with. */
export const ReturnedFormAnswer = z.object({
  template: TemplateAnswer,
  number: z.string(),
  assignmentId: z.string(),
  form: FormValues,
  chosen: Chosen,
  /** Who the form and the choice hold by id. */
  people: z.array(PersonBrief),
  files: z.array(FileBrief),
  /** What other ids in the form were called, by id. */
  names: z.record(z.string(), z.string()),
  by: z.string(),
  at: z.number(),
  reason: z.string(),
});
export type ReturnedFormAnswer = z.infer<typeof ReturnedFormAnswer>;
