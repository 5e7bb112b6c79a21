/** The dry run of templates as the pages use it. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/approvals/dry-run/contract.ts';
import { get } from '../../api/http.ts';

export type DryRuns = contract.DryRunListAnswer;
export type DryRun = contract.DryRunAnswer;
export type DeadEnd = DryRun['deadEnds'][number];
export type PersonWalk = contract.PersonWalkAnswer;

export const dryRuns = {
  list: (signal?: AbortSignal) => get<DryRuns>('/api/approvals/dry-run', {}, signal),
  person: (templateKey: string, personId: string) =>
    get<PersonWalk>(
      `/api/approvals/dry-run/${encodeURIComponent(templateKey)}/people/${encodeURIComponent(personId)}`,
    ),
  one: (templateKey: string, signal?: AbortSignal) =>
    get<DryRun>(`/api/approvals/dry-run/${encodeURIComponent(templateKey)}`, {}, signal),
};
