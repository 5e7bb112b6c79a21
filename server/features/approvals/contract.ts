/**
 * The approvals API: shapes of requests and answers. The web front end imports this file as types only.
 * Instants are epoch ms, dates `YYYY-MM-DD` in Asia/Shanghai. Words (`…words`, `label`, `title`) are ready to
 * show; the client never recomputes a rule from them.
 */
import { z } from 'zod';
import {
  DateRangeValue,
  DateText,
  Field,
  FieldValue,
  FormValues,
  GivenSignature,
  Half,
  HalfDayRangeValue,
  Id,
  KeptSignature,
  LocationValue,
  TableColumnView,
  TableRow,
} from './fields/contract.ts';

export {
  DateRangeValue,
  DateText,
  Field,
  FieldValue,
  FormValues,
  GivenSignature,
  Half,
  HalfDayRangeValue,
  Id,
  KeptSignature,
  LocationValue,
  TableColumnView,
  TableRow,
};
export type { FieldType } from './fields/contract.ts';

/* ---------- shared pieces ---------- */

export const PersonBrief = z.object({
  personId: z.string(),
  name: z.string(),
  unitName: z.string(),
  title: z.string(),
  away: z.string().nullable().optional(),
});
export type PersonBrief = z.infer<typeof PersonBrief>;

export const FileBrief = z.object({
  fileId: z.string(),
  name: z.string(),
  size: z.number(),
  type: z.string(),
});
export type FileBrief = z.infer<typeof FileBrief>;

export const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});
export type Due = z.infer<typeof Due>;

export const Hue = z.enum(['blue', 'teal', 'violet']);
export type Hue = z.infer<typeof Hue>;

/* ---------- lists ---------- */

export const Box = z.enum(['todo', 'done', 'mine', 'cc']);
export type Box = z.infer<typeof Box>;

export const TaskItem = z.object({
  /** Row id, unique within a box. */
  id: z.string(),
  instanceId: z.string(),
  taskId: z.string().nullable(),
  templateKey: z.string(),
  icon: z.string(),
  hue: Hue,
  title: z.string(),
  who: z.string(),
  unitName: z.string(),
  note: z.string(),
  due: Due,
  state: z.object({ code: z.string(), words: z.string() }),
  at: z.number(),
  unread: z.boolean().optional(),
});
export type TaskItem = z.infer<typeof TaskItem>;

export const ItemsQuery = z.strictObject({
  box: Box.default('todo'),
  q: z.string().trim().max(50).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  /** Only what is over, of these templates (by commas): what a form may link to. */
  finished: z.literal('true').optional(),
  templates: z.string().max(900).optional(),
});
export type ItemsQuery = z.infer<typeof ItemsQuery>;

export const ItemsAnswer = z.object({
  items: z.array(TaskItem.extend({ bucket: z.enum(['overdue', 'today', 'later']).nullable() })),
  next: z.string().nullable(),
  counts: z.object({
    todo: z.number(),
    overdue: z.number(),
    today: z.number(),
    later: z.number(),
    cc: z.number(),
  }),
});
export type ItemsAnswer = z.infer<typeof ItemsAnswer>;

/* ---------- templates and forms ---------- */

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

/* ---------- forecast and submit ---------- */

const draft = {
  templateKey: Id,
  version: z.number().int().min(1),
  assignmentId: Id,
  form: FormValues,
  chosen: Chosen.optional(),
};

/** `instanceId`: the request of one's own that this form is to be handed in for again. */
export const ForecastRequest = z.strictObject({ ...draft, instanceId: Id.optional() });
export type ForecastRequest = z.infer<typeof ForecastRequest>;

export const DayCell = z.object({
  date: z.string(),
  kind: z.enum(['workday', 'weekend', 'holiday', 'makeup']),
  weight: z.union([z.literal(0), z.literal(0.5), z.literal(1)]),
  /** Under the date: "½", "1", "休", "班", or a holiday's name. */
  label: z.string(),
});
export type DayCell = z.infer<typeof DayCell>;

export const DaysAnswer = z.object({
  total: z.number(),
  unit: z.enum(['workday', 'calendar']),
  /** "3.5 个工作日" or "98 天" */
  words: z.string(),
  strip: z.array(DayCell),
  /** "按学院校历，周末不计" */
  explanation: z.string(),
});
export type DaysAnswer = z.infer<typeof DaysAnswer>;

export const FieldNote = z.object({
  field: z.string(),
  tone: z.enum(['error', 'warn', 'info']),
  words: z.string(),
  /** Path inside the H5, e.g. the request it overlaps with. */
  link: z.string().optional(),
});
export type FieldNote = z.infer<typeof FieldNote>;

export const PathStep = z.object({
  stepKey: z.string(),
  title: z.string(),
  mode: z.enum(['all', 'any', 'sequential', 'quorum', 'cc']),
  /** "超过 3 个工作日，需两人都同意" */
  why: z.string(),
  /** `label`: the part they play here, "部门负责人". */
  people: z.array(PersonBrief.extend({ label: z.string(), why: z.string() })),
  chosenByApplicant: z
    .object({ min: z.number(), max: z.number(), from: z.enum(['unit', 'school']) })
    .optional(),
  problem: z.string().optional(),
  /** The branch it lies in; `parallel`: others are gone at the same time. */
  branch: z.object({ group: z.string(), title: z.string(), parallel: z.boolean() }).optional(),
});
export type PathStep = z.infer<typeof PathStep>;

export const ForecastAnswer = z.object({
  title: z.string(),
  computed: z.object({
    days: DaysAnswer.nullable(),
    /** "假后余 3 天"; absent where no balance is kept */
    balance: z.object({ tone: z.enum(['ok', 'short']), words: z.string() }).optional(),
    provisional: z.boolean(),
  }),
  fieldNotes: z.array(FieldNote),
  /** What good values amount to, by field: days of a range, an amount in characters. */
  figures: z.array(z.object({ field: z.string(), words: z.string() })),
  /** Keys of the fields that must be filled now. */
  required: z.array(z.string()),
  path: z.array(PathStep),
  /** "约 2 个工作日"; empty while the path is unknown */
  estimateWords: z.string(),
  canSubmit: z.boolean(),
  reasons: z.array(z.string()),
});
export type ForecastAnswer = z.infer<typeof ForecastAnswer>;

/** `clientKey`: a uuid made once per filled form; the same key again answers the same instance. */
export const SubmitRequest = z.strictObject({ ...draft, clientKey: z.uuid() });
export type SubmitRequest = z.infer<typeof SubmitRequest>;

export const SubmitAnswer = z.object({
  instanceId: z.string(),
  number: z.string(),
  /** "现在在陈主任处" */
  holderWords: z.string(),
  /** "11-24 17:30 前处理"; empty when no clock runs */
  dueWords: z.string(),
});
export type SubmitAnswer = z.infer<typeof SubmitAnswer>;

/* ---------- one request ---------- */

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

/** In full, a value the page shows masked; the look is recorded. */
export const RevealFieldRequest = z.strictObject({ field: z.string().min(1).max(40) });
export const RevealFieldAnswer = z.object({ value: z.string() });
export type RevealFieldAnswer = z.infer<typeof RevealFieldAnswer>;

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

/* ---------- acts ---------- */

export const COMMENT_MAX = 500;
const Comment = z.string().trim().max(COMMENT_MAX);

const Edits = z
  .array(z.strictObject({ key: z.string().max(40), version: z.number().int().min(0), value: FieldValue }))
  .max(60);

/** Changes of fields the step may change; `version` as the page was given it (R40). */
export const EditRequest = z.strictObject({ edits: Edits.min(1) });
export type EditRequest = z.infer<typeof EditRequest>;

/** A picture (PNG) just uploaded by who signs; `typed`: their name by keyboard, for who cannot draw. */
export const SignatureRequest = GivenSignature;
export type SignatureRequest = GivenSignature;

export const ApproveRequest = z.strictObject({
  comment: Comment.optional(),
  edits: Edits.optional(),
  /** Where the step asks for it. */
  signature: SignatureRequest.optional(),
});
export type ApproveRequest = z.infer<typeof ApproveRequest>;

export const RejectRequest = z.strictObject({ comment: Comment });
export type RejectRequest = z.infer<typeof RejectRequest>;

export const TransferRequest = z.strictObject({ toPersonId: Id, comment: Comment.optional() });
export type TransferRequest = z.infer<typeof TransferRequest>;

export const HandleRequest = z.strictObject({
  result: z.enum(['done', 'cannot']),
  comment: Comment,
  edits: Edits.optional(),
});
export type HandleRequest = z.infer<typeof HandleRequest>;

const People = z.array(Id).min(1).max(10);
export const AddApproversRequest = z.strictObject({
  placement: Placement,
  personIds: People,
  comment: Comment.optional(),
});
export type AddApproversRequest = z.infer<typeof AddApproversRequest>;

export const ConsultRequest = z.strictObject({ personIds: People, question: Comment });
export type ConsultRequest = z.infer<typeof ConsultRequest>;

export const AnswerConsultRequest = z.strictObject({ text: Comment });
export type AnswerConsultRequest = z.infer<typeof AnswerConsultRequest>;

export const WithdrawRequest = z.strictObject({ reason: Comment.optional() });
export type WithdrawRequest = z.infer<typeof WithdrawRequest>;

/** 退回: `toStepKey` is one of the answer's `returnTargets`; null: to the applicant. */
export const SendBackRequest = z.strictObject({
  toStepKey: z.string().max(40).nullable(),
  reason: Comment,
});
export type SendBackRequest = z.infer<typeof SendBackRequest>;

/** 重新提交: number, template version and post stay. */
export const ResubmitRequest = z.strictObject({ form: FormValues, chosen: Chosen.optional() });
export type ResubmitRequest = z.infer<typeof ResubmitRequest>;

/** 终止, 撤销: always with a reason. */
export const EndRequest = z.strictObject({ reason: Comment });
export type EndRequest = z.infer<typeof EndRequest>;

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

/**
 * `mentions`: people named in it, each of whom sees the request and is told once. `clientKey`: a uuid made once per
 * comment; the same key again says nothing twice.
 */
export const CommentRequest = z.strictObject({
  clientKey: z.uuid(),
  text: Comment.min(1),
  mentions: z.array(Id).max(20).optional(),
  fileIds: z.array(Id).max(6).optional(),
});
export type CommentRequest = z.infer<typeof CommentRequest>;

/** 传阅: people to read it, with a word. */
export const CirculateRequest = z.strictObject({
  personIds: z.array(Id).min(1).max(50),
  note: Comment.optional(),
});
export type CirculateRequest = z.infer<typeof CirculateRequest>;

/** R18: an administrator names somebody for each empty seat of a waiting step. */
export const AssignRequest = z.strictObject({
  stepId: Id,
  seats: z
    .array(z.strictObject({ seat: z.number().int().min(0), personId: Id }))
    .min(1)
    .max(20),
});
export type AssignRequest = z.infer<typeof AssignRequest>;

/**
 * R1, R27, R28: a late or repeated act is answered, not refused. `already` means nothing changed; `words` say
 * what the state is and who made it so.
 */
export const ActAnswer = z.object({
  outcome: z.enum(['done', 'already']),
  words: z.string(),
  /** "接下来由王处长、林院长处理" */
  nextWords: z.string().nullable(),
  /** The actor's next to-do, if any. */
  nextItem: z.object({ instanceId: z.string(), title: z.string() }).nullable(),
});
export type ActAnswer = z.infer<typeof ActAnswer>;

/** R10: `threshold` says how many must agree before and after; null where every single one must anyway. */
export const AddApproversAnswer = ActAnswer.extend({
  threshold: z
    .object({ before: z.number(), after: z.number(), people: z.number(), moves: z.boolean() })
    .nullable(),
});
export type AddApproversAnswer = z.infer<typeof AddApproversAnswer>;

export const RemindAnswer = z.object({
  outcome: z.enum(['done', 'already']),
  words: z.string(),
  remindLeft: z.number(),
});
export type RemindAnswer = z.infer<typeof RemindAnswer>;

export const ReadAnswer = z.object({ ok: z.literal(true) });
export type ReadAnswer = z.infer<typeof ReadAnswer>;
