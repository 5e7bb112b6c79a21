/** 企业微信's own 审批 as the phone shows it. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/native-approvals/contract.ts';
import { get } from '../../api/http.ts';

export type Brief = contract.Brief;
export type Case = contract.CaseAnswer;
export type Own = contract.OwnAnswer;
export type Box = contract.OwnQuery['box'];
type Seat = Case['steps'][number]['seats'][number];

const root = '/api/native-approvals';

export const listOwn = (
  query: { box: Box; cursor?: string | null; limit?: number },
  signal?: AbortSignal,
): Promise<Own> => get(`${root}/own`, { ...query }, signal);
export const readCase = (id: string, signal?: AbortSignal): Promise<Case> =>
  get(`${root}/cases/${encodeURIComponent(id)}`, {}, signal);

export const stateTone: Readonly<Record<contract.CaseState, 'pri' | 'grn' | 'red' | ''>> = {
  running: 'pri',
  approved: 'grn',
  rejected: 'red',
  withdrawn: '',
  revoked: '',
  deleted: '',
  unreadable: '',
};

export const seatIcon: Readonly<Record<Seat['tone'], 'clock' | 'check' | 'x' | 'undo' | null>> = {
  now: 'clock',
  good: 'check',
  bad: 'x',
  plain: 'undo',
  later: null,
};
