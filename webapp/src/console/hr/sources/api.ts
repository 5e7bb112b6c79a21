/** The sources' answers as the page uses them. Types only: no server code is bundled. */
import type { z } from 'zod';
import type * as contract from '../../../../../server/features/hr/sources/contract.ts';
import { get, post, type Query } from '../../../api/http.ts';

export type SourcesAnswer = contract.SourcesAnswer;
export type SourceBrief = contract.SourceBrief;
export type SourceKind = SourceBrief['kind'];
export type OurColumn = SourcesAnswer['columns'][number];
export type FetchBrief = contract.FetchBrief;
export type FetchState = FetchBrief['state'];
export type FetchesAnswer = contract.FetchesAnswer;
export type SourceAnswer = contract.SourceAnswer;
export type SourceSettings = contract.SourceSettings;
export type SourceDraft = contract.SourceDraft;
export type FetchedDraft = contract.FetchedDraft;
export type SqlList = contract.SqlList;
export type HttpList = contract.HttpList;
export type Paging = contract.Paging;
export type ColumnRule = contract.ColumnRule;
export type TestAnswer = contract.TestAnswer;
type SourceMade = z.infer<typeof contract.SourceMade>;

const all = '/api/hr/sources';
const one = (id: string): string => `${all}/${encodeURIComponent(id)}`;

export const sources = {
  list: (query: Query, signal?: AbortSignal) => get<SourcesAnswer>(all, query, signal),
  one: (id: string, signal?: AbortSignal) => get<SourceAnswer>(one(id), {}, signal),
  fetches: (id: string, query: Query, signal?: AbortSignal) =>
    get<FetchesAnswer>(`${one(id)}/fetches`, query, signal),
  create: (draft: SourceDraft) => post<SourceMade>(all, draft),
  change: (id: string, version: number, draft: SourceDraft) =>
    post<{ ok: true }>(one(id), { version, draft }),
  enable: (id: string, enabled: boolean) => post<{ ok: true }>(`${one(id)}/enabled`, { enabled }),
  newKey: (id: string) => post<{ pushKey: string }>(`${one(id)}/key`),
  fetchNow: (id: string) => post<{ fetchId: string }>(`${one(id)}/fetch`),
  test: (sourceId: string | null, draft: FetchedDraft) =>
    post<TestAnswer>(`${all}/test`, { sourceId, draft }),
};
