/** The access room's answers as the pages use them. Types only: no server code is bundled. */
import type { z } from 'zod';
import type * as contract from '../../../../server/features/access/contract.ts';
import type * as consoleLog from '../../../../server/features/access/console-log/contract.ts';
import { get, post, type Query } from '../../api/http.ts';

export type RolesAnswer = contract.RolesAnswer;
export type Role = RolesAnswer['items'][number];
export type HoldersAnswer = contract.HoldersAnswer;
export type Holder = HoldersAnswer['items'][number];
export type RightsAnswer = contract.RightsAnswer;
export type Delegation = contract.DelegationAnswer;
export type DelegationsAnswer = contract.DelegationsAnswer;
export type DelegateRequest = contract.DelegateRequest;
export type Duty = z.infer<typeof contract.Duty>;
export type PersonCategory = z.infer<typeof contract.Category>;
export type ModulesAnswer = contract.ModulesAnswer;
export type ScopeAnswer = contract.ScopeAnswer;
export type VacanciesAnswer = contract.VacanciesAnswer;
export type ConsoleFindingsAnswer = consoleLog.ConsoleFindingsAnswer;
export type ConsoleFinding = consoleLog.ConsoleFinding;

const base = '/api/access';
const id = encodeURIComponent;
type Ok = { ok: true };

export const rights = {
  roles: (signal?: AbortSignal) => get<RolesAnswer>(`${base}/roles`, {}, signal),
  holders: (role: string, query: Query, signal?: AbortSignal) =>
    get<HoldersAnswer>(`${base}/roles/${id(role)}/holders`, query, signal),
  grant: (body: contract.GrantRoleRequest) => post<{ grantId: string }>(`${base}/grants`, body),
  revoke: (grantId: string) => post<Ok>(`${base}/grants/${id(grantId)}/revoke`),
  ofPerson: (personId: string, signal?: AbortSignal) =>
    get<RightsAnswer>(`${base}/people/${id(personId)}/rights`, {}, signal),
  delegations: (query: Query, signal?: AbortSignal) =>
    get<DelegationsAnswer>(`${base}/delegations`, query, signal),
  delegate: (body: DelegateRequest) => post<{ delegationId: string }>(`${base}/delegations`, body),
  change: (delegationId: string, body: contract.ChangeDelegationRequest) =>
    post<Ok>(`${base}/delegations/${id(delegationId)}/change`, body),
  end: (delegationId: string) => post<Ok>(`${base}/delegations/${id(delegationId)}/end`),
  modules: (signal?: AbortSignal) => get<ModulesAnswer>(`${base}/modules`, {}, signal),
  scope: (signal?: AbortSignal) => get<ScopeAnswer>(`${base}/scope`, {}, signal),
  vacancies: (query: Query, signal?: AbortSignal) => get<VacanciesAnswer>(`${base}/vacancies`, query, signal),
  consoleLog: (query: Query, signal?: AbortSignal) =>
    get<ConsoleFindingsAnswer>(`${base}/console-log`, query, signal),
  settleFinding: (findingId: string, note: string) =>
    post<Ok>(`${base}/console-log/${id(findingId)}/settle`, { note }),
};
