/** Personal-file audits as the console uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/file-audits/contract.ts';
import { get, post, put, type Query, withQuery } from '../../api/http.ts';

export type Plan = contract.PlanAnswer;
export type PlansPage = contract.PlansAnswer;
export type PlanTerms = contract.PlanTerms;
export type PlanState = contract.PlanState;
export type Choices = contract.ChoicesAnswer;
export type UnitsPage = contract.UnitsAnswer;
export type FilesPage = contract.FilesAnswer;
export type FileBrief = contract.FileBrief;
export type AuditFile = contract.FileAnswer;
export type FieldKey = contract.Field;
export type StepKind = contract.StepKind;
export type Verdict = contract.Verdict;
export type Stage = contract.Stage;
export type Figures = contract.Figures;
export type Quality = contract.QualityAnswer;

const root = '/api/file-audits';
const plan = (id: string, act = ''): string => `${root}/plans/${encodeURIComponent(id)}${act && `/${act}`}`;
const file = (id: string, act = ''): string => `${root}/files/${encodeURIComponent(id)}${act && `/${act}`}`;
type Done = { ok: true };

export const audits = {
  plans: (query: Query, signal?: AbortSignal) => get<PlansPage>(`${root}/plans`, query, signal),
  plan: (id: string, signal?: AbortSignal) => get<Plan>(plan(id), {}, signal),
  choices: (signal?: AbortSignal) => get<Choices>(`${root}/choices`, {}, signal),
  make: (terms: PlanTerms) => post<{ planId: string }>(`${root}/plans`, terms),
  change: (id: string, version: number, terms: PlanTerms) => put<Done>(plan(id), { version, ...terms }),
  discard: (id: string, version: number) => post<Done>(plan(id, 'discard'), { version }),
  start: (id: string, version: number, phrase?: string) =>
    post<Done>(plan(id, 'start'), { version, ...(phrase !== undefined && { phrase }) }),
  tune: (id: string, version: number, guidance: string, reviewerIds: readonly string[]) =>
    put<Done>(plan(id, 'guidance'), { version, guidance, reviewerIds }),
  end: (id: string, version: number, phrase?: string) =>
    post<Done>(plan(id, 'end'), { version, ...(phrase !== undefined && { phrase }) }),
  remind: (id: string, unitId: string | null) => post<contract.RemindAnswer>(plan(id, 'remind'), { unitId }),
  units: (id: string, query: Query, signal?: AbortSignal) => get<UnitsPage>(plan(id, 'units'), query, signal),
  files: (id: string, query: Query, signal?: AbortSignal) => get<FilesPage>(plan(id, 'files'), query, signal),
  sheet: (id: string, query: Query): string => withQuery(plan(id, 'export'), query),
  file: (id: string, signal?: AbortSignal) => get<AuditFile>(file(id), {}, signal),
  pass: (id: string, doubts: { field: FieldKey; note: string }[]) =>
    post<contract.ActAnswer>(file(id, 'pass'), { doubts }),
  judge: (id: string, verdicts: { field: FieldKey; verdict: Verdict; note: string | null }[]) =>
    post<contract.ActAnswer>(file(id, 'judge'), { verdicts }),
  sendBack: (id: string, to: StepKind, reason: string) =>
    post<contract.ActAnswer>(file(id, 'send-back'), { to, reason }),
  passSome: (fileIds: readonly string[]) => post<contract.SomeAnswer>(`${root}/pass-some`, { fileIds }),
  judgeSome: (fileIds: readonly string[]) => post<contract.SomeAnswer>(`${root}/judge-some`, { fileIds }),
  quality: (query: Query, signal?: AbortSignal) => get<Quality>('/api/data-quality/staff', query, signal),
};

export const planTone: Readonly<Record<PlanState, 'blue' | 'green' | 'amber' | ''>> = {
  draft: 'amber',
  starting: 'blue',
  running: 'blue',
  ending: 'blue',
  ended: 'green',
  discarded: '',
};
export const stageTone: Readonly<Record<Stage, 'blue' | 'green' | 'amber' | ''>> = {
  self: 'blue',
  unit: 'blue',
  hr: 'blue',
  done: 'green',
  dropped: '',
  unfinished: 'amber',
};
