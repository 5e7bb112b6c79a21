/** What happened to a request, in order; its state is these, evolved. */
import type { Chosen, FormValues } from '../contract.ts';
import type { BranchFact } from './branches.ts';
import type { CirculationFact, Mention } from './circulation.ts';
import type { Values } from './condition.ts';
import type { FormEdited } from './edits.ts';
import type { By, ForecastStep, PersonSnapshot } from './people.ts';
import type { JumpedOver, ReturnFact } from './returns.ts';
import type { InstanceState, NamedFile } from './state.ts';
import type { Needed, Placement, Refusal, Seat, StepMode } from './steps.ts';
import type { Signature } from './tasks.ts';
import type { TimedOut } from './timeouts.ts';

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
