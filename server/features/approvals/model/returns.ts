/**
 * The part of a request's model that goes backwards or is left out: sent back, made again, ended by an
 * administrator, revoked after approval, and seats passed because their person decided already. Every field here is
 * optional in the state, so that requests from before these acts replay to what they always were.
 */
import type { Chosen, FormValues } from '../contract.ts';
import type { Values } from './condition.ts';
import type { By, ForecastStep, PersonSnapshot } from './people.ts';

/** REDO_ALL: from the target on everybody decides again. BACK_TO_RETURNER: after the target, whoever sent it back. */
export type OnReturn = 'REDO_ALL' | 'BACK_TO_RETURNER';
export type Dedupe = 'off' | 'oncePerCase' | 'consecutive';

/** Positions `[from, to)` (template/plan.ts) that are passed over on the way back to who sent it back (R13). */
export interface Jump {
  readonly from: number;
  readonly to: number;
  /** Who sent it back, where that is not at `to`: in another branch. */
  readonly back?: number;
}

/** One act of sending back. `toStepKey` null: to the applicant. */
export interface ReturnState {
  readonly returnId: string;
  readonly at: number;
  readonly by: By;
  /** The round that begins with it. */
  readonly round: number;
  readonly fromTitle: string;
  readonly toStepKey: string | null;
  /** "申请人" or the step's title. */
  readonly toTitle: string;
  readonly reason: string;
}

export interface ChangedField {
  readonly key: string;
  readonly label: string;
}

export interface ResubmissionState {
  readonly returnId: string;
  readonly at: number;
  readonly by: By;
  readonly round: number;
  readonly changed: readonly ChangedField[];
  /** R13: a field some condition looks at changed, so the path is taken from its beginning again. */
  readonly recomputed: boolean;
}

/** The decision a seat was passed on: who decided what, when. */
export interface ReliedOn {
  readonly taskId: string;
  readonly stepKey: string;
  readonly stepTitle: string;
  readonly person: PersonSnapshot;
  readonly at: number;
}

/** A seat nobody was asked for, because its person decided in this round already (R15). */
export interface PassedSeat {
  readonly stepId: string;
  readonly seat: number;
  readonly at: number;
  readonly reliedOn: ReliedOn;
  readonly why: string;
}

export interface RevokedState {
  readonly at: number;
  readonly by: By;
  readonly reason: string;
  /** What was taken back, in words. */
  readonly released: readonly string[];
  /** What cannot be taken back any more, in words. */
  readonly kept: readonly string[];
}

export interface ReturnsInState {
  readonly jumps?: readonly Jump[];
  readonly returns?: readonly ReturnState[];
  /** Set while the request lies with the applicant. */
  readonly returned?: ReturnState | null;
  readonly resubmissions?: readonly ResubmissionState[];
  readonly passed?: readonly PassedSeat[];
  readonly revoked?: RevokedState;
}

/* ---------- commands ---------- */

export type ReturnCommand =
  | {
      readonly type: 'sendBack';
      readonly by: By;
      readonly taskId: string;
      /** null: to the applicant */
      readonly toStepKey: string | null;
      readonly reason: string;
    }
  | {
      readonly type: 'resubmit';
      readonly by: By;
      readonly title: string;
      readonly form: FormValues;
      readonly values: Values;
      readonly chosen: Chosen;
      readonly forecast: readonly ForecastStep[];
    }
  | { readonly type: 'terminate'; readonly by: By; readonly reason: string }
  | {
      readonly type: 'revoke';
      readonly by: By;
      readonly reason: string;
      readonly released: readonly string[];
      readonly kept: readonly string[];
    };

/* ---------- events ---------- */

export type ReturnFact =
  | {
      readonly type: 'sentBack';
      readonly returnId: string;
      /** The task it was sent back from. */
      readonly taskId: string;
      readonly fromTitle: string;
      readonly toStepKey: string | null;
      readonly toTitle: string;
      /** Where the request goes on, in which branch, and the groups of branches that end thereby. */
      readonly position: number;
      readonly branchId?: string;
      readonly groupIds?: readonly string[];
      readonly round: number;
      readonly reason: string;
      /** R12: the other open tasks downstream of the target, and the steps they belong to. */
      readonly cancelled: readonly string[];
      readonly stepIds: readonly string[];
      readonly jumps: readonly Jump[];
    }
  | {
      readonly type: 'resubmitted';
      readonly returnId: string;
      readonly title: string;
      readonly form: FormValues;
      readonly values: Values;
      readonly chosen: Chosen;
      readonly forecast: readonly ForecastStep[];
      readonly changed: readonly ChangedField[];
      readonly recomputed: boolean;
      readonly jumps: readonly Jump[];
    }
  | {
      readonly type: 'seatPassed';
      readonly stepId: string;
      readonly seat: number;
      readonly reliedOn: ReliedOn;
      readonly why: string;
    }
  | { readonly type: 'terminated'; readonly reason: string }
  | {
      readonly type: 'revoked';
      readonly reason: string;
      readonly released: readonly string[];
      readonly kept: readonly string[];
    };

/** On a skipped step: whose earlier word stands, for they are told of it (R13). */
export interface JumpedOver {
  readonly toTitle: string;
  readonly people: readonly PersonSnapshot[];
}
