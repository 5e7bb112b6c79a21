/** Checks of accounts as the security administrator sees them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/account-signs/contract.ts';
import { get, post, type Query } from '../../api/http.ts';

export type Counts = contract.CountsAnswer;
export type Check = contract.CheckAnswer;
export type ChecksPage = contract.ListAnswer;
export type State = contract.CheckState;

const base = '/api/account-signs';
const one = (id: string, act = ''): string => `${base}/${encodeURIComponent(id)}${act && `/${act}`}`;

export const signs = {
  counts: (signal?: AbortSignal) => get<Counts>(`${base}/counts`, {}, signal),
  list: (query: Query, signal?: AbortSignal) => get<ChecksPage>(base, query, signal),
  one: (id: string, signal?: AbortSignal) => get<Check>(one(id), {}, signal),
  settle: (id: string, words: string) => post<contract.ActAnswer>(one(id, 'settle'), { words }),
};

export const stateTone: Readonly<Record<State, 'blue' | 'amber' | ''>> = {
  open: 'blue',
  reported: 'amber',
  ended: '',
};
