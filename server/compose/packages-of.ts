import type { Access } from '../features/access/index.ts';
import type { ApprovalsDeps } from '../features/approvals/index.ts';

/** Who takes requests of a period out of the house: super administrators everybody's, heads those of their units. */
export const packagesOf = (
  access: Pick<Access, 'orgOf' | 'actorOf'>,
): Pick<ApprovalsDeps['periods'], 'unitsOf' | 'reachOf' | 'actorOf'> => ({
  unitsOf: access.orgOf,
  async reachOf(reads, personId) {
    const org = await access.orgOf(reads);
    if (org.scopeOf(personId).isGlobal) return null;
    const headed = org
      .rolesOf(personId)
      .flatMap(({ role, scopeUnitId }) => (role === 'unitHead' && scopeUnitId !== null ? [scopeUnitId] : []));
    const below = org.units().filter(({ unitId }) => headed.some((head) => org.isWithin(unitId, head)));
    return new Set(below.map(({ unitId }) => unitId));
  },
  actorOf: (reads, personId) => access.actorOf(reads, personId, { via: 'console' }),
});
