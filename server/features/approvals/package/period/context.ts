import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import type { BlobStore } from '../../../../platform/files/index.ts';
import type { PersonActor } from '../../../../kernel/actor.ts';
import { forbidden } from '../../../../kernel/errors.ts';
import type { Org } from '../../../directory/index.ts';
import type { PackageDeps } from '../case-package.ts';

/** Units whose requests somebody may take out; null: everybody's. An empty set: nobody's. */
export type PackageReach = ReadonlySet<string> | null;

export type Units = Pick<Org, 'units' | 'unit' | 'isWithin'>;

export interface PeriodDeps extends PackageDeps {
  readonly blobs: Pick<BlobStore, 'put' | 'open' | 'remove'>;
  readonly unitsOf: (reads: Reads) => Promise<Units>;
  readonly reachOf: (reads: Reads, personId: string) => Promise<PackageReach>;
  /** The actor behind the person the package is made for; null: they cannot act any more. */
  readonly actorOf: (reads: Reads, personId: string) => Promise<PersonActor | null>;
  readonly publicUrl: string;
}

/** @throws forbidden `approvals.package_not_yours` for who answers for nobody's requests */
export async function mustReach(deps: PeriodDeps, reads: Reads, personId: string): Promise<PackageReach> {
  const reach = await deps.reachOf(reads, personId);
  if (reach?.size === 0) throw forbidden('approvals.package_not_yours');
  return reach;
}
