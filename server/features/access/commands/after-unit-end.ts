import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { UnitEnd } from '../../directory/index.ts';
import { grantsOfUnit, openDelegationsOfUnit } from '../store.ts';
import type { DelegationCommands } from './delegations.ts';
import { tell, type CommandDeps } from './deps.ts';
import type { GrantCommands } from './grants.ts';
import { raiseEpoch } from './session-epoch.ts';

/** A right that was given for one unit and for nothing above it. */
export interface UnitRight {
  /** Of the grant or the delegation. */
  readonly id: string;
  readonly personId: string;
  /** Null: a delegated administration. */
  readonly role: string | null;
}

/** What is given for exactly this unit and would end with it, longest-standing first. */
export async function rightsOfUnit(reads: Reads, unitId: string): Promise<UnitRight[]> {
  const grants = await grantsOfUnit(reads, unitId);
  const delegations = await openDelegationsOfUnit(reads, unitId);
  return [
    ...grants.map(({ id, personId, role }) => ({ id, personId, role })),
    ...delegations.map(({ id, personId }) => ({ id, personId, role: null })),
  ];
}

/**
 * A unit that is over takes the rights given for it along, at once: while it is gone they give nothing, and whoever
 * makes a unit of its code again decides anew who may do what there. The successor gets none of them (H3).
 */
export function createAfterUnitEnd(
  deps: CommandDeps,
  commands: Pick<GrantCommands, 'endGrant'> & Pick<DelegationCommands, 'endNow'>,
) {
  return async function afterUnitEnd(tx: Tx, end: UnitEnd): Promise<void> {
    const rights = await rightsOfUnit(tx, end.unitId);
    if (rights.length === 0) return;
    for (const grant of await grantsOfUnit(tx, end.unitId)) {
      await commands.endGrant(tx, grant);
      await raiseEpoch(tx, grant.personId);
    }
    for (const row of await openDelegationsOfUnit(tx, end.unitId)) await commands.endNow(tx, row, 'unit');
    await deps.directory.touch(tx);
    await tell(tx, deps.sockets.unitRightsEnded, { ...end, rights });
  };
}
