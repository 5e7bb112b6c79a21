/**
 * What one approval request is. The state is one JSON document, rebuilt from the events (events.ts) at any time
 * (`replay`). Everything a later reader needs is frozen inside (names, posts, modes, words), so that neither a directory
 * change nor a new template version rewrites history (R4, R22, R41). Instants are epoch ms from the server's clock (R44).
 */
import type { Chosen, FormValues, InstanceStatus } from '../contract.ts';
import type { BranchesInState } from './branches.ts';
import type { CirculationsInState, Mention } from './circulation.ts';
import type { Values } from './condition.ts';
import type { EditsInState } from './edits.ts';
import type { By, ForecastStep, PersonSnapshot } from './people.ts';
import type { JumpedOver, ReturnsInState } from './returns.ts';
import type { StepState } from './steps.ts';
import type { ConsultState, TaskState } from './tasks.ts';
import type { TimeoutsInState } from './timeouts.ts';

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
