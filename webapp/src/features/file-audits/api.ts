/** Personal-file audits as the phone uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/file-audits/contract.ts';
import { get, post } from '../../api/http.ts';

export type AuditFile = contract.FileAnswer;
export type AuditFileBrief = contract.FileBrief;
export type AuditField = contract.FileField;
export type FieldKey = contract.Field;
export type Said = 'right' | 'wrong';
type Page = contract.OwnAnswer;

const root = '/api/file-audits';
const at = (id: string, act = ''): string => `${root}/files/${encodeURIComponent(id)}${act && `/${act}`}`;

export const listOwn = (query: { cursor?: string }, signal?: AbortSignal): Promise<Page> =>
  get(`${root}/own`, { ...query }, signal);
export const listToReview = (query: { cursor?: string }, signal?: AbortSignal): Promise<Page> =>
  get(`${root}/to-review`, { ...query }, signal);
export const readFile = (id: string, signal?: AbortSignal): Promise<AuditFile> => get(at(id), {}, signal);
export const checkFile = (
  id: string,
  answers: { field: FieldKey; said: Said }[],
): Promise<contract.ActAnswer> => post(at(id, 'check'), { answers });
export const passFile = (
  id: string,
  doubts: { field: FieldKey; note: string }[],
): Promise<contract.ActAnswer> => post(at(id, 'pass'), { doubts });
export const sendBack = (id: string, to: string, reason: string): Promise<contract.ActAnswer> =>
  post(at(id, 'send-back'), { to, reason });

export const STAGE_TONES: Readonly<Record<AuditFile['stage'], 'pri' | 'grn' | 'amb' | ''>> = {
  self: 'pri',
  unit: 'pri',
  hr: 'pri',
  done: 'grn',
  dropped: '',
  unfinished: 'amb',
};
