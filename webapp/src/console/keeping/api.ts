/** The register of keeping periods as the page uses it. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/keeping/contract.ts';
import type * as admin from '../../../../server/features/admin/contract.ts';
import { get, post, type Query } from '../../api/http.ts';

export type Register = contract.KeepingAnswer;
export type Line = contract.KeepingLine;
export type Nights = contract.RunsAnswer;
export type Night = Nights['items'][number];

export type FormerPage = admin.FormerAnswer;
export type Former = FormerPage['items'][number];

const person = (personId: string): string => `/api/audit/people/${encodeURIComponent(personId)}/forget`;

export const former = {
  list: (query: Query, signal?: AbortSignal) => get<FormerPage>('/api/audit/former-people', query, signal),
  propose: (personId: string) => post<{ ok: true }>(person(personId)),
  confirm: (personId: string, phrase: string) =>
    post<{ entries: number }>(`${person(personId)}/confirm`, { phrase }),
  withdraw: (personId: string) => post<{ ok: true }>(`${person(personId)}/withdraw`),
};

export const keeping = {
  register: (signal?: AbortSignal) => get<Register>('/api/keeping', {}, signal),
  nights: (query: Query, signal?: AbortSignal) => get<Nights>('/api/keeping/runs', query, signal),
};
