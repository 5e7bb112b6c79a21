/** Repairs as the phone uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/repairs/contract.ts';
import { get, post, withQuery } from '../../api/http.ts';

export type Ticket = contract.TicketAnswer;
export type TicketBrief = contract.Brief;
export type TicketState = contract.TicketState;
export type Category = contract.CategoriesAnswer['items'][number];
export type PlaceBrief = contract.PlaceBrief;
export type Code = contract.CodeAnswer;
export type Candidate = contract.CandidatesAnswer['items'][number];
export type Box = contract.OwnQuery['box'];
export type Act = contract.ActRequest;
export type TicketEvent = Ticket['events'][number];

const root = '/api/repairs';
const at = (id: string, rest = ''): string => `${root}/tickets/${encodeURIComponent(id)}${rest}`;

export const listCategories = (signal?: AbortSignal): Promise<contract.CategoriesAnswer> =>
  get(`${root}/categories`, {}, signal);
export const readCode = (code: string, signal?: AbortSignal): Promise<Code> =>
  get(`${root}/codes/${encodeURIComponent(code)}`, {}, signal);
export const searchPlaces = (q: string, signal?: AbortSignal): Promise<contract.PlaceSearchAnswer> =>
  get(`${root}/places/search`, { q }, signal);
export const report = (wanted: contract.ReportRequest): Promise<{ ticketId: string; number: string }> =>
  post(`${root}/tickets`, wanted);
export const listOwn = (
  query: { box: string; cursor?: string },
  signal?: AbortSignal,
): Promise<contract.OwnAnswer> => get(`${root}/own`, { ...query }, signal);
export const readTicket = (id: string, signal?: AbortSignal): Promise<Ticket> => get(at(id), {}, signal);
export const listCandidates = (id: string, signal?: AbortSignal): Promise<contract.CandidatesAnswer> =>
  get(at(id, '/candidates'), {}, signal);
export const act = (id: string, body: Act): Promise<{ state: TicketState }> => post(at(id, '/act'), body);
export const photoUrl = (id: string, fileId: string): string =>
  withQuery(at(id, `/files/${encodeURIComponent(fileId)}`), {});

export const stateTone: Readonly<Record<TicketState, 'pri' | 'grn' | 'amb' | ''>> = {
  reported: 'pri',
  dispatched: 'pri',
  accepted: 'pri',
  held: 'amb',
  done: 'amb',
  closed: 'grn',
  cancelled: '',
};
