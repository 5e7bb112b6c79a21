/** The HR room's answers as the pages use them. Types only: no server code is bundled. */
import type { z } from 'zod';
import type * as contract from '../../../../server/features/hr/contract.ts';
import { get, post, upload, type Query } from '../../api/http.ts';

export type BatchBrief = contract.BatchBrief;
export type BatchesAnswer = contract.BatchesAnswer;
export type BatchAnswer = contract.BatchAnswer;
export type ColumnMatch = contract.ColumnMatch;
export type FaultAnswer = contract.FaultAnswer;
export type FaultsAnswer = contract.FaultsAnswer;
export type RowsAnswer = contract.RowsAnswer;
export type SheetRow = RowsAnswer['rows'][number];
export type FixRequest = contract.FixRequest;
export type FixAnswer = z.infer<typeof contract.FixAnswer>;
export type SheetKind = z.infer<typeof contract.SheetKind>;
export type PlanAnswer = contract.PlanAnswer;
export type GuardLine = PlanAnswer['guard']['lines'][number];
export type ChangeAnswer = contract.ChangeAnswer;
export type ChangesAnswer = contract.ChangesAnswer;
export type ChangeKind = ChangeAnswer['kind'];
export type DoubtsAnswer = z.infer<typeof contract.DoubtsAnswer>;
export type Doubt = DoubtsAnswer['items'][number];
export type Decision = contract.DecideRequest['decisions'][number];
export type RunAnswer = contract.RunAnswer;
export type ItemResult = keyof RunAnswer['counts'];
export type ItemsAnswer = contract.ItemsAnswer;
export type RunItem = ItemsAnswer['items'][number];

type PlanMade = z.infer<typeof contract.PlanMade>;

export type RunsAnswer = contract.RunsAnswer;
export type RunBrief = RunsAnswer['items'][number];

const batch = (id: string): string => `/api/hr/batches/${encodeURIComponent(id)}`;
const plan = (id: string): string => `/api/hr/plans/${encodeURIComponent(id)}`;

export const templateUrl = '/api/hr/template';
export const markedUrl = (batchId: string): string => `${batch(batchId)}/marked`;

/** Reads are given up with their `signal`; keyset pages take `cursor` and answer `next`. */
export const hr = {
  batches: (query: Query, signal?: AbortSignal) => get<BatchesAnswer>('/api/hr/batches', query, signal),
  batch: (id: string, signal?: AbortSignal) => get<BatchAnswer>(batch(id), {}, signal),
  send: (file: File, onProgress: (share: number) => void, signal: AbortSignal) =>
    upload<{ batchId: string }>('/api/hr/batches', file, file.name, onProgress, signal),
  faults: (id: string, query: Query, signal?: AbortSignal) =>
    get<FaultsAnswer>(`${batch(id)}/faults`, query, signal),
  rows: (id: string, query: Query, signal?: AbortSignal) =>
    get<RowsAnswer>(`${batch(id)}/rows`, query, signal),
  fix: (id: string, fix: FixRequest) => post<FixAnswer>(`${batch(id)}/fixes`, fix),
  makePlan: (id: string, complete: boolean) => post<PlanMade>(`${batch(id)}/plan`, { complete }),

  plan: (id: string, signal?: AbortSignal) => get<PlanAnswer>(plan(id), {}, signal),
  changes: (id: string, query: Query, signal?: AbortSignal) =>
    get<ChangesAnswer>(`${plan(id)}/changes`, query, signal),
  doubts: (id: string, query: Query, signal?: AbortSignal) =>
    get<DoubtsAnswer>(`${plan(id)}/doubts`, query, signal),
  decide: (id: string, decisions: Decision[]) => post<PlanMade>(`${plan(id)}/decide`, { decisions }),
  accept: (id: string) => post<PlanMade>(`${plan(id)}/accept`),
  confirm: (id: string, hash: string, phrase: string) =>
    post<{ ok: true }>(`${plan(id)}/confirm`, { hash, phrase }),

  apply: (id: string) => post<{ ok: true }>(`${plan(id)}/apply`),
  pause: (id: string) => post<{ ok: true }>(`${plan(id)}/pause`),
  resume: (id: string) => post<{ ok: true }>(`${plan(id)}/resume`),
  run: (id: string, signal?: AbortSignal) => get<RunAnswer>(`${plan(id)}/run`, {}, signal),
  items: (id: string, query: Query, signal?: AbortSignal) =>
    get<ItemsAnswer>(`${plan(id)}/items`, query, signal),
  runs: (query: Query, signal?: AbortSignal) => get<RunsAnswer>('/api/hr/runs', query, signal),
};
