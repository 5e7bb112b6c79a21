/** Named sets of people and their tags as the pages use them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/directory/tags/contract.ts';
import { get, post, type Query } from '../../api/http.ts';

export type SetBrief = contract.SetBrief;
export type SetAnswer = contract.SetAnswer;
export type SetsPage = contract.SetsPage;
export type SetLine = contract.SetLine;
export type SetPeoplePage = contract.SetPeoplePage;
export type SetRequest = contract.SetRequest;
export type Rule = NonNullable<SetBrief['rule']>;
export type Units = SetBrief['units'];
export type PreviewAnswer = contract.PreviewAnswer;
export type TagFinding = contract.TagFinding;
export type FindingsPage = contract.FindingsPage;
export type FindAnswer = contract.FindAnswer;

const base = '/api/directory/sets';
const one = (id: string): string => `${base}/${encodeURIComponent(id)}`;

export const sets = {
  list: (query: Query, signal?: AbortSignal) => get<SetsPage>(base, query, signal),
  one: (id: string, signal?: AbortSignal) => get<SetAnswer>(one(id), {}, signal),
  people: (id: string, query: Query, signal?: AbortSignal) =>
    get<SetPeoplePage>(`${one(id)}/people`, query, signal),
  preview: (rule: Rule, setId?: string) =>
    post<PreviewAnswer>(`${base}/preview`, { rule, ...(setId !== undefined && { setId }) }),
  find: (staffNos: readonly string[]) => post<FindAnswer>(`${base}/find`, { staffNos }),
  put: (body: SetRequest) => post<{ setId: string; changed: boolean }>(base, body),
  change: (id: string, body: contract.ListRequest) => post<{ changed: boolean }>(`${one(id)}/list`, body),
  findings: (id: string, query: Query, signal?: AbortSignal) =>
    get<FindingsPage>(`${one(id)}/findings`, query, signal),
  putBack: (id: string, held: number) => post<{ ok: true }>(`${one(id)}/put-back`, { held }),
  again: (id: string) => post<{ ok: true }>(`${one(id)}/again`),
  remove: (id: string, phrase?: string) =>
    post<{ changed: boolean }>(`${one(id)}/remove`, { ...(phrase && { phrase }) }),
};
