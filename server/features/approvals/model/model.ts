/**
 * What one approval request is: its state, what is asked of it (commands) and what happened to it (events).
 * The state is one JSON document, rebuilt from the events at any time (`replay`). Everything a later reader needs
 * is frozen inside (names, posts, modes, words), so that neither a directory change nor a new template version
 * rewrites history (R4, R22, R41). Instants are epoch ms from the server's clock (R44).
 */
import type { Chosen, FormValues, InstanceStatus } from '../contract.ts';
import type { Values } from './condition.ts';
import type { JumpedOver, ReturnCommand, ReturnFact, ReturnsInState } from './returns.ts';
import type { EditFormCommand, EditsInState, FormEdit, FormEdited } from './edits.ts';
import type { CirculationCommand, CirculationFact, CirculationsInState, Mention } from './circulation.ts';
import type { TimedOut, TimeOutCommand, TimeoutsInState } from './timeouts.ts';
import type { BranchesInState, BranchFact } from './branches.ts';
import type { By, ForecastStep, PersonSnapshot } from './people.ts';

export type { By, ForecastStep, PersonSnapshot } from './people.ts';

/** 会签 all · 或签 any · 依次 sequential · 票签 quorum */
export type StepMode = 'all' | 'any' | 'sequential' | 'quorum';

/** 票签: how many must agree, as a number of people or as a share of those who count, in percent (R3). */
export type Needed = number | { readonly percent: number };

/** 加签 前 before · 后 after · 并 parallel (R8, R9, R10). */
export type Placement = 'before' | 'after' | 'parallel';

/** What makes a seat an added one: who added it from which seat, and where it stands. */
export interface Addition {
  /** Seats added by one act share it. */
  readonly additionId: string;
  readonly placement: Placement;
  readonly bySeat: number;
  readonly byName: string;
  readonly at: number;
  /** What the one who added asks; null when they said nothing. */
  readonly note: string | null;
  /** Taken back by the one who added, before it was decided. */
  readonly removed: boolean;
}

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
  /** Set on seats added while the step was open (R4: a logged act). */
  readonly addition?: Addition;
}

/** not_needed: the request, or the branch around it, ended by a refusal in another branch. */
export type StepOutcome = 'approved' | 'rejected' | 'withdrawn' | 'returned' | 'terminated' | 'not_needed';

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
  /** Only in 票签. */
  readonly needed?: Needed;
  /** 办理: its holders carry something out; nothing there is an approval. */
  readonly role?: 'handle';
  /** 手写签名: whoever agrees signs by hand. */
  readonly signature?: true;
  /** The branch it lies in; absent on the main line. */
  readonly branchId?: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly outcome: StepOutcome | null;
}

/**
 * pending: a to-do. approved, rejected: decided by its holder. not_needed: closed by somebody else's act (R6).
 * transferred: moved to another task of the same seat. withdrawn: the applicant took the request back. sent_back: its
 * holder sent the request back; returned: closed by that (R12). terminated: an administrator ended the request.
 * waiting: undecidable until those added before it answered (R8). removed: an added one, taken back.
 * done, cannot: how a holder of a 办理 step ended it. timed_out: passed by the system, as its template allows (R46).
 */
export type TaskStatus =
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'not_needed'
  | 'transferred'
  | 'withdrawn'
  | 'sent_back'
  | 'returned'
  | 'terminated'
  | 'waiting'
  | 'removed'
  | 'done'
  | 'cannot'
  | 'timed_out';

/** 手写签名, bound to the decision it was given with. */
export interface Signature {
  readonly fileId: string;
  /** SHA-256 of the picture, in hex. */
  readonly hash: string;
  /** typed: by keyboard, for who cannot draw; the record says so. */
  readonly how: 'drawn' | 'typed';
}

/** One person, one seat, one round. */
export interface TaskState {
  readonly taskId: string;
  readonly stepId: string;
  readonly seat: number;
  readonly round: number;
  readonly person: PersonSnapshot;
  /** 代理审批 (R30): the one whose seat it is, while `person` stands in for them. */
  readonly onBehalfOf?: PersonSnapshot;
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
  /** Which decision of the request it was: 1, 2 …; absent on decisions from before dedupe (R16). */
  readonly decidedAs?: number;
  /** The form it was decided on, see engine/form-edits.ts; absent: as handed in. */
  readonly formVersion?: number;
  readonly signature?: Signature;
  /** Not needed because the vote had passed while those added after it are still asked (R9). */
  readonly voteOver?: true;
}

/**
 * 征求意见: somebody is asked for an opinion by the holder of a seat and answers it; who asks keeps the
 * responsibility and the clock (R30). Whether it is still open is computed, see engine/consult.ts.
 */
export interface ConsultState {
  readonly consultId: string;
  readonly stepId: string;
  readonly seat: number;
  readonly askedBy: By;
  readonly person: PersonSnapshot;
  readonly question: string;
  readonly askedAt: number;
  readonly answer: string | null;
  readonly answeredAt: number | null;
  /** The one asked can answer no more. */
  readonly droppedAt: number | null;
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
  readonly jumpedOver?: JumpedOver;
  /** R24: who was foretold for it, where an edit of the form took it out of the path. */
  readonly foretold?: readonly string[];
}

export interface CommentState {
  readonly commentId: string;
  /** Its author's, by which it is known when it is sent again; absent in comments of before. */
  readonly clientKey?: string;
  readonly by: By;
  readonly at: number;
  readonly text: string;
  /** Who is named in it; each was told once. */
  readonly mentions?: readonly Mention[];
  readonly files?: readonly NamedFile[];
}

/** An attachment, with the name it was given. */
export interface NamedFile {
  readonly fileId: string;
  readonly name: string;
}

export interface ReminderState {
  readonly at: number;
  readonly taskIds: readonly string[];
  readonly personIds: readonly string[];
}

export interface InstanceState
  extends ReturnsInState, EditsInState, TimeoutsInState, CirculationsInState, BranchesInState {
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
  /** In the template's row of steps (template/plan.ts): the next one of the main line to look at. */
  readonly position: number;
  readonly steps: readonly StepState[];
  readonly skipped: readonly SkippedStep[];
  readonly tasks: readonly TaskState[];
  readonly copies: readonly CopyState[];
  readonly comments: readonly CommentState[];
  readonly reminders: readonly ReminderState[];
  /** Absent until somebody is asked. */
  readonly consults?: readonly ConsultState[];
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
  | ReturnCommand
  | EditFormCommand
  | TimeOutCommand
  | CirculationCommand
  | {
      readonly type: 'approve';
      readonly by: By;
      readonly taskId: string;
      readonly comment?: string | undefined;
      readonly signature?: Signature | undefined;
      /** Changes of the form that are part of the decision. */
      readonly edit?: FormEdit | undefined;
      /** Tapped on a card, which shows the form as it was when the task was opened. */
      readonly onCard?: boolean | undefined;
      /** Version of the form as it was shown beside others, where it was. */
      readonly sawForm?: number | undefined;
    }
  | { readonly type: 'reject'; readonly by: By; readonly taskId: string; readonly comment: string }
  | {
      readonly type: 'transfer';
      readonly by: By;
      readonly taskId: string;
      readonly toPersonId: string;
      readonly comment?: string | undefined;
    }
  /** Of a 办理 step: what came of it, in words. */
  | {
      readonly type: 'handle';
      readonly by: By;
      readonly taskId: string;
      readonly result: 'done' | 'cannot';
      readonly comment: string;
      readonly edit?: FormEdit | undefined;
    }
  /** `after` decides the own task as well, and `comment` is then the comment of that decision. */
  | {
      readonly type: 'addApprovers';
      readonly by: By;
      readonly taskId: string;
      readonly placement: Placement;
      readonly personIds: readonly string[];
      readonly comment?: string | undefined;
    }
  /** `taskId`: of the person who was added. */
  | { readonly type: 'removeApprover'; readonly by: By; readonly taskId: string }
  | {
      readonly type: 'consult';
      readonly by: By;
      readonly taskId: string;
      readonly personIds: readonly string[];
      readonly question: string;
    }
  | { readonly type: 'answerConsult'; readonly by: By; readonly consultId: string; readonly text: string }
  | { readonly type: 'withdraw'; readonly by: By; readonly reason?: string | undefined }
  | {
      readonly type: 'comment';
      readonly by: By;
      readonly clientKey?: string | undefined;
      readonly text: string;
      /** People who may see the request. */
      readonly mentions?: readonly string[] | undefined;
      readonly files?: readonly NamedFile[] | undefined;
    }
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
      /** Ask for agents before the successor; a hand-over that people chose goes where they said. */
      readonly viaAgents: boolean;
      /** The successor also takes the seats this person left behind without anybody (R18). */
      readonly leftBehind?: true;
      /** Only these tasks; unsaid: all that is undecided. */
      readonly taskIds?: readonly string[];
    }
  /** R33: an agency begins with what its principal holds, or ends and gives back what is undecided. */
  | { readonly type: 'handToAgent'; readonly by: By; readonly personId: string }
  | {
      readonly type: 'handBack';
      readonly by: By;
      readonly personId: string;
      readonly agentId: string;
      /** R22: who takes over from a principal who can act no more; null or left out: nobody was named. */
      readonly successorId?: string | null;
    };

export type Command = SubmitCommand | InstanceCommand;

/* ---------- events ---------- */

interface Happened {
  readonly at: number;
  readonly by: By;
}

export type InstanceEvent = Happened &
  (
    | ReturnFact
    | FormEdited
    | TimedOut
    | CirculationFact
    | BranchFact
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
        readonly needed?: Needed;
        readonly role?: 'handle';
        readonly signature?: true;
        readonly branchId?: string;
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
        readonly jumpedOver?: JumpedOver;
        readonly foretold?: readonly string[];
        readonly branchId?: string;
      }
    | {
        readonly type: 'stepFinished';
        readonly stepId: string;
        readonly outcome: 'approved' | 'rejected' | 'not_needed';
      }
    | {
        readonly type: 'taskOpened';
        readonly taskId: string;
        readonly stepId: string;
        readonly seat: number;
        readonly round: number;
        readonly person: PersonSnapshot;
        readonly onBehalfOf?: PersonSnapshot;
        readonly why: string;
        readonly fromTaskId: string | null;
      }
    | {
        readonly type: 'taskDecided';
        readonly taskId: string;
        readonly stepId: string;
        readonly decision: 'approved' | 'rejected';
        readonly comment: string | null;
        readonly decidedAs?: number;
        readonly formVersion?: number;
        readonly signature?: Signature;
      }
    | {
        readonly type: 'taskHandled';
        readonly taskId: string;
        readonly stepId: string;
        readonly result: 'done' | 'cannot';
        readonly comment: string;
        readonly decidedAs?: number;
        readonly formVersion?: number;
      }
    | {
        readonly type: 'taskNotNeeded';
        readonly taskId: string;
        readonly stepId: string;
        readonly voteOver?: true;
      }
    /** R8: undecidable from now on, and decidable again. */
    | { readonly type: 'taskPaused'; readonly taskId: string; readonly stepId: string }
    | { readonly type: 'taskResumed'; readonly taskId: string; readonly stepId: string }
    | {
        readonly type: 'approversAdded';
        readonly stepId: string;
        /** From which task. */
        readonly taskId: string;
        readonly placement: Placement;
        readonly seats: readonly Seat[];
      }
    | {
        readonly type: 'approverRemoved';
        readonly stepId: string;
        readonly seat: number;
        readonly taskId: string;
      }
    | {
        readonly type: 'consulted';
        readonly consultId: string;
        readonly stepId: string;
        readonly seat: number;
        readonly person: PersonSnapshot;
        readonly question: string;
      }
    | { readonly type: 'consultAnswered'; readonly consultId: string; readonly text: string }
    | { readonly type: 'consultDropped'; readonly consultId: string }
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
        readonly branchId?: string;
      }
    | {
        readonly type: 'commented';
        readonly commentId: string;
        readonly clientKey?: string;
        readonly text: string;
        readonly mentions?: readonly Mention[];
        readonly files?: readonly NamedFile[];
      }
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
