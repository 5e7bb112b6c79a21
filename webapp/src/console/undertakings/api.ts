/** Undertakings as whoever answers for people uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/undertakings/contract.ts';
import { get, post, type Query, withQuery } from '../../api/http.ts';

export type TextsAnswer = contract.TextsAnswer;
export type TextAnswer = contract.TextAnswer;
export type PeopleAnswer = contract.PeopleAnswer;
export type Proof = contract.ProofAnswer;
export type State = 'open' | 'given';

const base = '/api/undertakings';
const text = (textId: string, rest = ''): string =>
  `${base}/texts/${encodeURIComponent(textId)}${rest && `/${rest}`}`;

export const undertakings = {
  texts: (signal?: AbortSignal) => get<TextsAnswer>(`${base}/texts`, {}, signal),
  text: (textId: string, signal?: AbortSignal) => get<TextAnswer>(text(textId), {}, signal),
  people: (textId: string, query: Query, signal?: AbortSignal) =>
    get<PeopleAnswer>(text(textId, 'people'), query, signal),
  file: (textId: string, query: Query): string => withQuery(text(textId, 'people/export'), query),
  remind: (textId: string, unitId: string | null, phrase?: string) =>
    post<contract.RemindAnswer>(text(textId, 'remind'), { unitId, ...(phrase && { phrase }) }),
  proof: (textId: string, personId: string, version: string, signal?: AbortSignal) =>
    get<Proof>(
      `${base}/proofs/${encodeURIComponent(textId)}/${encodeURIComponent(personId)}`,
      { version },
      signal,
    ),
};
