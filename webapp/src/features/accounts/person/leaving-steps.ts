import { words as w } from '../../../phrases/accounts.ts';
import { dateOf, dayWords, stamp } from '../../../ui/format.ts';
import type { CancellationAnswer } from '../shapes.ts';

export interface LeavingStep {
  readonly name: keyof typeof w.leaving.steps;
  readonly state: 'done' | 'current' | 'future';
  readonly when: string;
}

/** S2-16, C13: told, disabled, hands empty, grace, deleted; the first that is not done is the one that runs. */
export function leavingSteps({
  toldAt,
  disabledAt,
  handedOverAt,
  graceUntilAt,
  deletedAt,
  step,
}: CancellationAnswer): LeavingStep[] {
  const graceIsOver = step === 'deleting' || step === 'deleted';
  const rows: [LeavingStep['name'], boolean, string][] = [
    ['told', true, stamp(toldAt)],
    ['disabled', disabledAt !== null, disabledAt === null ? '' : stamp(disabledAt)],
    ['handedOver', handedOverAt !== null, handedOverAt === null ? '' : stamp(handedOverAt)],
    ['grace', graceIsOver, graceUntilAt === null ? '' : w.leaving.graceUntil(dayWords(dateOf(graceUntilAt)))],
    ['deleted', deletedAt !== null, deletedAt === null ? '' : stamp(deletedAt)],
  ];
  const running = rows.findIndex(([, done]) => !done);
  return rows.map(([name, done, when], at) => ({
    name,
    state: done ? 'done' : at === running ? 'current' : 'future',
    when,
  }));
}
