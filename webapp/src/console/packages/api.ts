/** Packages of a period as the console uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/approvals/package/period/contract.ts';
import { get, post, type Query } from '../../api/http.ts';

export type Packages = contract.PackagesAnswer;
export type Package = contract.PackageView;
export type Ask = contract.AskPackageRequest;

const root = '/api/approvals/packages';

export const packages = {
  list: (query: Query, signal?: AbortSignal) => get<Packages>(root, query, signal),
  ask: (body: Ask) => post<{ packageId: string; cases: number }>(root, body),
  file: (packageId: string): string => `${root}/${encodeURIComponent(packageId)}/file`,
};
