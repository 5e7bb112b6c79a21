/** The dry run of templates as the pages use it. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/approvals/dry-run/contract.ts';
import { get } from '../../api/http.ts';

export type DryRuns = contract.DryRunListAnswer;
export type DryRun = contract.DryRunAnswer;
export type DeadEnd = DryRun['deadEnds'][number];
export type PersonWalk = contract.PersonWalkAnswer;

export const dryRuns = {
  /** Of the open draft (design/api.ts has the rest). */
  ofDraft: (templateKey: string, signal?: AbortSignal) =>
    get<DryRun>(`/api/approvals/design/templates/${encodeURIComponent(templateKey)}/dry-run`, {}, signal),
  list: (signal?: AbortSignal) => get<DryRuns>('/api/approvals/dry-run', {}, signal),
  person: (templateKey: string, personId: string) =>
    get<PersonWalk>(
      `/api/approvals/dry-run/${encodeURIComponent(templateKey)}/people/${encodeURIComponent(personId)}`,
    ),
  one: (templateKey: string, signal?: AbortSignal) =>
    get<DryRun>(`/api/approvals/dry-run/${encodeURIComponent(templateKey)}`, {}, signal),
};
