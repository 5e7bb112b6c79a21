/** The accounts room's answers as the pages use them. Types only: no server code is bundled. */
import type { z } from 'zod';
import type * as contract from '../../../../server/features/accounts/contract.ts';
import type { PeoplePage, UnitsPage } from '../../api/shapes.ts';
import { get, post, put, upload, type Query, withQuery } from '../../api/http.ts';

export type RequestKind = contract.RequestKind;
export type Box = contract.Box;
export type RequestStatus = contract.RequestStatus;
export type Category = contract.Category;
export type LeavingReason = contract.LeavingReason;
export type AccountState = contract.AccountState;
export type Filled = contract.Filled;
export type Letter = contract.Letter;
export type ItemToChange = contract.ItemToChange;
export type RequestBrief = contract.RequestBrief;
export type RequestsAnswer = z.infer<typeof contract.RequestsAnswer>;
export type RequestAnswer = contract.RequestAnswer;
export type RequestItem = contract.ItemAnswer;
export type Sender = z.infer<typeof contract.SenderAnswer>;
export type ActAnswer = contract.RequestActAnswer;
export type AccountsAnswer = contract.AccountsAnswer;
export type Lock = AccountsAnswer['locks'][number];
export type LocksAnswer = contract.LocksAnswer;
export type SheetsAnswer = contract.SheetsAnswer;
export type DecideLockRequest = contract.DecideLockRequest;
export type LockReason = z.infer<typeof contract.LockReasonAnswer>;
export type CancellationAnswer = contract.CancellationAnswer;
export type ExchangeAnswer = contract.ExchangeAnswer;
export type ExchangeRow = ExchangeAnswer['rows'][number];
export type ConfirmRowsAnswer = z.infer<typeof contract.ConfirmRowsAnswer>;
export type LateCasesAnswer = z.infer<typeof contract.LateCasesAnswer>;
export type LateCase = LateCasesAnswer['items'][number];
export type Instruction = z.infer<typeof contract.InstructionRequest>;
export type CircularAnswer = contract.CircularAnswer;
export type CircularsAnswer = contract.CircularsAnswer;
export type SheetAnswer = contract.SheetAnswer;
export type SheetItem = SheetAnswer['items'][number];
export type SheetActAnswer = contract.SheetActAnswer;
export type Verdict = z.infer<typeof contract.Verdict>;
export type InspectionsAnswer = z.infer<typeof contract.InspectionsAnswer>;
export type InspectionBrief = InspectionsAnswer['items'][number];
export type InspectionAnswer = contract.InspectionAnswer;
export type FindingsAnswer = z.infer<typeof contract.FindingsAnswer>;
export type Finding = FindingsAnswer['items'][number];
export type EvidenceFile = z.infer<typeof contract.ImportEvidenceRequest>;
export type EvidenceAnswer = contract.ImportEvidenceAnswer;
export type LetterAnswer = contract.LetterAnswer;
export type LettersAnswer = contract.LettersAnswer;
export type LetterAccountsAnswer = contract.LetterAccountsAnswer;
export type LetterAccount = LetterAccountsAnswer['items'][number];
export type AccountHistoryAnswer = contract.AccountHistoryAnswer;
export type ReplyRequest = contract.ReplyRequest;

export type SystemsAnswer = contract.SystemsAnswer;
export type SystemEntry = SystemsAnswer['systems'][number];
export type LinksAnswer = contract.LinksAnswer;
export type LinkState = LinksAnswer['items'][number]['state'];

export interface UploadedFile {
  fileId: string;
  name: string;
  size: number;
}
type Ok = { ok: true };

const base = '/api/accounts';
const id = encodeURIComponent;
const request = (requestId: string): string => `${base}/requests/${id(requestId)}`;
const cancellation = (requestId: string): string => `${base}/cancellations/${id(requestId)}`;
const sheet = (sheetId: string): string => `${base}/handovers/${id(sheetId)}`;
const inspection = (inspectionId: string): string => `${base}/inspections/${id(inspectionId)}`;

/** A letter or a proof; the server says who may read it. */
export const fileUrl = (requestId: string, fileId: string): string =>
  `${request(requestId)}/files/${id(fileId)}`;

/** Reads are given up with their `signal`; keyset pages take `cursor` and answer `next`. */
export const accounts = {
  requests: (query: Query, signal?: AbortSignal) => get<RequestsAnswer>(`${base}/requests`, query, signal),
  request: (requestId: string, signal?: AbortSignal) => get<RequestAnswer>(request(requestId), {}, signal),
  create: (body: contract.CreateRequest) => post<ActAnswer>(`${base}/requests`, body),
  fill: (requestId: string, filled: Filled) => put<ActAnswer>(`${request(requestId)}/form`, { filled }),
  submit: (requestId: string, unitId: string, letter: Letter) =>
    post<ActAnswer>(`${request(requestId)}/submit`, { unitId, letter }),
  giveBack: (requestId: string, missing: string[], note: string) =>
    post<ActAnswer>(`${request(requestId)}/return`, { missing, note }),
  accept: (requestId: string) => post<ActAnswer>(`${request(requestId)}/accept`),
  withdraw: (requestId: string, reason: string) =>
    post<ActAnswer>(`${request(requestId)}/withdraw`, { reason }),
  execute: (requestId: string) => post<ActAnswer>(`${request(requestId)}/execute`),
  confirmItem: (requestId: string, itemId: string, proof: { note: string; fileId: string | null }) =>
    post<ActAnswer>(`${request(requestId)}/items/${id(itemId)}/confirm`, proof),
  retryItem: (requestId: string, itemId: string) =>
    post<ActAnswer>(`${request(requestId)}/items/${id(itemId)}/retry`),
  reason: (requestId: string, purpose: string) =>
    post<LockReason>(`${request(requestId)}/reason`, { purpose }),

  ofPerson: (personId: string, signal?: AbortSignal) =>
    get<AccountsAnswer>(`${base}/people/${id(personId)}`, {}, signal),
  history: (personId: string, query: Query, signal?: AbortSignal) =>
    get<AccountHistoryAnswer>(`${base}/people/${id(personId)}/history`, query, signal),
  locks: (query: Query, signal?: AbortSignal) => get<LocksAnswer>(`${base}/locks`, query, signal),
  decideLock: (lockId: string, decision: DecideLockRequest) =>
    post<{ requestIds: string[] }>(`${base}/locks/${id(lockId)}/decide`, decision),
  lockResult: (lockId: string, resultOn: string) =>
    post<Ok>(`${base}/locks/${id(lockId)}/result`, { resultOn }),

  cancellation: (requestId: string, signal?: AbortSignal) =>
    get<CancellationAnswer>(cancellation(requestId), {}, signal),
  backup: (requestId: string, statement: string) =>
    post<Ok>(`${cancellation(requestId)}/backup`, { statement }),
  remove: (requestId: string) => post<ActAnswer>(`${cancellation(requestId)}/delete`),
  recall: (requestId: string, reason: string) =>
    post<ActAnswer>(`${cancellation(requestId)}/recall`, { reason }),

  sheets: (query: Query, signal?: AbortSignal) => get<SheetsAnswer>(`${base}/handovers`, query, signal),
  makeSheet: (personId: string) => post<{ sheetId: string }>(`${base}/handovers`, { personId }),
  sheet: (sheetId: string, signal?: AbortSignal) => get<SheetAnswer>(sheet(sheetId), {}, signal),
  assign: (sheetId: string, successorId: string | null, itemId?: string) =>
    post<{ changed: number }>(
      `${sheet(sheetId)}/assign`,
      itemId === undefined ? { successorId } : { successorId, itemId },
    ),
  dryRun: (sheetId: string) => post<Ok>(`${sheet(sheetId)}/dry-run`),
  handOver: (sheetId: string, phrase?: string) =>
    post<SheetActAnswer>(`${sheet(sheetId)}/execute`, { ...(phrase && { phrase }) }),
  undoSheet: (sheetId: string) => post<SheetActAnswer>(`${sheet(sheetId)}/undo`),
  sign: (sheetId: string) => post<{ closed: boolean }>(`${sheet(sheetId)}/sign`),

  lateFile: (query: Query): string => withQuery(`${base}/late/export`, query),
  requestsFile: (query: Query): string => withQuery(`${base}/export/requests`, query),
  late: (query: Query, signal?: AbortSignal) => get<LateCasesAnswer>(`${base}/late`, query, signal),
  instruct: (instruction: Instruction) => post<Ok>(`${base}/late/instruct`, instruction),

  circulars: (query: Query, signal?: AbortSignal) => get<CircularsAnswer>(`${base}/circulars`, query, signal),
  circular: (circularId: string, signal?: AbortSignal) =>
    get<CircularAnswer>(`${base}/circulars/${id(circularId)}`, {}, signal),
  draftCircular: (lateCaseIds: string[]) =>
    post<{ circularId: string }>(`${base}/circulars`, { lateCaseIds }),
  editCircular: (circularId: string, words: contract.EditCircularRequest) =>
    put<Ok>(`${base}/circulars/${id(circularId)}`, words),
  discardCircular: (circularId: string, version: number) =>
    post<Ok>(`${base}/circulars/${id(circularId)}/discard`, { version }),
  issueCircular: (circularId: string, version: number, textHash: string) =>
    post<Ok>(`${base}/circulars/${id(circularId)}/issue`, { version, textHash }),
  instructionUrl: (circularId: string) => `${base}/circulars/${id(circularId)}/instruction`,

  exchange: (systemCode: string, query: Query, signal?: AbortSignal) =>
    get<ExchangeAnswer>(`${base}/exchange/${id(systemCode)}`, query, signal),
  confirmRows: (itemIds: string[], note: string, fileId: string | null, phrase?: string) =>
    post<ConfirmRowsAnswer>(`${base}/exchange/confirm`, { itemIds, note, fileId, ...(phrase && { phrase }) }),

  inspections: (query: Query, signal?: AbortSignal) =>
    get<InspectionsAnswer>(`${base}/inspections`, query, signal),
  /** Registers the accounts of one system that were there before the book was kept. */
  stock: (systemCode: string) => post<{ registered: number }>(`${base}/stock`, { systemCode }),
  inspect: (systemCode: string, month: string) =>
    post<{ inspectionId: string }>(`${base}/inspections`, { systemCode, month }),
  evidence: (file: EvidenceFile) => post<EvidenceAnswer>(`${base}/inspections/evidence`, file),
  inspection: (inspectionId: string, signal?: AbortSignal) =>
    get<InspectionAnswer>(inspection(inspectionId), {}, signal),
  letters: (inspectionId: string, query: Query, signal?: AbortSignal) =>
    get<LettersAnswer>(`${inspection(inspectionId)}/letters`, query, signal),
  findings: (inspectionId: string, query: Query, signal?: AbortSignal) =>
    get<FindingsAnswer>(`${inspection(inspectionId)}/findings`, query, signal),
  systems: (signal?: AbortSignal) => get<SystemsAnswer>(`${base}/systems`, {}, signal),
  registerSystem: (system: contract.RegisterSystem) => post<Ok>(`${base}/systems`, system),
  changeSystem: (code: string, system: contract.ChangeSystem) =>
    put<Ok>(`${base}/systems/${id(code)}`, system),
  links: (query: Query, signal?: AbortSignal) => get<LinksAnswer>(`${base}/data-links`, query, signal),
  noteLink: (link: contract.NewLink) => post<{ linkId: string }>(`${base}/data-links`, link),
  moveLink: (linkId: string, version: number, state: LinkState) =>
    put<Ok>(`${base}/data-links/${id(linkId)}`, { version, state }),
  letter: (letterId: string, signal?: AbortSignal) =>
    get<LetterAnswer>(`${base}/letters/${id(letterId)}`, {}, signal),
  letterAccounts: (letterId: string, query: Query, signal?: AbortSignal) =>
    get<LetterAccountsAnswer>(`${base}/letters/${id(letterId)}/accounts`, query, signal),
  reply: (letterItemId: string, reply: ReplyRequest) =>
    post<{ requestId: string | null }>(`${base}/letter-items/${id(letterItemId)}/reply`, reply),
};

export const directory = {
  people: (q: string, signal?: AbortSignal) =>
    get<PeoplePage>('/api/directory/people', { q, limit: 20 }, signal),
  /** A unit with its children; the institution's own level without an id. */
  units: (parentId?: string, signal?: AbortSignal) =>
    get<UnitsPage>('/api/directory/units', { parentId }, signal),
};

export const sendFile = (file: File, onProgress: (share: number) => void, signal: AbortSignal) =>
  upload<UploadedFile>('/api/files', file, file.name, onProgress, signal);
