import { dateOf, dayWords, stamp } from '../../../ui/format.ts';
import type { CancellationAnswer } from '../api.ts';
import { w } from '../words.ts';

export interface Stage {
  words: string;
  note: string;
  state: 'done' | 'now' | 'later';
}

/** Told → disabled → handed over → grace → deleted (S2-16, C13), each with its day. */
export function cancellationStages(one: CancellationAnswer): Stage[] {
  const { stages } = w.cancellation;
  const marks: readonly [words: string, at: number | null, later: string][] = [
    [stages.told, one.toldAt, ''],
    [stages.disabled, one.disabledAt, stages.disabledLater],
    [stages.handedOver, one.handedOverAt, stages.handedOverLater],
    [stages.grace, graceOver(one), graceNote(one)],
    [stages.deleted, one.deletedAt, stages.deletedLater],
  ];
  const now = marks.findIndex(([, at]) => at === null);
  return marks.map(([words, at, later], index) => ({
    words,
    note: at === null ? later : stamp(at),
    state: at !== null ? 'done' : index === now && one.step !== 'recalled' ? 'now' : 'later',
  }));
}

/** The grace is over when nothing of it is left among the obstacles: the server's clock decides, not this device's. */
const graceOver = ({ graceUntilAt, deletedAt, step }: CancellationAnswer): number | null =>
  step === 'deleting' || deletedAt !== null ? graceUntilAt : null;

const graceNote = ({ graceUntilAt }: CancellationAnswer): string =>
  graceUntilAt === null
    ? w.cancellation.stages.graceLater
    : w.cancellation.stages.until(dayWords(dateOf(graceUntilAt)));
