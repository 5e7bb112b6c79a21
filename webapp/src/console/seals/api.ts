/** Seals as the console uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/seals/contract.ts';
import { get, post, put, type Query, withQuery } from '../../api/http.ts';

export type Ledger = contract.LedgerAnswer;
export type Use = contract.UseAnswer;
export type UseBrief = contract.UseBrief;
export type UseState = contract.UseState;
export type Seals = contract.SealsAnswer;
export type Seal = contract.SealView;
export type SealKind = contract.SealKind;
export type Numbers = contract.NumbersAnswer;
export type ContractNumber = contract.NumberView;
export type Rules = contract.RulesAnswer;
export type Rule = contract.RuleView;

const root = '/api/seals';
const one = (list: string, id: string, rest = ''): string =>
  `${root}/${list}/${encodeURIComponent(id)}${rest}`;
type Done = { ok: true };

export const seals = {
  ledger: (query: Query, signal?: AbortSignal) => get<Ledger>(`${root}/uses`, query, signal),
  ledgerFile: (query: Query): string => withQuery(`${root}/ledger/export`, query),
  use: (id: string, signal?: AbortSignal) => get<Use>(one('uses', id), {}, signal),
  photo: (id: string, fileId: string): string => one('uses', id, `/files/${encodeURIComponent(fileId)}`),
  list: (query: Query, signal?: AbortSignal) => get<Seals>(`${root}/seals`, query, signal),
  add: (seal: contract.SealRequest) => post<{ sealId: string }>(`${root}/seals`, seal),
  change: (id: string, seal: contract.ChangeSealRequest) => put<Done>(one('seals', id), seal),
  numbers: (query: Query, signal?: AbortSignal) => get<Numbers>(`${root}/numbers`, query, signal),
  numbersFile: (query: Query): string => withQuery(`${root}/numbers/export`, query),
  voidNumber: (id: string, version: number, words: string) =>
    post<Done>(one('numbers', id, '/void'), { version, words }),
  rules: (signal?: AbortSignal) => get<Rules>(`${root}/rules`, {}, signal),
  addRule: (rule: contract.RuleRequest) => post<{ ruleId: string }>(`${root}/rules`, rule),
  changeRule: (id: string, rule: contract.ChangeRuleRequest) => put<Done>(one('rules', id), rule),
};

/** Out goes before everything else. */
export const toneOf = ({
  state,
  isOut,
}: Pick<UseBrief, 'state' | 'isOut'>): 'blue' | 'green' | 'amber' | '' => (isOut ? 'amber' : TONES[state]);
const TONES: Readonly<Record<UseState, 'blue' | 'green' | 'amber' | ''>> = {
  approved: 'blue',
  partly: 'amber',
  closed: 'green',
  void: '',
};
