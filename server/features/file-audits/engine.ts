/**
 * How one person's file goes through an audit (S1-7.1b). Pure: (rules of the plan, file, command) → the next file and
 * what happened. Who may act is policy's; here is only what may happen.
 */
import { assertNever, conflict, refused } from '../../kernel/errors.ts';
import type { Field, Stage, StepKind, Verdict } from './contract.ts';

export interface Rules {
  /** In order; `hr` is the last. */
  readonly steps: readonly StepKind[];
  readonly fields: readonly Field[];
}

export interface FileState {
  readonly stage: Stage;
  /** Raised each time it is sent back. */
  readonly round: number;
  /** What the person said is wrong; null: has not answered in this round. */
  readonly saidWrong: readonly Field[] | null;
  /** What the unit doubts. */
  readonly doubts: readonly Field[];
  readonly verdicts: Readonly<Partial<Record<Field, Verdict>>>;
}

export type Command =
  | { readonly kind: 'check'; readonly said: Readonly<Partial<Record<Field, 'right' | 'wrong'>>> }
  | { readonly kind: 'pass'; readonly doubts: readonly Field[] }
  | { readonly kind: 'judge'; readonly verdicts: Readonly<Partial<Record<Field, Verdict>>> }
  | { readonly kind: 'sendBack'; readonly to: StepKind }
  /** Nobody can take the step: the person is locked, the unit has nobody but the person. Never HR's own step. */
  | { readonly kind: 'passOver' }
  /** The person has left. */
  | { readonly kind: 'drop' }
  /** The plan ends. */
  | { readonly kind: 'stop' };

export type EventKind =
  | 'opened'
  | 'checked'
  | 'passed'
  | 'judged'
  | 'sentBack'
  | 'passedOver'
  | 'moved'
  | 'handedOn'
  | 'dropped'
  | 'stopped';

export const isOpen = (stage: Stage): stage is StepKind =>
  stage === 'self' || stage === 'unit' || stage === 'hr';

export function openFile({ steps }: Rules): FileState {
  return { stage: steps[0] ?? 'hr', round: 1, saidWrong: null, doubts: [], verdicts: {} };
}

/**
 * @throws conflict `fileaudits.file_closed`, `fileaudits.other_step`: somebody was quicker; refused
 * `fileaudits.answers_incomplete`, `fileaudits.foreign_field`, `fileaudits.no_such_step`
 */
export function decide(
  rules: Rules,
  file: FileState,
  command: Command,
): { readonly next: FileState; readonly event: EventKind } {
  const { stage } = file;
  if (!isOpen(stage)) throw conflict('fileaudits.file_closed');
  const at = (step: StepKind) => {
    if (stage !== step) throw conflict('fileaudits.other_step');
  };
  switch (command.kind) {
    case 'check': {
      at('self');
      mustCover(rules, Object.keys(command.said) as Field[]);
      const saidWrong = rules.fields.filter((field) => command.said[field] === 'wrong');
      return { next: { ...file, stage: after(rules, 'self'), saidWrong }, event: 'checked' };
    }
    case 'pass': {
      at('unit');
      mustBelong(rules, command.doubts);
      const doubts = rules.fields.filter((field) => command.doubts.includes(field));
      return { next: { ...file, stage: after(rules, 'unit'), doubts }, event: 'passed' };
    }
    case 'judge': {
      at('hr');
      mustCover(rules, Object.keys(command.verdicts) as Field[]);
      return { next: { ...file, stage: 'done', verdicts: command.verdicts }, event: 'judged' };
    }
    case 'sendBack': {
      const { to } = command;
      if (!stepsBefore(rules, stage).includes(to)) throw refused('fileaudits.no_such_step');
      return { next: { ...file, ...forgotten(to), stage: to, round: file.round + 1 }, event: 'sentBack' };
    }
    case 'passOver':
      if (stage === 'hr') throw refused('fileaudits.no_such_step');
      return { next: { ...file, stage: after(rules, stage) }, event: 'passedOver' };
    case 'drop':
      return { next: { ...file, stage: 'dropped' }, event: 'dropped' };
    case 'stop':
      return { next: { ...file, stage: 'unfinished' }, event: 'stopped' };
    default:
      return assertNever(command);
  }
}

/** What is said anew is not kept from before. */
const forgotten = (to: StepKind): Partial<FileState> =>
  to === 'self' ? { saidWrong: null, doubts: [] } : { doubts: [] };

function after({ steps }: Rules, step: StepKind): Stage {
  return steps[steps.indexOf(step) + 1] ?? 'hr';
}

/** Where a file at this step can be sent back to. */
export const stepsBefore = ({ steps }: Pick<Rules, 'steps'>, stage: Stage): readonly StepKind[] =>
  isOpen(stage) ? steps.slice(0, steps.indexOf(stage)) : [];

function mustBelong({ fields }: Rules, named: readonly Field[]): void {
  if (named.some((field) => !fields.includes(field))) throw refused('fileaudits.foreign_field');
}

function mustCover(rules: Rules, named: readonly Field[]): void {
  mustBelong(rules, named);
  if (rules.fields.some((field) => !named.includes(field))) throw refused('fileaudits.answers_incomplete');
}

/** Who could take a step now; null: nobody. */
export interface Hands {
  readonly self: string | null;
  readonly unit: string | null;
  readonly hr: string | null;
}

/**
 * A file lies where somebody can take it: steps nobody can take are passed over, and that is written. HR's step waits
 * without a holder until somebody is named, because a file nobody judged has no result.
 */
export function settle(
  rules: Rules,
  file: FileState,
  hands: Hands,
): { readonly next: FileState; readonly holder: string | null; readonly passedOver: readonly StepKind[] } {
  const passedOver: StepKind[] = [];
  let next = file;
  while (isOpen(next.stage) && next.stage !== 'hr' && hands[next.stage] === null) {
    passedOver.push(next.stage);
    next = decide(rules, next, { kind: 'passOver' }).next;
  }
  return { next, holder: isOpen(next.stage) ? hands[next.stage] : null, passedOver };
}

/** Nothing speaks against it: what may be judged right without being opened. */
export const isClean = (
  { fields }: Rules,
  { saidWrong, doubts }: FileState,
  present: (field: Field) => boolean,
): boolean => (saidWrong ?? []).length === 0 && doubts.length === 0 && fields.every(present);

export function countVerdicts(verdicts: FileState['verdicts']): Readonly<Record<Verdict, number>> {
  const all = Object.values(verdicts);
  const count = (one: Verdict) => all.filter((verdict) => verdict === one).length;
  return { ok: count('ok'), missing: count('missing'), wrong: count('wrong') };
}

/** S1-7.1a: the steps in the order in which they are gone through; each once, HR's among them. */
export function orderSteps<T extends { readonly kind: StepKind }>(steps: readonly T[]): T[] {
  const order: readonly StepKind[] = ['self', 'unit', 'hr'];
  const sorted = order.flatMap((kind) => steps.find((step) => step.kind === kind) ?? []);
  if (sorted.length !== steps.length || sorted.at(-1)?.kind !== 'hr') throw refused('fileaudits.steps');
  return sorted;
}
