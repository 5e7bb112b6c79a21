/** Undertakings as the pages use them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/undertakings/contract.ts';
import { get, post } from '../../api/http.ts';

export type Own = contract.OwnAnswer;
export type OwnText = contract.OwnTextAnswer;
export type Given = Own['given']['items'][number];

const root = '/api/undertakings/own';
const at = (textId: string): string => `${root}/${encodeURIComponent(textId)}`;

export const listOwn = (cursor: string | null, signal?: AbortSignal): Promise<Own> =>
  get(root, { cursor }, signal);
export const readText = (textId: string, version: string, signal?: AbortSignal): Promise<OwnText> =>
  get(at(textId), { version }, signal);
/** The words that were shown go along, so that nobody gives others. */
export const give = (
  textId: string,
  { version, sha256 }: Pick<OwnText['text'], 'version' | 'sha256'>,
): Promise<contract.GiveAnswer> => post(at(textId), { version, sha256, readToEnd: true });

export const pathOf = (textId: string): string => `/undertakings/${encodeURIComponent(textId)}`;
