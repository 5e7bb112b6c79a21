import type { SheetAnswer, SheetItem } from '../api.ts';
import { w } from '../words.ts';

export interface ItemGroup {
  kind: string;
  label: string;
  items: SheetItem[];
}

/** By kind, in the order the server lists them. */
export const groupItems = (items: readonly SheetItem[]): ItemGroup[] =>
  groupBy(items, ({ kind }) => kind).map(([kind, group]) => ({
    kind,
    label: group[0]?.kindLabel ?? kind,
    items: group,
  }));

/** Not handed over yet, or it failed and may be tried again. */
export const isOpen = ({ result }: SheetItem): boolean => result === null || result === 'failed';

/** `open`: what the main button would hand over; statements are the person's own word and never carried out. */
export function sheetFigures({ items }: SheetAnswer): { total: number; settled: number; open: number } {
  const settled = items.filter(
    (item) => !isOpen(item) || item.mode !== 'choose' || item.successorId !== null,
  ).length;
  const open = items.filter((item) => isOpen(item) && item.mode !== 'statement').length;
  return { total: items.length, settled, open };
}

export interface VerdictWords {
  tone: '' | 'green' | 'blue' | 'amber' | 'orange' | 'red';
  words: string;
  why: string;
}

/** What came of it; before that what the dry run says; before that nothing is promised. */
export function verdictOf({ result, resultWords, trial, mode, successorId }: SheetItem): VerdictWords {
  if (result !== null) return { ...w.sheet.results[result], why: resultWords ?? '' };
  if (trial !== null) return { ...w.sheet.verdicts[trial.verdict], why: trial.words };
  if (mode === 'choose' && successorId === null) return { ...w.sheet.verdicts.missing, why: '' };
  return { tone: '', words: w.sheet.notTried, why: '' };
}

/** Groups in the order of their first member. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups];
}
