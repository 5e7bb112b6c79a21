import type { Actor } from '../../../kernel/actor.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Personal } from '../commands/protect-personal.ts';
import type { PersonGoal } from '../commands/goals.ts';
import type { Org } from '../org.ts';
import type { MassLimits } from './guard.ts';
import type { DriftClient } from './read-wecom.ts';

/** The part of an administrator's scope that decides here; `access.scopeOf` gives it (H1). */
export interface DriftScope {
  covers(target: {
    readonly unitIds: readonly string[];
    readonly moduleKey: string;
    readonly category: string | null;
    readonly duty: 'view' | 'manage';
  }): boolean;
  unitsFor(moduleKey: string, duty: 'view' | 'manage'): ReadonlySet<string> | null;
  /** The same set as `covers`, as a condition for `where`. */
  toFilter(
    ask: { readonly moduleKey: string; readonly duty: 'view' | 'manage' },
    columns: { readonly unit: string; readonly category: string | null },
  ): { readonly sql: string; readonly params: readonly string[] };
}

/** What HR is asked to look at: 企业微信 may be right and the record here wrong. */
export interface HrRequest {
  readonly differenceId: string;
  readonly personId: string | null;
  readonly unitId: string | null;
  /** One line, personal values masked. */
  readonly title: string;
  /** Of the console. */
  readonly path: string;
}

/** Ways to other rooms, filled in by the composition; all in the caller's unit of work. */
export interface DriftSockets {
  /** 转人事: makes it somebody's business; never changes the directory by itself. */
  askHr(tx: Tx, request: HrRequest): Promise<void>;
  /** The question has gone: the values agree again, or somebody decided otherwise. */
  answeredHr(tx: Tx, differenceId: string): Promise<void>;
  /** A mass of differences: nothing is put back by itself until somebody has looked. At most once a day. */
  tellMass(
    tx: Tx,
    mass: { readonly subjects: number; readonly total: number; readonly path: string },
  ): Promise<void>;
}

export interface DriftDeps {
  readonly db: Db;
  readonly vault: Vault;
  readonly wecom: DriftClient;
  /** False without a contacts secret: nothing is written there, so there is nothing to compare. */
  readonly pushes: boolean;
  readonly directory: {
    orgOf(reads: Reads): Promise<Org>;
    putPerson(tx: Tx, goal: PersonGoal): Promise<{ personId: string; changed: boolean }>;
  };
  readonly scopeOf: (reads: Reads, actor: Actor) => Promise<DriftScope>;
  /** Was this person given a role or a part of the institution to administer? `access.holdsGiven` tells it. */
  readonly holdsGiven: (reads: Reads, personId: string) => Promise<boolean>;
  readonly sockets: DriftSockets;
  readonly limits?: MassLimits;
}

export interface DriftContext extends DriftDeps {
  readonly personal: Personal;
  readonly limits: MassLimits;
}

export const DRIFT_PATH = '/console/drift';
