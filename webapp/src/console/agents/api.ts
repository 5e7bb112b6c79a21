/** Standing agents of the whole house. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/delegations/contract.ts';
import { get, post, type Query } from '../../api/http.ts';

export type Agency = contract.DelegationView;

const root = '/api/delegations';

export const agencies = {
  list: (query: Query, signal?: AbortSignal) => get<contract.ListAnswer>(`${root}/overseen`, query, signal),
  endFor: (id: string, reason: string) =>
    post<{ delegation: Agency }>(`${root}/${encodeURIComponent(id)}/end-for`, { reason }),
};
