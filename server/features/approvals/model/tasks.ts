/** What people at a step are asked: to decide, and for an opinion. */
import type { By, PersonSnapshot } from './people.ts';

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
