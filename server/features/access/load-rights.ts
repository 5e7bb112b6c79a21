import { IsNull } from 'typeorm';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { Directory, Org } from '../directory/index.ts';
import type { Delegation, Grant } from './held-rights.ts';
import type { ModuleCatalog } from './module-catalog.ts';
import { indexRights, withRoles, type OrgWithRoles, type Rights } from './rights.ts';
import { DelegationTable, PersonSessionTable, RoleGrantTable, type DelegationRow } from './tables.ts';

interface Loaded {
  readonly rights: Rights;
  readonly epochs: ReadonlyMap<string, number>;
}

export interface RightsNow {
  readonly org: OrgWithRoles;
  /** What a session of this person must carry to be valid. */
  epochOf(personId: string): number;
}

export type RightsLoader = (reads: Reads) => Promise<RightsNow>;

/**
 * Roles and session epochs, kept in memory beside the directory's read model: whoever changes them touches the
 * directory's revision, so a request costs one small query and a revocation holds with the next request on every
 * instance.
 */
export function createRightsLoader(
  directory: Pick<Directory, 'orgOf'>,
  modules: ModuleCatalog,
): RightsLoader {
  const kept = new WeakMap<Org, Promise<Loaded>>();

  async function load(reads: Reads): Promise<{ org: Org; loaded: Loaded }> {
    const org = await directory.orgOf(reads);
    const known = kept.get(org);
    if (known) return { org, loaded: await known };
    const loading = readRights(reads);
    kept.set(org, loading);
    const loaded = await loading.catch((error: unknown) => {
      kept.delete(org);
      throw error;
    });
    return { org, loaded };
  }

  return async (reads) => {
    const { org, loaded } = await load(reads);
    return {
      org: withRoles(org, loaded.rights, modules, reads.now),
      epochOf: (personId) => loaded.epochs.get(personId) ?? 0,
    };
  };
}

async function readRights(reads: Reads): Promise<Loaded> {
  const sessions = await reads.em.getRepository(PersonSessionTable).find();
  return {
    rights: indexRights(await readGrants(reads), await readDelegations(reads)),
    epochs: new Map(sessions.map((row) => [row.id, row.epoch])),
  };
}

async function readGrants(reads: Reads): Promise<Grant[]> {
  const rows = await reads.em.getRepository(RoleGrantTable).find({ order: { sinceAt: 'ASC', id: 'ASC' } });
  return rows.map(({ id, personId, role, scopeUnitId, sinceAt, untilAt }) => ({
    grantId: id,
    personId,
    role,
    scopeUnitId,
    sinceAt,
    untilAt,
  }));
}

async function readDelegations(reads: Reads): Promise<Delegation[]> {
  const rows = await reads.em
    .getRepository(DelegationTable)
    .find({ where: { endedAt: IsNull() }, order: { sinceAt: 'ASC', id: 'ASC' } });
  return rows.map(delegationOf);
}

export const delegationOf = (row: DelegationRow): Delegation => ({
  delegationId: row.id,
  personId: row.personId,
  grantedBy: row.grantedBy,
  duty: row.duty,
  unitId: row.unitId,
  modules: row.modules,
  categories: row.categories,
  sinceAt: row.sinceAt,
  untilAt: row.untilAt,
  endedAt: row.endedAt,
});
