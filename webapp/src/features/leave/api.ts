/** Leave as the pages use it. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/leave/contract.ts';
import { get, post } from '../../api/http.ts';

export type Own = contract.OwnAnswer;
export type OwnLeave = contract.OwnLeave;
export type Balance = contract.Balance;
export type Month = contract.CalendarAnswer;
export type Away = contract.AwayAnswer;

const at = (absenceId: string): string => `/api/leave/absences/${encodeURIComponent(absenceId)}`;

export const readOwn = (cursor: string | null, signal?: AbortSignal): Promise<Own> =>
  get('/api/leave/own', { cursor }, signal);
export const reportBack = (absenceId: string): Promise<contract.ActAnswer> =>
  post(`${at(absenceId)}/report-back`, {});
export const cancelLeave = (absenceId: string): Promise<contract.ActAnswer> =>
  post(`${at(absenceId)}/cancel`);
export const readMonth = (month: string, unitId: string, signal?: AbortSignal): Promise<Month> =>
  get('/api/leave/calendar', { month, unitId }, signal);
export const listAway = (
  query: {
    readonly date?: string;
    readonly unitId: string;
    readonly overdue?: '1';
    readonly cursor?: string;
  },
  signal?: AbortSignal,
): Promise<Away> => get('/api/leave/away', query, signal);
