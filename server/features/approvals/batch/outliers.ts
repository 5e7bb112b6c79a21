/** What stands out in a batch of like requests, so that nobody agrees to it in passing. Pure. */

/** A number somebody asks for: 请假 12 天. */
export interface Figure {
  readonly label: string;
  readonly value: number;
}

export interface Subject {
  readonly taskId: string;
  /** Only requests of one kind are compared. */
  readonly kind: string;
  readonly figures: readonly Figure[];
}

/** With fewer there is no “usual”. */
const FEWEST = 5;

/**
 * Tukey's upper fence: above three quarters of the others by more than one and a half times their spread, and at least
 * twice the middle one, so that 1, 1, 1, 1, 2 days are no warning.
 * @returns the words to show, by task
 */
export function outliersOf(subjects: readonly Subject[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [place, group] of groups(subjects)) {
    if (group.length < FEWEST) continue;
    const sorted = group.map(({ value }) => value).sort((a, b) => a - b);
    const [low, middle, high] = [at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75)];
    const fence = Math.max(high + 1.5 * (high - low), 2 * middle);
    for (const { taskId, value } of group) {
      if (value <= fence) continue;
      const usual = low === high ? String(low) : `${String(low)} 到 ${String(high)}`;
      const words = `${place.label} ${String(value)}，这批多为 ${usual}`;
      found.set(taskId, [found.get(taskId), words].filter(Boolean).join('；'));
    }
  }
  return found;
}

type Member = { readonly taskId: string; readonly value: number };

function groups(subjects: readonly Subject[]): Map<{ label: string }, Member[]> {
  const byPlace = new Map<string, { key: { label: string }; members: Member[] }>();
  for (const { taskId, kind, figures } of subjects)
    for (const { label, value } of figures) {
      const place = `${kind}/${label}`;
      const known = byPlace.get(place) ?? { key: { label }, members: [] };
      known.members.push({ taskId, value });
      byPlace.set(place, known);
    }
  return new Map([...byPlace.values()].map(({ key, members }) => [key, members]));
}

/** The value below which this share of them lies: one of them, nothing in between. */
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
