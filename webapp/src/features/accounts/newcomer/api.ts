import { get, post, put } from '../../../api/http.ts';
import type * as contract from '../../../../../server/features/accounts/contract.ts';
import type { Values } from '../form/values.ts';

export type NewcomerOptions = contract.NewcomerOptions;
export type NewcomerAnswer = contract.NewcomerAnswer;
export type NewcomerField = contract.NewcomerField;
/** As it is sent: what is left out of the form the server adds. */
export type ReportNewcomer = Pick<contract.ReportNewcomer, 'newcomer' | 'letter'> & { form: Values };

const root = '/api/accounts/newcomers';

export const newcomerOptions = (signal?: AbortSignal): Promise<NewcomerOptions> =>
  get('/api/accounts/newcomer-options', {}, signal);
export const reportNewcomer = (report: ReportNewcomer): Promise<NewcomerAnswer> => post(root, report);
export const refillNewcomer = (requestId: string, report: ReportNewcomer): Promise<NewcomerAnswer> =>
  put(`${root}/${encodeURIComponent(requestId)}`, report);
