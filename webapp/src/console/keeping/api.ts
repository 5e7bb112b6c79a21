/** The register of keeping periods as the page uses it. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/keeping/contract.ts';
import { get, type Query } from '../../api/http.ts';

export type Register = contract.KeepingAnswer;
export type Line = contract.KeepingLine;
export type Nights = contract.RunsAnswer;
export type Night = Nights['items'][number];

export const keeping = {
  register: (signal?: AbortSignal) => get<Register>('/api/keeping', {}, signal),
  nights: (query: Query, signal?: AbortSignal) => get<Nights>('/api/keeping/runs', query, signal),
};
