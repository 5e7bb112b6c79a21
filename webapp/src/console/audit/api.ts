/** The answers about the record as the page uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/admin/contract.ts';
import { get, post, withQuery, type Query } from '../../api/http.ts';

export type EntriesPage = contract.EntriesAnswer;
export type Entry = contract.Entry;
export type EntryDetail = contract.EntryAnswer;
export type Clocks = contract.ClocksAnswer;
export type Clock = Clocks['items'][number];
export type Chain = contract.ChainAnswer;

const base = '/api/audit';

export const exportUrl = (query: Query): string => withQuery(`${base}/export`, query);

export const audit = {
  entries: (query: Query, signal?: AbortSignal) => get<EntriesPage>(`${base}/entries`, query, signal),
  entry: (id: string, signal?: AbortSignal) =>
    get<EntryDetail>(`${base}/entries/${encodeURIComponent(id)}`, {}, signal),
  clocks: (targetType: string, targetId: string, signal?: AbortSignal) =>
    get<Clocks>(`${base}/clocks`, { targetType, targetId }, signal),
  chain: (signal?: AbortSignal) => get<Chain>(`${base}/chain`, {}, signal),
  verify: () => post<{ ok: true }>(`${base}/chain/verify`),
};
