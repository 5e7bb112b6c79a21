import type { Actor } from '../../../kernel/actor.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles, Scope } from '../../access/index.ts';
import type { HrContext } from '../deps.ts';
import type { UnitHolding } from './dry-run.ts';

/** A short word to somebody; `key` (`hr.unit_act:…`) makes a repetition harmless. */
export interface UnitActNote {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

/** What acts about units need of the rooms around. */
export interface UnitActDeps {
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  readonly scopeOf: (reads: Reads, actor: Actor) => Promise<Scope>;
  /** What hangs on the unit in every room: rights, requests, letters, sets. */
  readonly holdingsOf: (reads: Reads, unitId: string) => Promise<readonly UnitHolding[]>;
  /** Who may confirm such a thing at all, to be told of it. */
  readonly confirmerIds: (reads: Reads) => Promise<readonly string[]>;
  readonly notify: (tx: Tx, note: UnitActNote) => void;
}

export interface UnitActContext extends HrContext {
  readonly unitActs: UnitActDeps;
}
