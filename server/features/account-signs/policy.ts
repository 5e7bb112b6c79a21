/** Who is asked about an account, who sees a check, who sees figures only. Pure. */
import type { OrgWithRoles } from '../access/index.ts';
import type { CheckState } from './contract.ts';

export type SignsOrg = Pick<
  OrgWithRoles,
  | 'person'
  | 'unit'
  | 'briefOf'
  | 'mainAssignmentOf'
  | 'departmentOf'
  | 'headsOf'
  | 'rolesOf'
  | 'roleHolders'
  | 'personByUserid'
>;

/** They act on what was reported; the others only where nobody else can. */
const SECURITY = 'securityAdmin';
const LAST_RESORT = ['superAdmin', 'creator'] as const;
/** Who watches over the work: figures, no names. */
const COUNTERS = ['creator', 'superAdmin', 'securityAdmin', 'auditAdmin'];

const whole = (org: SignsOrg, role: string): string[] =>
  org.roleHolders(role, null).map(({ personId }) => personId);

const fitting = (org: SignsOrg, about: string, ids: readonly string[]): string[] =>
  [...new Set(ids)].filter((id) => id !== about && org.person(id)?.active === true);

/** The department of somebody's main post. */
export function unitOf(org: SignsOrg, personId: string): string | null {
  const post = org.mainAssignmentOf(personId);
  return post ? (org.departmentOf(post.unitId)?.unitId ?? post.unitId) : null;
}

/** Nobody is asked about their own account, nor about the head they work for (H3). */
function ofUnit(org: SignsOrg, personId: string): string[] {
  const unitId = unitOf(org, personId);
  const held = org.rolesOf(personId);
  const leads = held.some(({ role }) => role === 'unitHead' || role === 'leaderInCharge');
  if (unitId === null || leads) return [];
  const liaisons = org.roleHolders('liaison', unitId).map((holder) => holder.personId);
  return fitting(org, personId, [...liaisons, ...org.headsOf(unitId).map((head) => head.personId)]);
}

/** Who is asked first in front: the unit's liaison, its head; else whoever acts on what is reported. */
export function answerersOf(org: SignsOrg, personId: string): string[] {
  const unit = ofUnit(org, personId);
  return unit.length > 0 ? unit : settlersOf(org, personId);
}

/** The security administrators; where there is none (but the person), who may do everything. */
export function settlersOf(org: SignsOrg, personId: string): string[] {
  const security = fitting(org, personId, whole(org, SECURITY));
  return security.length > 0
    ? security
    : fitting(
        org,
        personId,
        LAST_RESORT.flatMap((role) => whole(org, role)),
      );
}

export const duesOf = (org: SignsOrg, state: CheckState, personId: string): string[] =>
  state === 'open' ? answerersOf(org, personId) : state === 'reported' ? settlersOf(org, personId) : [];

export const mayAct = (org: SignsOrg, actorId: string, state: CheckState, personId: string): boolean =>
  duesOf(org, state, personId).includes(actorId);

/** The list with names: security administrators, each but for their own account. */
export const mayList = (org: SignsOrg, actorId: string): boolean =>
  org.rolesOf(actorId).some(({ role, scopeUnitId }) => role === SECURITY && scopeUnitId === null);

export const maySee = (org: SignsOrg, actorId: string, state: CheckState, personId: string): boolean =>
  actorId !== personId && (mayList(org, actorId) || mayAct(org, actorId, state, personId));

export const mayCount = (org: SignsOrg, actorId: string): boolean =>
  org.rolesOf(actorId).some(({ role, scopeUnitId }) => COUNTERS.includes(role) && scopeUnitId === null);
