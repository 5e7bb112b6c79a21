import { dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import { badRequest } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Directory, Org, OrgUnit } from '../../directory/index.ts';
import type { RightsLoader } from '../load-rights.ts';
import type { OrgWithRoles } from '../rights.ts';
import type { Scope } from '../scope.ts';
import { createPeopleIndex, type PeopleIndex } from './people-index.ts';
import { byPlace, countPeople, visibleTo, type HeadCounts, type Visible } from './visible.ts';

/** The directory as one actor may see it, today or as it was on a day. */
export interface World {
  readonly today: OrgWithRoles;
  /** Of the day that is looked at: names, places and posts of then. */
  readonly org: Org;
  readonly visible: Visible;
  readonly counts: () => HeadCounts;
  /** Is whoever stands at this place of the index in the scope? */
  readonly sees: (index: PeopleIndex) => (place: number) => boolean;
  /** Everybody here on that day. */
  readonly index: () => PeopleIndex;
  /** Everybody who has left by now. */
  readonly former: () => Promise<PeopleIndex>;
}

export type WorldLoader = (reads: Reads, scope: Scope, on?: CalendarDate) => Promise<World>;

/** Days of the past kept beside the read model of today. */
const KEPT_DAYS = 2;
const KEPT_SCOPES = 20;

interface KeptScope {
  readonly visible: Visible;
  readonly seen: WeakMap<PeopleIndex, (place: number) => boolean>;
}

/** What hangs on one state of the directory and goes with it. The list of units is made anew with every change. */
interface Kept {
  index?: PeopleIndex;
  former?: Promise<PeopleIndex>;
  readonly scopes: Map<string, KeptScope>;
  readonly counts: Map<string, HeadCounts>;
  readonly days: Map<CalendarDate, Promise<Org>>;
}

export function createWorldLoader(
  directory: Pick<Directory, 'directoryOn' | 'formerPeople'>,
  rights: RightsLoader,
): WorldLoader {
  const states = new WeakMap<readonly OrgUnit[], Kept>();
  const keptOf = (org: Org): Kept => {
    const known = states.get(org.units()) ?? { scopes: new Map(), counts: new Map(), days: new Map() };
    states.set(org.units(), known);
    return known;
  };

  // Most changes of the directory are of posts, locks and rights, and nobody is called differently.
  let latest: PeopleIndex | null = null;
  function indexOf(org: Org): PeopleIndex {
    latest = latest?.renewed(org.people()) ?? createPeopleIndex(org.people());
    return latest;
  }

  function dayOf(reads: Reads, today: Org, on: CalendarDate): Promise<Org> {
    const { days } = keptOf(today);
    const known = days.get(on);
    if (known) return known;
    const loading = directory.directoryOn(reads, on);
    keepAtMost(days, KEPT_DAYS, on, loading);
    return loading.catch((error: unknown) => {
      days.delete(on);
      throw error;
    });
  }

  async function formerOf(reads: Reads, today: Org): Promise<PeopleIndex> {
    const ids = await directory.formerPeople(reads);
    return createPeopleIndex(ids.flatMap((id) => today.person(id) ?? []));
  }

  return async (reads, scope, on) => {
    const { org: today } = await rights(reads);
    if (on !== undefined && on > dateOf(reads.now)) throw badRequest('access.day_ahead');
    const org = on === undefined || on === today.today ? today : await dayOf(reads, today, on);
    const here = keptOf(org);
    const now = keptOf(today);
    // What a scope holds follows from its slices and the tree, so equal slices share what was found out.
    const key = JSON.stringify(
      scope.slices.map(({ unitId, modules, categories }) => [unitId, modules, categories]),
    );
    const kept = now.scopes.get(key) ?? { visible: visibleTo(today, scope), seen: new WeakMap() };
    keepAtMost(now.scopes, KEPT_SCOPES, key, kept);
    const { visible, seen } = kept;
    return {
      today,
      org,
      visible,
      counts() {
        const known = here.counts.get(key) ?? countPeople(org, visible);
        keepAtMost(here.counts, KEPT_SCOPES, key, known);
        return known;
      },
      sees(index) {
        const known = seen.get(index) ?? byPlace(visible, index.people);
        seen.set(index, known);
        return known;
      },
      index: () => (here.index ??= indexOf(org)),
      former() {
        const loading = (now.former ??= formerOf(reads, today));
        return loading.catch((error: unknown) => {
          delete now.former;
          throw error;
        });
      },
    };
  };
}

function keepAtMost<Value>(kept: Map<string, Value>, most: number, key: string, value: Value): void {
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
}
