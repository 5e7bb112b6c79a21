/** Who sees that somebody is away, and who sees which leave it is. Pure. */
import { forbidden } from '../../kernel/errors.ts';
import { visibleTo, type OrgWithRoles } from '../access/index.ts';
import type { LeaveSettings } from './settings.ts';

/** Who keeps the accounts, for the whole institution. */
export const isHr = (org: OrgWithRoles, { hrRoles }: LeaveSettings, personId: string): boolean =>
  org.rolesOf(personId).some(({ role, scopeUnitId }) => scopeUnitId === null && hrRoles.includes(role));

/** @throws forbidden `leave.hr_only` */
export function mustBeHr(org: OrgWithRoles, settings: LeaveSettings, personId: string): void {
  if (!isHr(org, settings, personId)) throw forbidden('leave.hr_only');
}

export interface Reach {
  readonly isHr: boolean;
  /** That they are away: colleagues of a department, heads, who administers them, HR. */
  sees(personId: string): boolean;
  /** Which leave, who takes the work over, whether they are late: themselves, their heads, HR. */
  knows(personId: string): boolean;
  /** Departments whose calendar is one's own business, one's own first. */
  readonly unitIds: readonly string[];
}

export function reachOf(org: OrgWithRoles, settings: LeaveSettings, actorId: string): Reach {
  const hr = isHr(org, settings, actorId);
  const visible = visibleTo(org, org.scopeOf(actorId), 'view');
  const departments = departmentsOf(org, actorId);
  const headed = org
    .rolesOf(actorId)
    .flatMap(({ role, scopeUnitId }) => (role === 'unitHead' && scopeUnitId !== null ? [scopeUnitId] : []));
  const under = (personId: string): boolean =>
    org.assignmentsOf(personId).some(({ unitId }) => headed.some((head) => org.isWithin(unitId, head)));
  const together = (personId: string): boolean =>
    departmentsOf(org, personId).some((unitId) => departments.includes(unitId));
  const knows = (personId: string) => hr || personId === actorId || under(personId);
  return {
    isHr: hr,
    knows,
    sees: (personId) => knows(personId) || together(personId) || visible.has(personId),
    unitIds: [...new Set([...departments, ...headed])],
  };
}

const departmentsOf = (org: OrgWithRoles, personId: string): string[] =>
  org.assignmentsOf(personId).flatMap(({ unitId }) => org.departmentOf(unitId)?.unitId ?? []);
