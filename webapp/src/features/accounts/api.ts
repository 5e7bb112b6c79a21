import { get, post, put } from '../../api/http.ts';
import type { FilledInput } from './form/filled.ts';
import type {
  AccountHistoryPage,
  AccountsAnswer,
  CancellationAnswer,
  CircularAnswer,
  Letter,
  LetterAccountsPage,
  LetterAnswer,
  LockDecision,
  LockReason,
  LocksPage,
  Reply,
  RequestActAnswer,
  RequestAnswer,
  RequestsPage,
  SheetActAnswer,
  SheetAnswer,
  SheetsPage,
} from './shapes.ts';

/** Every call of the account pages. The server decides each one; what it refuses comes back as a Failure with words. */
const root = '/api/accounts';
const at = (...parts: string[]): string => [root, ...parts.map(encodeURIComponent)].join('/');

type Query = Record<string, string | number | null | undefined>;

export const listRequests = (query: Query, signal?: AbortSignal): Promise<RequestsPage> =>
  get(at('requests'), query, signal);
export const readRequest = (requestId: string, signal?: AbortSignal): Promise<RequestAnswer> =>
  get(at('requests', requestId), {}, signal);
export const createRequest = (personId: string, filled: FilledInput): Promise<RequestActAnswer> =>
  post(at('requests'), { personId, filled, submit: null });
export const fillRequest = (requestId: string, filled: FilledInput): Promise<RequestActAnswer> =>
  put(at('requests', requestId, 'form'), { filled });
export const submitRequest = (requestId: string, unitId: string, letter: Letter): Promise<RequestActAnswer> =>
  post(at('requests', requestId, 'submit'), { unitId, letter });
export const returnRequest = (
  requestId: string,
  missing: readonly string[],
  note: string,
): Promise<RequestActAnswer> => post(at('requests', requestId, 'return'), { missing, note });
export const acceptRequest = (requestId: string): Promise<RequestActAnswer> =>
  post(at('requests', requestId, 'accept'));
export const executeRequest = (requestId: string): Promise<RequestActAnswer> =>
  post(at('requests', requestId, 'execute'));
export const withdrawRequest = (requestId: string, reason: string): Promise<RequestActAnswer> =>
  post(at('requests', requestId, 'withdraw'), { reason });
export const confirmItem = (
  requestId: string,
  itemId: string,
  proof: { note: string; fileId: string | null },
): Promise<RequestActAnswer> => post(at('requests', requestId, 'items', itemId, 'confirm'), proof);
export const retryItem = (requestId: string, itemId: string): Promise<RequestActAnswer> =>
  post(at('requests', requestId, 'items', itemId, 'retry'));
export const readLockReason = (requestId: string, purpose: string): Promise<LockReason> =>
  post(at('requests', requestId, 'reason'), { purpose });

export const readAccounts = (personId: string, signal?: AbortSignal): Promise<AccountsAnswer> =>
  get(at('people', personId), {}, signal);
export const listHistory = (
  personId: string,
  query: Query,
  signal?: AbortSignal,
): Promise<AccountHistoryPage> => get(at('people', personId, 'history'), query, signal);
export const listLocks = (query: Query, signal?: AbortSignal): Promise<LocksPage> =>
  get(at('locks'), query, signal);
export const decideLock = (lockId: string, decision: LockDecision): Promise<{ requestIds: string[] }> =>
  post(at('locks', lockId, 'decide'), decision);
export const recordResult = (lockId: string, resultOn: string): Promise<unknown> =>
  post(at('locks', lockId, 'result'), { resultOn });

export const readCancellation = (requestId: string, signal?: AbortSignal): Promise<CancellationAnswer> =>
  get(at('cancellations', requestId), {}, signal);
export const confirmBackup = (requestId: string, statement: string): Promise<unknown> =>
  post(at('cancellations', requestId, 'backup'), { statement });
export const deleteCancelled = (requestId: string): Promise<RequestActAnswer> =>
  post(at('cancellations', requestId, 'delete'));
export const recallCancellation = (requestId: string, reason: string): Promise<RequestActAnswer> =>
  post(at('cancellations', requestId, 'recall'), { reason });

export const listSheets = (query: Query, signal?: AbortSignal): Promise<SheetsPage> =>
  get(at('handovers'), query, signal);
export const readSheet = (sheetId: string, signal?: AbortSignal): Promise<SheetAnswer> =>
  get(at('handovers', sheetId), {}, signal);
export const assignSuccessor = (
  sheetId: string,
  successorId: string,
  itemId: string | null,
): Promise<{ changed: number }> =>
  post(at('handovers', sheetId, 'assign'), { successorId, ...(itemId === null ? {} : { itemId }) });
export const tryHandover = (sheetId: string): Promise<unknown> => post(at('handovers', sheetId, 'dry-run'));
export const handOver = (sheetId: string): Promise<SheetActAnswer> =>
  post(at('handovers', sheetId, 'execute'));
export const undoHandover = (sheetId: string): Promise<SheetActAnswer> =>
  post(at('handovers', sheetId, 'undo'));
export const signSheet = (sheetId: string): Promise<{ closed: boolean }> =>
  post(at('handovers', sheetId, 'sign'));

export const readLetter = (letterId: string, signal?: AbortSignal): Promise<LetterAnswer> =>
  get(at('letters', letterId), {}, signal);
export const listLetterAccounts = (
  letterId: string,
  query: Query,
  signal?: AbortSignal,
): Promise<LetterAccountsPage> => get(at('letters', letterId, 'accounts'), query, signal);
export const readCircular = (circularId: string, signal?: AbortSignal): Promise<CircularAnswer> =>
  get(at('circulars', circularId), {}, signal);
export const replyFor = (letterItemId: string, reply: Reply): Promise<{ requestId: string | null }> =>
  post(at('letter-items', letterItemId, 'reply'), reply);
