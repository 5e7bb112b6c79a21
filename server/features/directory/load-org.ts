import { dateOf, type CalendarDate } from '../../kernel/dates.ts';
import { createTogether } from '../../kernel/together.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { loadPeople, loadUnits } from './load-rows.ts';
import { createPeople, patchPeople, type OrgPeople } from './org-people.ts';
import { composeOrg, type Org } from './org.ts';
import { changeOfRevision, forgetStamp, revisionStamp, stampOfWork } from './revision.ts';

export type OrgLoader = (reads: Reads) => Promise<{ org: Org; stamp: string }>;

const KEPT = 3;
/** Changed people that are laid over a whole reading before it is done anew. */
const MAX_PATCHED = 500;
/** Revisions looked back to one that is kept. */
const MAX_BACK = 50;

interface Kept {
  readonly org: Org;
  /** Everybody as of some revision before, and who changed since. */
  readonly whole: OrgPeople;
  readonly changed: ReadonlySet<string>;
}

/**
 * The read model of today, kept in memory until the directory changes: one small query when nothing did. When a few
 * people changed only they are read, so that a run of HR over thousands does not read a hundred thousand each time.
 */
export function createOrgLoader(): OrgLoader {
  const kept = new Map<string, Promise<Kept>>();
  // It starts after they asked, so it sees everything that was committed before, and a hundred requests at once ask a
  // few times.
  const sharedStamp = createTogether(async (askers: readonly Reads[]) => {
    const [reads] = askers;
    const stamp = reads ? await revisionStamp(reads) : '';
    return askers.map(() => stamp);
  }, Infinity);

  /** The nearest revision before this one that is kept, with everybody who changed since; null: read everybody. */
  async function nearest(reads: Reads, stamp: string, today: CalendarDate): Promise<Kept | null> {
    const changed = new Set<string>();
    let at = stamp;
    for (let back = 0; back < MAX_BACK && changed.size <= MAX_PATCHED; back += 1) {
      const change = await changeOfRevision(reads, at);
      if (!change?.personIds) return null;
      for (const personId of change.personIds) changed.add(personId);
      at = change.previous;
      const before = await kept.get(keyOf(at, today))?.catch(() => null);
      if (!before) continue;
      for (const personId of before.changed) changed.add(personId);
      return changed.size <= MAX_PATCHED ? { ...before, changed } : null;
    }
    return null;
  }

  async function build(reads: Reads, stamp: string, today: CalendarDate): Promise<Kept> {
    const before = await nearest(reads, stamp, today);
    const units = await loadUnits(reads);
    const known = new Set(units.map((unit) => unit.unitId));
    const isUnit = (unitId: string) => known.has(unitId);
    if (!before) {
      const whole = createPeople(await loadPeople(reads), isUnit, today);
      return { org: composeOrg(units, whole, today), whole, changed: new Set() };
    }
    const { whole, changed } = before;
    const rows = changed.size > 0 ? await loadPeople(reads, [...changed]) : { people: [], assignments: [] };
    const people = patchPeople(whole, changed, createPeople(rows, isUnit, today));
    return { org: composeOrg(units, people, today), whole, changed };
  }

  return async function load(reads) {
    const today = dateOf(reads.now);
    for (let tries = 1; ; tries += 1) {
      // Inside a unit of work its own connection must be asked: it may have changed the directory itself.
      const stamp = await ('actor' in reads ? stampOfWork(reads) : sharedStamp(reads));
      const key = keyOf(stamp, today);
      const known = kept.get(key);
      if (known) return { org: (await known).org, stamp };
      const loading = build(reads, stamp, today);
      keep(kept, key, loading);
      const { org } = await loading.catch((error: unknown) => {
        kept.delete(key);
        throw error;
      });
      // On a pool the queries of one load may see a change in between: then what was built belongs to no stamp.
      if ((await revisionStamp(reads)) === stamp || tries === 3) return { org, stamp };
      kept.delete(key);
      forgetStamp(reads);
    }
  };
}

const keyOf = (stamp: string, today: CalendarDate): string => `${stamp} ${today}`;

function keep(kept: Map<string, Promise<Kept>>, key: string, one: Promise<Kept>): void {
  kept.set(key, one);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
}
