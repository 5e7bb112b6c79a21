import type { Access, RoleCatalog } from '../features/access/index.ts';
import type { Accounts } from '../features/accounts/index.ts';
import type { Directory } from '../features/directory/index.ts';
import type { UnitActDeps, UnitHolding } from '../features/hr/index.ts';

/** What ends with a unit, what goes to whoever takes its place, and what somebody has to look at: room by room. */
export const whatHangsOnUnit =
  (
    { access, directory, roles }: { access: Access; directory: Directory; roles: RoleCatalog },
    accounts: () => Pick<Accounts, 'openOfUnit'>,
  ): UnitActDeps['holdingsOf'] =>
  async (reads, unitId) => {
    const rights = await access.rightsOfUnit(reads, unitId);
    const sets = await directory.setsNaming(reads, unitId);
    const open = await accounts().openOfUnit(reads, unitId);
    return [
      ...open.map(({ kind, ref, words }): UnitHolding => ({
        kind,
        fate: 'goes',
        targetId: ref,
        note: words,
      })),
      ...rights.map(({ personId, role }): UnitHolding => ({
        kind: 'rights',
        fate: 'ends',
        targetId: personId,
        note: role === null ? '分级管理' : (roles.get(role)?.name ?? role),
      })),
      ...sets.map(({ setId, name }): UnitHolding => ({
        kind: 'sets',
        fate: 'look',
        targetId: setId,
        note: name,
      })),
    ];
  };
