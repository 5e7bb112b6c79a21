/** The answers about differences as the page uses them. Types only: no server code is bundled. */
import type { z } from 'zod';
import type * as contract from '../../../../server/features/directory/drift/contract.ts';
import { get, post, withQuery, type Query } from '../../api/http.ts';

export type Difference = contract.Difference;
export type DifferencesPage = contract.DifferencesPage;
export type Summary = contract.SummaryAnswer;
export type Policies = contract.PolicyAnswer;
export type Policy = Policies['items'][number];
export type Field = z.infer<typeof contract.Field>;
export type State = z.infer<typeof contract.State>;
export type Action = z.infer<typeof contract.PolicyAction>;
/** What one chooses for a row. */
export type Choice = Exclude<Action, 'ask'>;
export type ActAnswer = contract.ActAnswer;

const base = '/api/directory/drift';

export const exportUrl = (query: Query): string => withQuery(`${base}/export`, query);

export const drift = {
  list: (query: Query, signal?: AbortSignal) => get<DifferencesPage>(base, query, signal),
  summary: (signal?: AbortSignal) => get<Summary>(`${base}/summary`, {}, signal),
  act: (differenceIds: readonly string[], act: Choice | 'reopen', reason?: string) =>
    post<ActAnswer>(`${base}/acts`, { differenceIds, act, ...(reason && { reason }) }),
  link: (differenceId: string, personId: string) =>
    post<{ ok: true }>(`${base}/${encodeURIComponent(differenceId)}/link`, { personId }),
  compare: () => post<{ ok: true }>(`${base}/compare`),
  policy: (signal?: AbortSignal) => get<Policies>(`${base}/policy`, {}, signal),
  setPolicy: (field: Field, action: Action, automatic: boolean) =>
    post<{ ok: true }>(`${base}/policy`, { field, action, automatic }),
};
