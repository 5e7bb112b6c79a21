import { z } from 'zod';

/**
 * The part of the control contract about 企业微信's own 审批 app: what members do in it on their phones.
 *
 * | method, path | request | answer |
 * |---|---|---|
 * | GET  /sandbox/members/:userid/native-approvals | – | {@link NativeBoxes}: what waits for them, what they handed in |
 * | POST /sandbox/members/:userid/native-approvals | {@link nativeHandIn} | {@link NativeFormView}, with an event |
 * | POST /sandbox/members/:userid/native-approvals/:number | {@link nativeAct} | {@link NativeFormView}, with an event |
 */

const userid = z.string().min(1);

export const nativeNode = z.object({
  kind: z.enum(['approve', 'copy', 'handle']).default('approve'),
  mode: z.enum(['all', 'any', 'sequential']).default('any'),
  userids: z.array(userid).min(1),
});

export const nativeHandIn = z.object({
  title: z.string().min(1),
  templateId: z.string().min(1).default('C4WqSandboxTemplate01'),
  /** 1 leave, 2 punch correction … 9 red envelopes; absent: none of these. */
  recordType: z.number().int().min(1).max(9).optional(),
  nodes: z.array(nativeNode).min(1),
  /** Text controls by title, in order. */
  fields: z.array(z.object({ title: z.string(), text: z.string() })).default([]),
  /** Any controls as the API answers them, after the texts. */
  contents: z.array(z.record(z.string(), z.unknown())).default([]),
  /** Answered the way of forms before `process_list`. */
  legacy: z.boolean().default(false),
  /** Epoch ms; absent: now. */
  at: z.number().int().optional(),
});
export type NativeHandIn = z.input<typeof nativeHandIn>;

export const nativeAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('agree'), words: z.string().default(''), at: z.number().int().optional() }),
  z.object({ act: z.literal('reject'), words: z.string().default(''), at: z.number().int().optional() }),
  z.object({
    act: z.literal('handOn'),
    to: userid,
    words: z.string().default(''),
    at: z.number().int().optional(),
  }),
  /** By the applicant: while it runs, and after it passed. */
  z.object({ act: z.literal('withdraw'), at: z.number().int().optional() }),
  z.object({ act: z.literal('revoke'), at: z.number().int().optional() }),
  z.object({ act: z.literal('urge'), at: z.number().int().optional() }),
]);
export type NativeAct = z.input<typeof nativeAct>;

export interface NativeFormView {
  number: string;
  title: string;
  applicant: string;
  applicantName: string;
  /** 1 running, 2 passed, 3 rejected, 4 withdrawn, 6 revoked afterwards. */
  status: number;
  /** Epoch ms. */
  appliedAt: number;
  fields: { title: string; text: string }[];
  /** userids whose turn it is. */
  holders: string[];
}

/** Newest first. */
export interface NativeBoxes {
  waiting: NativeFormView[];
  own: NativeFormView[];
  /** Who leads the member's department, or the nearest above it; null: nobody besides them. */
  head: { userid: string; name: string } | null;
}
