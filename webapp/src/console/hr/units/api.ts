/** Proposals about units as the pages use them. Types only: no server code is bundled. */
import type * as contract from '../../../../../server/features/hr/unit-acts/contract.ts';
import type * as byHand from '../../../../../server/features/hr/by-hand/contract.ts';
import { get, post, type Query } from '../../../api/http.ts';

export type UnitActBrief = contract.UnitActBrief;
export type UnitActsAnswer = contract.UnitActsAnswer;
export type UnitActAnswer = contract.UnitActAnswer;
export type UnitActItemsAnswer = contract.UnitActItemsAnswer;
export type UnitActGroup = UnitActAnswer['groups'][number];

export type UnitFormAnswer = byHand.UnitFormAnswer;
export type StateUnitRequest = byHand.StateUnitRequest;

const base = '/api/hr/unit-acts';
const one = (id: string): string => `${base}/${encodeURIComponent(id)}`;

export const unitActs = {
  list: (query: Query, signal?: AbortSignal) => get<UnitActsAnswer>(base, query, signal),
  read: (id: string, signal?: AbortSignal) => get<UnitActAnswer>(one(id), {}, signal),
  items: (id: string, query: Query, signal?: AbortSignal) =>
    get<UnitActItemsAnswer>(`${one(id)}/items`, query, signal),
  propose: (wish: contract.ProposeRequest) => post<{ actId: string }>(base, wish),
  confirm: (id: string, hash: string, phrase: string) => post(`${one(id)}/confirm`, { hash, phrase }),
  withdraw: (id: string) => post(`${one(id)}/withdraw`, {}),
};

export const unitsByHand = {
  form: (unitId: string, signal?: AbortSignal) => get<UnitFormAnswer>('/api/hr/units', { unitId }, signal),
  state: (wish: StateUnitRequest) => post<byHand.StateUnitAnswer>('/api/hr/units', wish),
};
