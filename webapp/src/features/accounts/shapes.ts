/** The shapes of the accounts room as its contract defines them. Types only: no server code is bundled. */
import type { Due } from '../../api/shapes.ts';
import type * as contract from '../../../../server/features/accounts/contract.ts';

export type {
  AccountsAnswer,
  CancellationAnswer,
  ItemAnswer,
  ItemToChange,
  Letter,
  RequestActAnswer,
  RequestAnswer,
  RequestKind,
  RequestStatus,
  SheetActAnswer,
  SheetAnswer,
} from '../../../../server/features/accounts/contract.ts';

/** A clock in the server's words. The contract has none here yet; when it sends one, it is shown. */
interface Clocked {
  readonly due?: Due | null;
}

export type RequestBrief = contract.RequestBrief & Clocked;
export interface RequestsPage {
  readonly items: RequestBrief[];
  readonly next: string | null;
}
/** Why somebody is locked: for named roles. */
export interface LockReason {
  readonly cause: 'investigation' | 'other' | null;
  readonly reason: string;
}
export type LetterAnswer = contract.LetterAnswer & Clocked;
export type LetterAccount = LetterAnswer['accounts'][number];
export type SheetItem = contract.SheetAnswer['items'][number];
export type Reply = contract.ReplyRequest;
export type LockDecision = contract.DecideLockRequest;
export type LockRow = contract.AccountsAnswer['locks'][number];
