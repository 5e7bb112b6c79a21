/** Identity systems and their keys as the page uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/hr/scim/contract.ts';
import { get, post, type Query } from '../../api/http.ts';

export type ScimSources = contract.ScimSources;
export type ScimSource = contract.ScimSource;
export type ScimKey = contract.ScimKey;
export type ScimAct = contract.ScimAct;
export type ScimActs = contract.ScimActs;

const base = '/api/hr/scim';
const one = (source: string): string => `${base}/sources/${encodeURIComponent(source)}`;

export const scim = {
  list: (signal?: AbortSignal) => get<ScimSources>(`${base}/sources`, {}, signal),
  acts: (source: string, query: Query, signal?: AbortSignal) =>
    get<ScimActs>(`${one(source)}/acts`, query, signal),
  add: (source: string, name: string) => post<{ ok: true }>(`${base}/sources`, { source, name }),
  accept: (source: string) => post<{ ok: true }>(`${one(source)}/accept`),
  issue: (source: string, lastOn: string | null) => post<{ key: string }>(`${one(source)}/keys`, { lastOn }),
  revoke: (keyId: string) => post<{ ok: true }>(`${base}/keys/${encodeURIComponent(keyId)}/revoke`),
};
