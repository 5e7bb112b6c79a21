import { stamp } from '../../ui/format.ts';
import type { State, Summary } from './api.ts';
import { w } from './words.ts';

/** What the last comparison says of itself, in the words of the page. */
type Run = Summary['lastRun'];

/** Nothing was written yet when it was compared. */
export const isBlank = (run: Run): boolean =>
  run !== null && run.finishedAt !== null && run.units === 0 && run.members === 0;

export function runWords(run: Run): string {
  if (!run) return w.sub.never;
  if (run.state === 'running') return w.sub.running(stamp(run.startedAt));
  if (isBlank(run)) return w.sub.blank;
  if (run.state === 'abandoned') return w.sub.abandoned(stamp(run.startedAt));
  return w.sub.done(stamp(run.startedAt), run.members, run.units);
}

/** Members the comparison could not look at. */
export const unseenOf = (run: Run): number =>
  run?.state === 'partial' && run.detailed !== null ? run.members - run.detailed : 0;

/** Why the list is empty: title and what it rests on. */
export function emptyWords(run: Run, part: boolean, filtered: boolean): { title: string; text: string } {
  if (filtered) return { title: w.empty.filteredTitle, text: w.empty.filteredText };
  if (!run) return { title: w.empty.blankTitle, text: w.empty.openNever };
  if (isBlank(run)) return { title: w.empty.blankTitle, text: w.sub.blank };
  return {
    title: w.empty.openTitle,
    text: part ? w.part.empty(run.members) : w.empty.openText(stamp(run.startedAt), run.members),
  };
}

export const countOf = (summary: Summary | null, state: State): number =>
  summary?.counts.filter((one) => one.state === state).reduce((sum, one) => sum + one.count, 0) ?? 0;
