/** Checks whether an account is used by its owner. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/account-signs/contract.ts';
import { get, post } from '../../api/http.ts';

export type Check = contract.CheckAnswer;
export type Answer = contract.Answer;
export type State = contract.CheckState;

const one = (id: string, act = ''): string =>
  `/api/account-signs/${encodeURIComponent(id)}${act && `/${act}`}`;

export const readCheck = (id: string, signal?: AbortSignal): Promise<Check> => get(one(id), {}, signal);
export const answerCheck = (id: string, answer: Answer, words: string): Promise<contract.ActAnswer> =>
  post(one(id, 'answer'), { answer, ...(words && { words }) });
