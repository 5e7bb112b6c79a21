import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { Directory, Org } from '../directory/index.ts';
import { withRoles, type Grant, type OrgWithRoles } from './rights.ts';
import { PersonSessionTable, RoleGrantTable } from './tables.ts';

interface Rights {
  /** Oldest first. */
  readonly grants: readonly Grant[];
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
export function createRightsLoader(directory: Pick<Directory, 'orgOf'>): RightsLoader {
  const kept = new WeakMap<Org, Promise<Rights>>();

  async function load(reads: Reads): Promise<{ org: Org; rights: Rights }> {
    const org = await directory.orgOf(reads);
    const known = kept.get(org);
    if (known) return { org, rights: await known };
    const loading = readRights(reads);
    kept.set(org, loading);
    const rights = await loading.catch((error: unknown) => {
      kept.delete(org);
      throw error;
    });
    return { org, rights };
  }

  return async (reads) => {
    const { org, rights } = await load(reads);
    return {
      org: withRoles(org, rights.grants, reads.now),
      epochOf: (personId) => rights.epochs.get(personId) ?? 0,
    };
  };
}

async function readRights(reads: Reads): Promise<Rights> {
  const grants = await reads.em.getRepository(RoleGrantTable).find({ order: { sinceAt: 'ASC', id: 'ASC' } });
  const sessions = await reads.em.getRepository(PersonSessionTable).find();
  return {
    grants: grants.map(({ id, personId, role, scopeUnitId, sinceAt, untilAt }) => ({
      grantId: id,
      personId,
      role,
      scopeUnitId,
      sinceAt,
      untilAt,
    })),
    epochs: new Map(sessions.map((row) => [row.id, row.epoch])),
  };
}
