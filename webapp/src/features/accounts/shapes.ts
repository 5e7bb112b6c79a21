/** The shapes of the accounts room as its contract defines them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/accounts/contract.ts';

export type {
  AccountsAnswer,
  CancellationAnswer,
  CircularAnswer,
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

export type RequestBrief = contract.RequestBrief;
export type RequestsPage = contract.RequestsAnswer;
/** Why somebody is locked: for named roles. */
export interface LockReason {
  readonly cause: 'investigation' | 'other' | null;
  readonly reason: string;
}
export type LocksPage = contract.LocksAnswer;
export type SheetsPage = contract.SheetsAnswer;
export type LetterAnswer = contract.LetterAnswer;
export type LetterAccountsPage = contract.LetterAccountsAnswer;
export type LetterAccount = LetterAccountsPage['items'][number];
export type AccountHistoryPage = contract.AccountHistoryAnswer;
export type SheetItem = contract.SheetAnswer['items'][number];
export type Reply = contract.ReplyRequest;
export type LockDecision = contract.DecideLockRequest;
export type LockRow = contract.AccountsAnswer['locks'][number];
