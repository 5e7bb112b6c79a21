import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Directory, UnitEnd } from '../../directory/index.ts';
import type { RightsLoader } from '../load-rights.ts';
import type { ModuleCatalog } from '../module-catalog.ts';
import type { RoleCatalog } from '../role-catalog.ts';

export interface CommandDeps {
  readonly directory: Directory;
  readonly rights: RightsLoader;
  readonly roles: RoleCatalog;
  readonly modules: ModuleCatalog;
  readonly sockets: Sockets;
  readonly onAlarm: (kind: string) => void;
}

/** How many things the console log shows that somebody should look at. */
export interface ConsoleFound {
  readonly opened: number;
}

/** Told to whoever sends messages: a delegation ends in a week (`ending`), or it ended by itself today (`ended`). */
export interface DelegationEnding {
  readonly kind: 'ending' | 'ended';
  readonly delegationId: string;
  readonly personId: string;
  readonly grantedBy: string;
  readonly unitId: string;
  /** `YYYY-MM-DD`, the last day it holds. */
  readonly lastOn: string;
}

/** S2-9a, S2-9b: the creator or a super administrator changed posts, was locked or left. */
export interface HolderChange {
  readonly role: string;
  readonly personId: string;
  readonly kind: 'moved' | 'locked' | 'left';
  /** Does a post of today still entitle them to the role? */
  readonly qualifies: boolean;
}

/** A unit is over, and with it these rights: somebody decides who gets which for what there is now. */
export interface UnitRightsEnd extends UnitEnd {
  readonly rights: readonly { readonly personId: string; readonly role: string | null }[];
}

export type Socket<Fact> = (tx: Tx, fact: Fact) => Promise<void>;

/** Filled in compose/; run in the unit of work of what they tell. */
export interface Sockets {
  readonly delegationEnding: Socket<DelegationEnding>[];
  readonly holderChanged: Socket<HolderChange>[];
  readonly consoleFound: Socket<ConsoleFound>[];
  readonly unitRightsEnded: Socket<UnitRightsEnd>[];
}

export async function tell<Fact>(tx: Tx, effects: readonly Socket<Fact>[], fact: Fact): Promise<void> {
  for (const effect of effects) await effect(tx, fact);
}
