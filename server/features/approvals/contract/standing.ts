/** How a request stands and what happened to it, as its page shows it. */
import { z } from 'zod';
import { FileBrief } from './brief.ts';

export const InstanceStatus = z.enum([
  'running',
  'approved',
  'rejected',
  'withdrawn',
  'terminated',
  'revoked',
]);
export type InstanceStatus = z.infer<typeof InstanceStatus>;

export const Fact = z.object({
  label: z.string(),
  value: z.string(),
  kind: z.enum(['text', 'files', 'table', 'request', 'signature']).optional(),
  /** In small letters below the value: an amount in characters. */
  note: z.string().optional(),
  /** The key of a masked field the reader may see in full. */
  revealKey: z.string().optional(),
  files: z.array(FileBrief).optional(),
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
  /** Path inside the H5 of a linked request or of what became of this one; who may not see it is told so there. */
  link: z.string().optional(),
  /** 签名 in the form: the picture, who gave it when, and the first digits of its hash. */
  signature: z
    .object({
      fileId: z.string(),
      how: z.enum(['drawn', 'typed']),
      mark: z.string(),
      name: z.string(),
      at: z.number(),
    })
    .optional(),
});
export type Fact = z.infer<typeof Fact>;

export const TimelineRow = z.object({
  id: z.string(),
  kind: z.enum([
    'submitted',
    'step',
    'cc',
    'finished',
    'comment',
    'transferred',
    'withdrawn',
    'returned',
    'resubmitted',
    'passed',
    'terminated',
    'revoked',
  ]),
  state: z.enum(['done', 'current', 'future', 'refused', 'skipped']),
  name: z.string(),
  /** "信息工程学院 · 部门负责人" */
  role: z.string(),
  /** "同意", "处理中", "未查看", "预计" … */
  stateWords: z.string(),
  at: z.number().nullable(),
  /** "用时 2 小时" (working time) */
  usedWords: z.string().nullable(),
  comment: z.string().nullable(),
  /** Answer to 为什么是…审批; null where there is nothing to explain */
  why: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  /** Of the branch it lies in: "法务". */
  branch: z.string().optional(),
  /** 手写签名: the picture, and the first digits of its hash. */
  signature: z.object({ fileId: z.string(), how: z.enum(['drawn', 'typed']), mark: z.string() }).optional(),
  /** What was attached to a comment. */
  files: z.array(z.object({ fileId: z.string(), name: z.string() })).optional(),
});
export type TimelineRow = z.infer<typeof TimelineRow>;

/**
 * Whether a signature is the one that was given. changed: the picture that is kept is another. lost: there is none, or it
 * cannot be read now. unrecorded: decision and picture agree, and the record of acts knows of no such signature.
 */
export const SignatureStand = z.enum(['intact', 'changed', 'lost', 'unrecorded']);
export type SignatureStand = z.infer<typeof SignatureStand>;

/** A group of branches as it stands. */
export const BranchesView = z.object({
  groupId: z.string(),
  title: z.string(),
  /** Gone at the same time, or one chosen by a condition. */
  parallel: z.boolean(),
  /** Everybody is heard before a refusal counts. */
  hearsAll: z.boolean(),
  open: z.boolean(),
  branches: z.array(
    z.object({
      branchId: z.string(),
      title: z.string(),
      state: z.enum(['current', 'done', 'refused', 'skipped']),
      /** "已完成", or what is being decided: "法务审核" */
      words: z.string(),
      /** Who holds it now */
      names: z.array(z.string()),
      why: z.string(),
    }),
  ),
  notTaken: z.array(z.object({ title: z.string(), why: z.string() })),
});
export type BranchesView = z.infer<typeof BranchesView>;
