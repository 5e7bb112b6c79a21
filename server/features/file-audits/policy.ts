/** Who sees and does what in an audit. One answer for lists, counts, exports, buttons and commands (H1). Pure. */
import type { OrgWithRoles } from '../access/index.ts';
import { isOpen, type Hands } from './engine.ts';
import type { FileAuditSettings } from './settings.ts';
import type { FileRow, PlanRow } from './tables.ts';

export type AuditOrg = Pick<
  OrgWithRoles,
  | 'person'
  | 'people'
  | 'unit'
  | 'units'
  | 'formerUnits'
  | 'placeOf'
  | 'ancestors'
  | 'isWithin'
  | 'pathOf'
  | 'departmentOf'
  | 'assignmentsOf'
  | 'mainAssignmentOf'
  | 'membersOf'
  | 'headsOf'
  | 'rolesOf'
  | 'roleHolders'
  | 'briefOf'
>;

export interface Viewer {
  readonly personId: string;
  readonly isHr: boolean;
  /** S1-22a: counts of everything, nothing of a person. */
  readonly isSupervisor: boolean;
  /** For which units this person reviews, with all below them and all that ended into them. */
  readonly unitIds: ReadonlySet<string>;
}

type File = Pick<FileRow, 'personId' | 'unitId' | 'stage'>;
type Plan = Pick<PlanRow, 'reviewerIds' | 'steps' | 'state'>;

export function viewerOf(org: AuditOrg, settings: FileAuditSettings, personId: string): Viewer {
  const held = org.rolesOf(personId);
  const speaksFor = held.flatMap(({ role, scopeUnitId }) =>
    scopeUnitId !== null && settings.unitRoles.includes(role) ? [scopeUnitId] : [],
  );
  const person = org.person(personId);
  // Whoever works there for another house does not supervise this one.
  const isOfTheHouse = person?.active === true && person.category === 'internal';
  const posts = isOfTheHouse ? org.assignmentsOf(personId) : [];
  return {
    personId,
    isHr: held.some(({ role, scopeUnitId }) => scopeUnitId === null && settings.makerRoles.includes(role)),
    isSupervisor: posts.some(({ unitId }) => isOf(org, unitId, settings.supervisorUnits)),
    unitIds: speaksFor.length === 0 ? new Set() : unitsBelow(org, speaksFor),
  };
}

/** Is the unit one of these, by code, or below one? */
export const isOf = (org: AuditOrg, unitId: string, codes: readonly string[]): boolean =>
  [org.unit(unitId), ...org.ancestors(unitId)].some((unit) => unit !== null && codes.includes(unit.code));

function unitsBelow(org: AuditOrg, above: readonly string[]): Set<string> {
  const within = (unitId: string): boolean => {
    const place = org.placeOf(unitId);
    return place !== null && above.some((id) => org.isWithin(place.unitId, id));
  };
  return new Set(
    [...org.units(), ...org.formerUnits()].map(({ unitId }) => unitId).filter((unitId) => within(unitId)),
  );
}

export const isReviewer = ({ personId }: Viewer, { reviewerIds }: Plan): boolean =>
  reviewerIds.includes(personId);

const hasUnitStep = ({ steps }: Plan): boolean => steps.some(({ kind }) => kind === 'unit');

/** What of a plan somebody sees: every file, those of their units, only counts, or nothing. A draft is HR's alone. */
export function sightOf(viewer: Viewer, plan: Plan): 'all' | 'units' | 'counts' | null {
  if (viewer.isHr) return 'all';
  if (['draft', 'discarded'].includes(plan.state)) return null;
  if (isReviewer(viewer, plan)) return 'all';
  if (viewer.isSupervisor) return 'counts';
  return viewer.unitIds.size > 0 && hasUnitStep(plan) ? 'units' : null;
}

const reviewsFor = (viewer: Viewer, plan: Plan, { unitId }: File): boolean =>
  hasUnitStep(plan) && unitId !== null && viewer.unitIds.has(unitId);

/** The person, who reviews for the unit, who judges, and HR. */
export const maySeeFile = (viewer: Viewer, plan: Plan, file: File): boolean =>
  viewer.personId === file.personId ||
  viewer.isHr ||
  isReviewer(viewer, plan) ||
  reviewsFor(viewer, plan, file);

/** H3: nobody reviews their own file, and only its person checks it. */
export function mayDo(viewer: Viewer, plan: Plan, file: File) {
  const running = plan.state === 'running' && isOpen(file.stage);
  const isOwn = viewer.personId === file.personId;
  return {
    check: running && file.stage === 'self' && isOwn,
    pass: running && file.stage === 'unit' && !isOwn && reviewsFor(viewer, plan, file),
    judge: running && file.stage === 'hr' && !isOwn && isReviewer(viewer, plan),
  };
}

/** The department a person is counted in; null: has no post any more. */
export function countedIn(org: AuditOrg, personId: string): string | null {
  const post = org.mainAssignmentOf(personId);
  return post === null ? null : (org.departmentOf(post.unitId)?.unitId ?? post.unitId);
}

/** Who takes each step of this person's file now: the nearest that can, never the person (H3). */
export function handsFor(
  org: AuditOrg,
  settings: FileAuditSettings,
  plan: Pick<PlanRow, 'reviewerIds'>,
  { personId, unitId }: Pick<FileRow, 'personId' | 'unitId'>,
): Hands {
  const can = (id: string): boolean => id !== personId && org.person(id)?.active === true;
  const reviewers = plan.reviewerIds.filter(can);
  return {
    self: org.person(personId)?.active === true ? personId : null,
    unit: unitId === null ? null : unitHand(org, settings, unitId, can),
    // The same reviewer for one unit, and units spread over all of them.
    hr: reviewers[spread(unitId ?? personId, reviewers.length)] ?? null,
  };
}

function unitHand(
  org: AuditOrg,
  { unitRoles }: FileAuditSettings,
  unitId: string,
  can: (personId: string) => boolean,
): string | null {
  const place = org.placeOf(unitId);
  for (const unit of place ? [place, ...org.ancestors(place.unitId)] : []) {
    for (const role of unitRoles) {
      const holders = role === 'unitHead' ? org.headsOf(unit.unitId) : org.roleHolders(role, unit.unitId);
      const found = holders.find((holder) => can(holder.personId));
      if (found) return found.personId;
    }
  }
  return null;
}

/** The same place for the same id, on every machine. */
function spread(id: string, among: number): number {
  if (among === 0) return 0;
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % among;
}

/** Who can be named as a reviewer. */
export function reviewerChoices(org: AuditOrg, settings: FileAuditSettings): string[] {
  const held = settings.makerRoles.flatMap((role) => org.roleHolders(role, null).map((one) => one.personId));
  const inUnits = settings.reviewerUnits.flatMap((code) =>
    org
      .units()
      .filter(({ unitId }) => isOf(org, unitId, [code]))
      .flatMap(({ unitId }) => org.membersOf(unitId).map((post) => post.personId)),
  );
  return [...new Set([...held, ...inUnits])].filter((id) => org.person(id)?.active === true);
}

/** Whom a scope names today: posts in its units, its sets, of its categories; nothing named: everybody. By id. */
export function peopleIn(
  org: AuditOrg,
  scope: PlanRow['scope'],
  inSets: ReadonlySet<string>,
): { readonly personId: string }[] {
  const everybody = scope.unitIds.length === 0 && scope.setIds.length === 0;
  const named = ({ personId }: { readonly personId: string }): boolean =>
    everybody ||
    inSets.has(personId) ||
    org
      .assignmentsOf(personId)
      .some((post) => scope.unitIds.some((unitId) => org.isWithin(post.unitId, unitId)));
  return org
    .people()
    .filter((person) => scope.categories.length === 0 || scope.categories.includes(person.category))
    .filter(named)
    .sort((a, b) => (a.personId < b.personId ? -1 : 1));
}
