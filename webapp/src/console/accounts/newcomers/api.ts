/** The newcomers' answers as the pages use them. Types only: no server code is bundled. */
import type * as contract from '../../../../../server/features/accounts/contract.ts';
import { get, post, type Query } from '../../../api/http.ts';

export type NewcomersAnswer = contract.NewcomersAnswer;
export type NewcomerDetail = contract.NewcomerDetail;
export type Candidate = contract.NewcomerCandidate;
export type Revealed = contract.RevealedNewcomer;

const base = '/api/accounts/newcomers';
const of = (requestId: string): string => `${base}/${encodeURIComponent(requestId)}`;

export const newcomers = {
  list: (query: Query, signal?: AbortSignal) => get<NewcomersAnswer>(base, query, signal),
  one: (requestId: string, signal?: AbortSignal) => get<NewcomerDetail>(of(requestId), {}, signal),
  link: (requestId: string, personId: string, reason: string) =>
    post<contract.RequestActAnswer>(`${of(requestId)}/link`, { personId, reason }),
  unlink: (requestId: string, reason: string) =>
    post<contract.RequestActAnswer>(`${of(requestId)}/unlink`, { reason }),
  reveal: (requestId: string, purpose: string) => post<Revealed>(`${of(requestId)}/reveal`, { purpose }),
};
