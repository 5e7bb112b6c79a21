/** What this room reads of the directory and of who holds which role; access' `OrgWithRoles` fits. */
import type { AccountsSettings } from './settings.ts';

export interface HeldRole {
  readonly role: string;
  readonly scopeUnitId: string | null;
}

export interface AccountsPerson {
  readonly personId: string;
  readonly staffNo: string;
  readonly name: string;
  readonly active: boolean;
}

export interface AccountsUnit {
  readonly unitId: string;
  readonly code: string;
  readonly name: string;
}

export interface AccountsOrg {
  person(personId: string): AccountsPerson | null;
  /** Without regard to case (B1). */
  personByUserid(userid: string): AccountsPerson | null;
  /** Everybody not gone, locked people included. */
  people(): readonly AccountsPerson[];
  unit(unitId: string): AccountsUnit | null;
  units(): readonly AccountsUnit[];
  /** Those that are over. */
  formerUnits(): readonly AccountsUnit[];
  /** Which unit answers for this one today: itself, its successor, or the nearest one above. */
  placeOf(unitId: string): AccountsUnit | null;
  mainAssignmentOf(personId: string): { readonly unitId: string; readonly title: string } | null;
  departmentOf(unitId: string): AccountsUnit | null;
  ancestors(unitId: string): readonly AccountsUnit[];
  isWithin(unitId: string, aboveId: string): boolean;
  headsOf(unitId: string): readonly { readonly personId: string }[];
  rolesOf(personId: string): readonly HeldRole[];
  roleHolders(role: string, unitId: string | null): readonly { readonly personId: string }[];
}

/** Units there are and were: what lies with one that is over is somebody's still. */
export const everyUnit = (org: Pick<AccountsOrg, 'units' | 'formerUnits'>): readonly AccountsUnit[] => [
  ...org.units(),
  ...org.formerUnits(),
];

/** Who is asked when a unit owes something: its liaison, its head, then those of the units above; null: nobody. */
export function unitHolder(org: AccountsOrg, { roles }: AccountsSettings, unitId: string, except?: string) {
  const fits = (personId: string) => personId !== except && org.person(personId)?.active === true;
  const place = org.placeOf(unitId);
  for (const unit of place ? [place, ...org.ancestors(place.unitId)] : []) {
    for (const role of roles.unitHolders) {
      const holders = role === 'unitHead' ? org.headsOf(unit.unitId) : org.roleHolders(role, unit.unitId);
      const found = holders.find(({ personId }) => fits(personId));
      if (found) return found.personId;
    }
  }
  return null;
}

/** First active holder of one of the roles for the whole institution; null: nobody. */
export function roleHolder(org: AccountsOrg, roles: readonly string[], except?: string): string | null {
  for (const role of roles) {
    const found = org
      .roleHolders(role, null)
      .find(({ personId }) => personId !== except && org.person(personId)?.active === true);
    if (found) return found.personId;
  }
  return null;
}
