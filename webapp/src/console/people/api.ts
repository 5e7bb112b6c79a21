/** Units and people of one's own scope as the pages use them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/access/people/contract.ts';
import type { AccountsAnswer } from '../../../../server/features/accounts/contract.ts';
import { get, post, withQuery, type Query } from '../../api/http.ts';

export type UnitNode = contract.UnitNode;
export type UnitsAnswer = contract.UnitsAnswer;
export type UnitAnswer = contract.UnitAnswer;
export type PeopleAnswer = contract.PeopleAnswer;
export type PersonItem = contract.PersonItem;
export type PersonAnswer = contract.PersonAnswer;
export type PersonalValue = PersonAnswer['personal'][number];
export type HistoryLine = contract.HistoryLine;
export type { AccountsAnswer };

const base = '/api/access';
const unitOf = (id: string): string => `${base}/units/${encodeURIComponent(id)}`;
const personOf = (id: string): string => `${base}/people/${encodeURIComponent(id)}`;

export const exportUrl = (query: Query): string => withQuery(`${base}/export/people`, query);

export const directory = {
  units: (query: Query, signal?: AbortSignal) => get<UnitsAnswer>(`${base}/units`, query, signal),
  unit: (id: string, query: Query, signal?: AbortSignal) => get<UnitAnswer>(unitOf(id), query, signal),
  people: (query: Query, signal?: AbortSignal) => get<PeopleAnswer>(`${base}/people`, query, signal),
  person: (id: string, signal?: AbortSignal) => get<PersonAnswer>(personOf(id), {}, signal),
  copy: (id: string, purpose: string) =>
    post<contract.DataAnswer>(`${personOf(id)}/data`, { format: 'xlsx', purpose }),
  reveal: (id: string, field: string, purpose: string) =>
    post<contract.RevealAnswer>(`${personOf(id)}/reveal`, { field, purpose }),
  accounts: (id: string, signal?: AbortSignal) =>
    get<AccountsAnswer>(`/api/accounts/people/${encodeURIComponent(id)}`, {}, signal),
};
