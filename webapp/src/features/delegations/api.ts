/** Standing agents as the pages use them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/delegations/contract.ts';
import { get, post } from '../../api/http.ts';

export type Delegation = contract.DelegationView;
export type Side = Delegation['side'];

const root = '/api/delegations';

export const list = (side: Side, cursor: string | null, signal?: AbortSignal): Promise<contract.ListAnswer> =>
  get(root, { side, cursor }, signal);
export const delegate = (request: contract.DelegateRequest): Promise<{ delegation: Delegation }> =>
  post(root, request);
export const end = (delegationId: string): Promise<{ delegation: Delegation }> =>
  post(`${root}/${encodeURIComponent(delegationId)}/end`);
