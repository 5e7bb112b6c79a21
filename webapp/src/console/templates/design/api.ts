/** The designer's calls. Types only: no server code is bundled. */
import type * as contract from '../../../../../server/features/approvals/design/contract.ts';
import type { DryRunAnswer } from '../../../../../server/features/approvals/dry-run/contract.ts';
import type { FormValues } from '../../../../../server/features/approvals/contract.ts';
import { get, post, put } from '../../../api/http.ts';

export type Designs = contract.DesignListAnswer;
export type Design = contract.DesignAnswer;
export type DraftState = contract.DraftState;
export type Issue = contract.Issue;
export type Around = contract.AroundAnswer;
export type Content = contract.DraftContent;
export type Differences = contract.DifferenceAnswer;
export type Preview = contract.PreviewAnswer;
export type Rights = contract.RightsAnswer;
export type Start = contract.StartRequest;
export type Values = FormValues;

const ROOT = '/api/approvals/design';
const one = (key: string): string => `${ROOT}/templates/${encodeURIComponent(key)}`;

export const designs = {
  list: (after: string, signal?: AbortSignal) => get<Designs>(`${ROOT}/templates`, { after }, signal),
  around: (signal?: AbortSignal) => get<Around>(`${ROOT}/around`, {}, signal),
  read: (key: string, signal?: AbortSignal) => get<Design>(one(key), {}, signal),
  start: (body: Start) => post<{ templateKey: string }>(`${ROOT}/templates`, body),
  save: (key: string, version: number, content: Content) =>
    put<DraftState>(`${one(key)}/draft`, { version, content }),
  repair: (key: string, version: number, issueId: string) =>
    post<DraftState>(`${one(key)}/repair`, { version, issueId }),
  rebase: (key: string, version: number, running: number) =>
    post<DraftState>(`${one(key)}/rebase`, { version, running }),
  discard: (key: string, version: number) => post(`${one(key)}/discard`, { version }),
  review: (key: string, version: number) => post(`${one(key)}/review`, { version }),
  publish: (key: string, version: number) => post<{ version: number }>(`${one(key)}/publish`, { version }),
  retire: (key: string, reason: string) => post(`${one(key)}/retire`, { reason }),
  restore: (key: string) => post(`${one(key)}/restore`),
  difference: (key: string, from: string, to: string, signal?: AbortSignal) =>
    get<Differences>(`${one(key)}/difference`, { from, to }, signal),
  dryRun: (key: string, signal?: AbortSignal) => get<DryRunAnswer>(`${one(key)}/dry-run`, {}, signal),
  preview: (key: string, personId: string, form: Values) =>
    post<Preview>(`${one(key)}/preview`, { personId, form }),
  yaml: (key: string, version: number | null) =>
    `${one(key)}/yaml${version === null ? '' : `?version=${version}`}`,
  rights: (signal?: AbortSignal) => get<Rights>(`${ROOT}/rights`, {}, signal),
  grant: (requestNumber: string, scope: contract.GrantRequest['scope']) =>
    post<{ rightId: string }>(`${ROOT}/rights`, { requestNumber, scope }),
  endRight: (rightId: string) => post(`${ROOT}/rights/${encodeURIComponent(rightId)}/end`),
};
