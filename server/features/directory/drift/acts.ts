import { FIELD_RULES, type FieldPolicy, type PolicyAction } from './fields.ts';
import type { DifferenceRow } from './tables.ts';

export type Act = Exclude<PolicyAction, 'ask'> | 'reopen';

/** What may be done about a row now; a pure question, asked by the page and again by the command. */
export function actsOn(row: Pick<DifferenceRow, 'state' | 'field' | 'ours' | 'openKey'>): Act[] {
  if (row.openKey === null) return [];
  if (row.state === 'ignored' || row.state === 'taken') return ['reopen'];
  if (row.state !== 'open') return [];
  return mayPutBack(row) ? ['putBack', 'take', 'ignore'] : ['take', 'ignore'];
}

/** A member of somebody who has left, made again there, is never deleted from here. */
const mayPutBack = ({ field, ours }: Pick<DifferenceRow, 'field' | 'ours'>): boolean =>
  FIELD_RULES[field].putsBack && !(field === 'presence' && ours === false);

/** Which of these rows a policy may settle without a person. */
export const doesAlone = (row: DifferenceRow, { action, automatic }: FieldPolicy): boolean =>
  automatic && action !== 'ask' && actsOn(row).includes(action);
