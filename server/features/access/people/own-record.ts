import { In } from 'typeorm';
import { AuditEntryTable, type OpenPersonal } from '../../../platform/audit/index.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { briefOf, roleName, type Words } from '../describe.ts';
import type { OrgWithRoles } from '../rights.ts';
import type { RoleCatalog } from '../role-catalog.ts';
import { createScope, REACHING_ROLES, type Scope } from '../scope.ts';
import type { OwnRecordAnswer, PersonalField } from './contract.ts';
import { FIELD_LABELS } from './person.ts';
import { purposesOf } from './purposes.ts';
import { COPIED, REVEALED } from './reveal.ts';
import { visibleTo } from './visible.ts';

type Watchers = OwnRecordAnswer['watchers'];
type Looks = OwnRecordAnswer['looks'];

/**
 * Everybody whose scope holds this person now. Who might is looked up among holders of rights; whether they do, their
 * scope says.
 */
export function watchersOf({ org, roles }: Pick<Words, 'org' | 'roles'>, personId: string): Watchers {
  return [...holders(org, personId)].flatMap((holderId): Watchers => {
    if (holderId === personId) return [];
    const scope = org.scopeOf(holderId);
    if (!visibleTo(org, scope).has(personId)) return [];
    const duty = visibleTo(org, scope, 'manage').has(personId) ? 'manage' : 'view';
    return [{ person: briefOf(org, holderId), as: capacity(org, roles, scope, personId), duty }];
  });
}

function holders(org: OrgWithRoles, personId: string): ReadonlySet<string> {
  const above = org
    .assignmentsOf(personId)
    .flatMap(({ unitId }) => [unitId, ...org.ancestors(unitId).map((unit) => unit.unitId)]);
  const byRole = REACHING_ROLES.flatMap((role) =>
    [null, ...new Set(above)].flatMap((unitId) => org.roleHolders(role, unitId)),
  );
  return new Set([...byRole, ...org.delegations()].map((one) => one.personId));
}

/** In the words of exactly those rights that reach this person. */
function capacity(org: OrgWithRoles, roles: RoleCatalog, { slices }: Scope, personId: string): string {
  const words = slices
    .filter((slice) => visibleTo(org, createScope([slice], org)).has(personId))
    .map(({ from }) => ('role' in from ? roleName(roles, from.role) : '分级管理员'));
  return [...new Set(words)].join('、');
}

/** Who looked at a value of this person in full, and what for (H6). */
export async function looksAt(
  reads: Reads,
  org: OrgWithRoles,
  personId: string,
  openPersonal: OpenPersonal,
): Promise<Looks> {
  const rows = await reads.em.getRepository(AuditEntryTable).find({
    where: { targetType: 'person', targetId: personId, action: In([REVEALED, COPIED]) },
    order: { at: 'DESC', id: 'DESC' },
    take: 20,
  });
  const purposes = await purposesOf(reads, openPersonal, rows);
  return rows.map((row) => {
    const { field } = row.after as { field?: PersonalField };
    return {
      at: row.at,
      by: org.person(row.actorId)?.name ?? row.actorId,
      what: field === undefined ? '全部个人数据' : FIELD_LABELS[field],
      purpose: purposes.get(row.id) ?? '',
    };
  });
}
