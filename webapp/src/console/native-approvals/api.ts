/** 企业微信's own 审批 as the console uses it. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/native-approvals/contract.ts';
import { get, post, type Query } from '../../api/http.ts';

export type Cases = contract.ListAnswer;
export type Case = contract.CaseAnswer;
export type CaseState = contract.CaseState;
export type Imports = contract.ImportsAnswer;

const root = '/api/native-approvals';

export const native = {
  cases: (query: Query, signal?: AbortSignal) => get<Cases>(`${root}/cases`, query, signal),
  one: (id: string, signal?: AbortSignal) => get<Case>(`${root}/cases/${encodeURIComponent(id)}`, {}, signal),
  imports: (query: Query, signal?: AbortSignal) => get<Imports>(`${root}/imports`, query, signal),
  start: (days: contract.ImportRequest) => post<{ importId: string }>(`${root}/imports`, days),
};

export const stateTone: Readonly<Record<CaseState, 'blue' | 'green' | 'red' | 'amber' | ''>> = {
  running: 'blue',
  approved: 'green',
  rejected: 'red',
  withdrawn: '',
  revoked: '',
  deleted: '',
  unreadable: 'amber',
};
