/** Corrections as the pages use them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/corrections/contract.ts';
import type * as photos from '../../../../server/features/corrections/photos/contract.ts';
import { get, post } from '../../api/http.ts';

export type Correction = contract.CorrectionAnswer;
export type CorrectionBrief = contract.CorrectionBrief;
export type CorrectionState = contract.State;
export type FieldsAnswer = contract.FieldsAnswer;
export type FieldItem = FieldsAnswer['items'][number];
export type OwnPage = contract.OwnAnswer;

export type OwnPhoto = photos.OwnPhotoAnswer;

const root = '/api/corrections';
const at = (id: string, act = ''): string => `${root}/${encodeURIComponent(id)}${act && `/${act}`}`;

export const readFields = (signal?: AbortSignal): Promise<FieldsAnswer> => get(`${root}/fields`, {}, signal);
export const listOwn = (cursor: string | null, signal?: AbortSignal): Promise<OwnPage> =>
  get(`${root}/own`, { cursor }, signal);
export const raise = (asked: {
  field: string;
  wanted: string;
  reason: string;
  fileIds: string[];
}): Promise<contract.RaiseAnswer> => post(root, asked);
export const readCorrection = (id: string, signal?: AbortSignal): Promise<Correction> =>
  get(at(id), {}, signal);
export const withdraw = (id: string): Promise<contract.ActAnswer> => post(at(id, 'withdraw'));
export const reveal = (id: string, purpose: string): Promise<contract.RevealAnswer> =>
  post(at(id, 'reveal'), { purpose });
export const fileUrl = (id: string, fileId: string): string => at(id, `files/${encodeURIComponent(fileId)}`);

export const STATE_TONES: Readonly<Record<CorrectionState, 'pri' | 'grn' | 'amb' | ''>> = {
  open: 'pri',
  corrected: 'grn',
  refused: 'amb',
  withdrawn: '',
};

export const readPhoto = (signal?: AbortSignal): Promise<OwnPhoto> => get('/api/photos/own', {}, signal);
export const putPhoto = (fileId: string): Promise<{ uploadedAt: number }> =>
  post('/api/photos/own', { fileId });
export const photoUrl = (uploadedAt: number): string => `/api/photos/own/picture?at=${uploadedAt}`;
