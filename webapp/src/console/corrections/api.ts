/** Corrections as whoever answers them uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/corrections/contract.ts';
import type * as photo from '../../../../server/features/corrections/photos/contract.ts';
import { get, post, type Query, withQuery } from '../../api/http.ts';

export type Correction = contract.CorrectionAnswer;
export type CorrectionsPage = contract.ListAnswer;
export type State = contract.State;
export type Answer = 'correct' | 'refuse' | 'send-on';

const base = '/api/corrections';
const one = (id: string, act = ''): string => `${base}/${encodeURIComponent(id)}${act && `/${act}`}`;

export const corrections = {
  file: (query: Query): string => withQuery('/api/corrections/export/list', query),
  list: (query: Query, signal?: AbortSignal) => get<CorrectionsPage>(base, query, signal),
  one: (id: string, signal?: AbortSignal) => get<Correction>(one(id), {}, signal),
  answer: (id: string, how: Answer, note: string) => post<contract.ActAnswer>(one(id, how), { note }),
  reveal: (id: string, purpose: string) => post<contract.RevealAnswer>(one(id, 'reveal'), { purpose }),
  fileUrl: (id: string, fileId: string) => one(id, `files/${encodeURIComponent(fileId)}`),
};

export const stateTone: Readonly<Record<State, 'blue' | 'green' | 'amber' | ''>> = {
  open: 'blue',
  corrected: 'green',
  refused: 'amber',
  withdrawn: '',
};

export type MissingPhotos = photo.MissingAnswer;
export type PhotosPage = photo.ReviewAnswer;
export type PhotoItem = PhotosPage['items'][number];
export type OnePhoto = photo.OneAnswer;
export type PhotoState = photo.PhotoState;
export type PhotoReason = photo.Reason;

const ofPerson = (personId: string, act = ''): string =>
  `/api/photos/review/${encodeURIComponent(personId)}${act && `/${act}`}`;

export const photos = {
  file: (query: Query): string => withQuery('/api/photos/missing/export', query),
  missing: (query: Query, signal?: AbortSignal) => get<MissingPhotos>('/api/photos/missing', query, signal),
  ask: (unitId: string | null, phrase?: string) =>
    post<photo.AskAnswer>('/api/photos/ask', { unitId, ...(phrase && { phrase }) }),
  page: (query: Query, signal?: AbortSignal) => get<PhotosPage>('/api/photos/review', query, signal),
  one: (personId: string, signal?: AbortSignal) => get<OnePhoto>(ofPerson(personId), {}, signal),
  accept: (items: readonly Pick<PhotoItem, 'personId' | 'uploadedAt'>[]) =>
    post<photo.AcceptAnswer>('/api/photos/review/accept', {
      items: items.map(({ personId, uploadedAt }) => ({ personId, uploadedAt })),
    }),
  reject: (personId: string, verdict: photo.RejectRequest) =>
    post<photo.RejectAnswer>(ofPerson(personId, 'reject'), verdict),
};
