import { ROSTER_SHEETS } from '../../server/features/directory/index.ts';
import type { Sheet } from '../../server/platform/sheets/index.ts';
import { demoCast, type CastMember } from '../../scripts/demo/cast.ts';
import { demoRoster } from '../../scripts/demo/roster.ts';
import { DEMO_UNITS } from '../../scripts/demo/units.ts';

let made: Sheet[] | null = null;

/** The demo college with nobody in it but the people of the story: the same sheets with fewer rows. */
export function storyRoster(): Sheet[] {
  return (made ??= demoRoster().map(onlyTheCast));
}

const cast: readonly CastMember[] = Object.values(demoCast);
const STAFF_NOS = new Set(cast.map((member) => member.staffNo));
const UNITS = unitsOf(cast);

function onlyTheCast({ name, rows: [header = [], ...rows] }: Sheet): Sheet {
  const keep = name === ROSTER_SHEETS.units ? UNITS : STAFF_NOS;
  return { name, rows: [header, ...rows.filter(([first]) => keep.has(first ?? ''))] };
}

/** Where they have posts or are in charge, up to the root. */
function unitsOf(members: readonly CastMember[]): Set<string> {
  const parents = new Map(DEMO_UNITS.map((unit) => [unit.code, unit.parent]));
  const codes = members.flatMap(({ posts, roles = [] }) => [
    ...posts.map((post) => post.unit),
    ...roles.flatMap((role) => role.unit ?? []),
  ]);
  const kept = new Set<string>();
  for (const code of codes) {
    for (let at: string | null = code; at !== null; at = parents.get(at) ?? null) kept.add(at);
  }
  return kept;
}
