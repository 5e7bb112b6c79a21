/** Seals as the phone uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/seals/contract.ts';
import { get, post, withQuery } from '../../api/http.ts';

export type Use = contract.UseAnswer;
export type UseBrief = contract.UseBrief;
export type UseState = contract.UseState;
export type ContractNumber = contract.NumberView;
export type Act = contract.ActRequest;
export type ActName = contract.ActName;
export type Box = contract.OwnQuery['box'];

const root = '/api/seals';
const at = (id: string, rest = ''): string => `${root}/uses/${encodeURIComponent(id)}${rest}`;

export const listOwn = (
  query: { box: string; cursor?: string },
  signal?: AbortSignal,
): Promise<contract.OwnAnswer> => get(`${root}/own`, { ...query }, signal);
export const listNumbers = (
  query: { box: string; cursor?: string },
  signal?: AbortSignal,
): Promise<contract.NumbersAnswer> => get(`${root}/numbers`, { ...query }, signal);
export const readUse = (id: string, signal?: AbortSignal): Promise<Use> => get(at(id), {}, signal);
export const act = (id: string, body: Act): Promise<{ state: UseState; version: number }> =>
  post(at(id, '/act'), body);
export const photoUrl = (id: string, fileId: string): string =>
  withQuery(at(id, `/files/${encodeURIComponent(fileId)}`), {});

/** Out goes before everything else. */
export const toneOf = ({ state, isOut }: Pick<UseBrief, 'state' | 'isOut'>): 'pri' | 'grn' | 'amb' | '' =>
  isOut ? 'amb' : TONES[state];
const TONES: Readonly<Record<UseState, 'pri' | 'grn' | 'amb' | ''>> = {
  approved: 'pri',
  partly: 'amb',
  closed: 'grn',
  void: '',
};
