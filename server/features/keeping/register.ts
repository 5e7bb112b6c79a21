/** The register of keeping periods: what config/keeping.json says and what the rooms can do, put together. Pure. */
import { z } from 'zod';
import { DAY_MS } from '../../kernel/dates.ts';
import type { Keeping } from '../../platform/keeping/index.ts';

const words = z.string().min(1).max(200);
const Kinds = z.object({
  about: z.string(),
  kinds: z.array(
    z.strictObject({
      kind: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/),
      what: words,
      purpose: words,
      ground: words,
      since: words,
      days: z.int().min(0).max(36_500).nullable(),
    }),
  ),
});

/** One line of the register. */
export interface Period extends Pick<Keeping, 'kind' | 'ending'> {
  /** Words for people. */
  readonly what: string;
  readonly purpose: string;
  readonly ground: string;
  readonly since: string;
  /** Calendar days; null: not ended by time. */
  readonly days: number | null;
}

/** @throws Error naming every fault at once */
export function readRegister(json: unknown, keepings: readonly Keeping[]): Period[] {
  const { kinds } = Kinds.parse(json);
  const known = new Map(keepings.map((keeping) => [keeping.kind, keeping]));
  const named = new Set(kinds.map(({ kind }) => kind));
  const faults = [
    ...keepings.filter(({ kind }) => !named.has(kind)).map(({ kind }) => `${kind} is missing`),
    ...(named.size < kinds.length ? ['a kind is named twice'] : []),
    ...(known.size < keepings.length ? ['two rooms declare one kind'] : []),
    ...kinds.flatMap(({ kind, days }) => faultOf(known.get(kind), kind, days)),
  ];
  if (faults.length > 0) throw new Error(`config/keeping.json: ${faults.join('; ')}`);
  return kinds.map((line) => ({ ...line, ending: known.get(line.kind)?.ending ?? null }));
}

function faultOf(keeping: Keeping | undefined, kind: string, days: number | null): string[] {
  if (keeping === undefined) return [`${kind} is kept by nobody`];
  if (days === null) return [];
  if (keeping.ending === null) return [`${kind} has days, but nothing ends it`];
  return days < keeping.atLeastDays ? [`${kind} needs at least ${keeping.atLeastDays} days`] : [];
}

/** What counts from before this instant is past its time. */
export const endsBefore = (now: number, days: number): number => now - days * DAY_MS;

/** When the oldest record's time ends; null: nothing is there or nothing ends it. */
export const nextEndAt = (oldestAt: number | null, days: number | null): number | null =>
  oldestAt === null || days === null ? null : oldestAt + days * DAY_MS;
