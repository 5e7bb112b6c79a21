/**
 * What one approval request is: its state, what is asked of it (commands) and what happened to it (events).
 * The state is one JSON document, rebuilt from the events at any time (`replay`). Everything a later reader needs
 * is frozen inside (names, posts, modes, words), so that neither a directory change nor a new template version
 * rewrites history (R4, R22, R41). Instants are epoch ms from the server's clock (R44).
 */
import type { Chosen, FormValues, InstanceStatus } from './contract.ts';
import type { Values } from './condition.ts';

/** A person as they were at the moment it mattered. `assignmentId` is the post they act from, if known. */
export interface PersonSnapshot {
  readonly personId: string;
  readonly name: string;
  readonly staffNo: string;
  readonly assignmentId: string | null;
  readonly unitId: string;
  readonly unitName: string;
  readonly title: string;
}

/** Who acts: `personId` is null for a mechanism (R46: never a person's name on what no person did). */
export interface By {
  readonly personId: string | null;
  readonly name: string;
}

/** 会签 all · 或签 any · 依次 sequential */
export type StepMode = 'all' | 'any' | 'sequential';

/**
 * What a refusal does. all: FAIL_FAST or COLLECT_ALL (R3). any: FIRST_ACTION or ANY_YES (R2, always stated by the
 * template). sequential: always FAIL_FAST (R5).
 */
export type Refusal = 'FAIL_FAST' | 'COLLECT_ALL' | 'FIRST_ACTION' | 'ANY_YES';

/**
 * One place at the table of a step, frozen when the step opens (R4). `person` is null while the seat waits for an
 * administrator (R18); then `missing` says why. `why` says why this person sits here.
 */
export interface Seat {
  readonly seat: number;
  readonly label: string;
  readonly person: PersonSnapshot | null;
  readonly why: string;
  readonly missing: string | null;
  /** R25: set when its person's vote is cast from this other seat. */
  readonly mergedInto: number | null;
}

export type StepOutcome = 'approved' | 'rejected' | 'withdrawn';

export interface StepState {
  readonly stepId: string;
  readonly stepKey: string;
  readonly title: string;
  readonly mode: StepMode;
  readonly refusal: Refusal;
  readonly round: number;
  readonly seats: readonly Seat[];
  /** Why this step takes part: "请假超过 3 个工作日，需人事处负责人和分管院领导都同意". */
  readonly why: string;
  /** Working days each holder gets; null: no clock. */
  readonly allowWorkdays: number | null;
  readonly requiresComment: boolean;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly outcome: StepOutcome | null;
}

/**
 * pending: a to-do. approved, rejected: decided by its holder. not_needed: closed by somebody else's act (R6).
 * transferred: moved to another task of the same seat. withdrawn: the applicant took the request back.
 */
export type TaskStatus = 'pending' | 'approved' | 'rejected' | 'not_needed' | 'transferred' | 'withdrawn';

/** One person, one seat, one round. */
export interface TaskState {
  readonly taskId: string;
  readonly stepId: string;
  readonly seat: number;
  readonly round: number;
  readonly person: PersonSnapshot;
  readonly why: string;
  readonly status: TaskStatus;
  readonly openedAt: number;
  readonly readAt: number | null;
  readonly closedAt: number | null;
  /** Who closed it: the holder, the one whose act made it unnecessary, the applicant, a mechanism. */
  readonly closedBy: By | null;
  readonly comment: string | null;
  /** The task this one was taken over from. */
  readonly fromTaskId: string | null;
  readonly toTaskId: string | null;
}

export interface CopyState {
  readonly stepKey: string;
  readonly title: string;
  readonly person: PersonSnapshot;
  readonly why: string;
  readonly sentAt: number;
  readonly readAt: number | null;
}

export interface SkippedStep {
  readonly stepKey: string;
  readonly title: string;
  readonly round: number;
  readonly at: number;
  readonly why: string;
}

export interface CommentState {
  readonly commentId: string;
  readonly by: By;
  readonly at: number;
  readonly text: string;
}

export interface ReminderState {
  readonly at: number;
  readonly taskIds: readonly string[];
  readonly personIds: readonly string[];
}

/** The path as it was foretold when the request was made; kept to log differences (R24). */
export interface ForecastStep {
  readonly stepKey: string;
  readonly personIds: readonly string[];
}

export interface InstanceState {
  readonly instanceId: string;
  readonly number: string;
  readonly templateKey: string;
  readonly templateVersion: number;
  readonly title: string;
  /** The applicant with the post they chose (R21). */
  readonly applicant: PersonSnapshot;
  readonly submittedAt: number;
  readonly form: FormValues;
  /** Computed once from the form at submission; conditions read these. */
  readonly values: Values;
  readonly chosen: Chosen;
  readonly forecast: readonly ForecastStep[];
  readonly status: InstanceStatus;
  readonly finishedAt: number | null;
  readonly finishedBy: By | null;
  /** The closing word: refusal reason or reason of withdrawal. */
  readonly finishedComment: string | null;
  readonly round: number;
  /** Index in the template's steps of the next one to look at. */
  readonly position: number;
  readonly steps: readonly StepState[];
  readonly skipped: readonly SkippedStep[];
  readonly tasks: readonly TaskState[];
  readonly copies: readonly CopyState[];
  readonly comments: readonly CommentState[];
  readonly reminders: readonly ReminderState[];
}

/* ---------- commands ---------- */

export interface SubmitCommand {
  readonly type: 'submit';
  readonly by: By;
  readonly instanceId: string;
  readonly number: string;
  readonly assignmentId: string;
  readonly title: string;
  readonly form: FormValues;
  readonly values: Values;
  readonly chosen: Chosen;
  readonly forecast: readonly ForecastStep[];
}

export type InstanceCommand =
  | {
      readonly type: 'approve';
      readonly by: By;
      readonly taskId: string;
      readonly comment?: string | undefined;
    }
  | { readonly type: 'reject'; readonly by: By; readonly taskId: string; readonly comment: string }
  | {
      readonly type: 'transfer';
      readonly by: By;
      readonly taskId: string;
      readonly toPersonId: string;
      readonly comment?: string | undefined;
    }
  | { readonly type: 'withdraw'; readonly by: By; readonly reason?: string | undefined }
  | { readonly type: 'comment'; readonly by: By; readonly text: string }
  | { readonly type: 'remind'; readonly by: By }
  | { readonly type: 'markRead'; readonly by: By }
  /** R18: an administrator fills empty seats. */
  | {
      readonly type: 'assignSeats';
      readonly by: By;
      readonly stepId: string;
      readonly seats: readonly { readonly seat: number; readonly personId: string }[];
    }
  /** R22: this person can act no more; open tasks go to the successor, the rule again, or the admin queue. */
  | {
      readonly type: 'replacePerson';
      readonly by: By;
      readonly personId: string;
      readonly successorId: string | null;
    };

export type Command = SubmitCommand | InstanceCommand;

/* ---------- events ---------- */

interface Happened {
  readonly at: number;
  readonly by: By;
}

export type InstanceEvent = Happened &
  (
    | {
        readonly type: 'submitted';
        readonly instanceId: string;
        readonly number: string;
        readonly templateKey: string;
        readonly templateVersion: number;
        readonly title: string;
        readonly applicant: PersonSnapshot;
        readonly form: FormValues;
        readonly values: Values;
        readonly chosen: Chosen;
        readonly forecast: readonly ForecastStep[];
      }
    | {
        readonly type: 'stepOpened';
        readonly position: number;
        readonly round: number;
        readonly stepId: string;
        readonly stepKey: string;
        readonly title: string;
        readonly mode: StepMode;
        readonly refusal: Refusal;
        readonly seats: readonly Seat[];
        readonly why: string;
        readonly allowWorkdays: number | null;
        readonly requiresComment: boolean;
        /** R24: set when the people differ from the forecast. */
        readonly differs: { readonly foretold: readonly string[]; readonly actual: readonly string[] } | null;
      }
    | {
        readonly type: 'stepSkipped';
        readonly position: number;
        readonly round: number;
        readonly stepKey: string;
        readonly title: string;
        readonly why: string;
      }
    | { readonly type: 'stepFinished'; readonly stepId: string; readonly outcome: 'approved' | 'rejected' }
    | {
        readonly type: 'taskOpened';
        readonly taskId: string;
        readonly stepId: string;
        readonly seat: number;
        readonly round: number;
        readonly person: PersonSnapshot;
        readonly why: string;
        readonly fromTaskId: string | null;
      }
    | {
        readonly type: 'taskDecided';
        readonly taskId: string;
        readonly stepId: string;
        readonly decision: 'approved' | 'rejected';
        readonly comment: string | null;
      }
    | { readonly type: 'taskNotNeeded'; readonly taskId: string; readonly stepId: string }
    | {
        readonly type: 'taskTransferred';
        readonly taskId: string;
        readonly stepId: string;
        /** null: the seat went to the admin queue or merged with another seat of the same person (R25). */
        readonly toTaskId: string | null;
        readonly toPerson: PersonSnapshot | null;
        readonly comment: string | null;
      }
    | {
        readonly type: 'seatFilled';
        readonly stepId: string;
        readonly seat: number;
        readonly person: PersonSnapshot;
        readonly why: string;
      }
    | {
        readonly type: 'seatVacated';
        readonly stepId: string;
        readonly seat: number;
        readonly missing: string;
      }
    /** R25: the successor already sits at this step; the seat ends, one person keeps one vote. */
    | { readonly type: 'seatMerged'; readonly stepId: string; readonly seat: number; readonly into: number }
    /** R18: somebody must be named; raise the alarm. */
    | {
        readonly type: 'waitingForAdmin';
        readonly stepId: string;
        readonly seats: readonly number[];
        readonly reasons: readonly string[];
      }
    | {
        readonly type: 'ccSent';
        readonly position: number;
        readonly stepKey: string;
        readonly title: string;
        readonly people: readonly { readonly person: PersonSnapshot; readonly why: string }[];
      }
    | { readonly type: 'commented'; readonly commentId: string; readonly text: string }
    | {
        readonly type: 'reminded';
        readonly taskIds: readonly string[];
        readonly personIds: readonly string[];
      }
    | { readonly type: 'readMarked'; readonly personId: string }
    | { readonly type: 'withdrawn'; readonly reason: string | null }
    | { readonly type: 'approved' }
    | { readonly type: 'rejected'; readonly stepId: string; readonly comment: string | null }
  );

/** `already`: a late or repeated act; nothing changed and `events` is empty (R1, R27, R28). */
export interface Decision {
  readonly outcome: 'done' | 'already';
  readonly events: readonly InstanceEvent[];
  readonly state: InstanceState;
}
