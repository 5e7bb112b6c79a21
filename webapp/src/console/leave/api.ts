/** Leave as human resources keeps it. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/leave/contract.ts';
import { get, post, type Query, withQuery } from '../../api/http.ts';

export type Accounts = contract.AccountsAnswer;
export type Account = contract.AccountAnswer;
export type Balance = contract.Balance;
export type Month = contract.CalendarAnswer;
export type Away = contract.AwayAnswer;
export type AwayPerson = Away['items'][number];
export type Adjustment = contract.AdjustRequest;
export type Service = contract.ServiceRequest;
export type Grant = contract.GrantRequest;
type Done = { ok: true };

const base = '/api/leave';
const account = (personId: string, act = ''): string =>
  `${base}/accounts/${encodeURIComponent(personId)}${act && `/${act}`}`;

export const leave = {
  accounts: (query: Query, signal?: AbortSignal) => get<Accounts>(`${base}/accounts`, query, signal),
  file: (query: Query): string => withQuery(`${base}/accounts/export/list`, query),
  account: (personId: string, query: Query, signal?: AbortSignal) =>
    get<Account>(account(personId), query, signal),
  adjust: (personId: string, said: Adjustment) => post<Done>(account(personId, 'entries'), said),
  setService: (personId: string, said: Service) => post<Done>(account(personId, 'service'), said),
  toGrant: (query: Query, signal?: AbortSignal) => get<{ people: number }>(`${base}/grants`, query, signal),
  grant: (said: Grant) => post<{ people: number; left: number }>(`${base}/grants`, said),
  month: (query: Query, signal?: AbortSignal) => get<Month>(`${base}/calendar`, query, signal),
  away: (query: Query, signal?: AbortSignal) => get<Away>(`${base}/away`, query, signal),
  isBack: (absenceId: string, back: { on: string; half: 'am' | 'pm' }) =>
    post<{ words: string }>(`${base}/absences/${encodeURIComponent(absenceId)}/report-back`, { back }),
};
