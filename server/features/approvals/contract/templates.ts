/** What can be applied for, and the form of it. */
import { z } from 'zod';
import { Field, Id } from '../fields/contract.ts';
import { Hue } from './brief.ts';

/** The applicant's own choice of approvers, by step key. */
export const Chosen = z.record(z.string().max(40), z.array(Id).max(20));
export type Chosen = z.infer<typeof Chosen>;

export const TemplatesAnswer = z.object({
  items: z.array(
    z.object({ templateKey: z.string(), title: z.string(), icon: z.string(), hue: Hue, group: z.string() }),
  ),
});
export type TemplatesAnswer = z.infer<typeof TemplatesAnswer>;

export const PostChoice = z.object({
  assignmentId: z.string(),
  unitName: z.string(),
  title: z.string(),
  main: z.boolean(),
});
export type PostChoice = z.infer<typeof PostChoice>;

export const TemplateAnswer = z.object({
  templateKey: z.string(),
  version: z.number(),
  title: z.string(),
  icon: z.string(),
  hue: Hue,
  group: z.string(),
  help: z.string().nullable(),
  fields: z.array(Field),
  /** R21: more than one → the applicant must choose. */
  posts: z.array(PostChoice),
});
export type TemplateAnswer = z.infer<typeof TemplateAnswer>;
