import { actorId } from '../../../kernel/actor.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { RateLimits } from '../../../platform/http/rate-limits.ts';
import type { Words } from '../../../platform/http/problem.ts';
import type { Log } from '../../../platform/log.ts';
import type { Directory } from '../../directory/index.ts';
import type { Limit } from '../model.ts';
import type { DoneToday } from '../plan/index.ts';
import type { Place, Resource } from './resources.ts';

/** Why a write was refused and noted: the code of the failure. */
export type Refusal = 'scim.not_accepted' | 'scim.over_limit' | 'scim.holds_role';

export interface ScimDeps {
  readonly db: Db;
  readonly log: Log;
  readonly words: Words;
  readonly directory: Directory;
  /** Of requests, per address and per identity system. */
  readonly rates: RateLimits;
  /** Of destructive acts (rule D2): those of a day and of a top unit. */
  readonly limits: readonly Limit[];
  /** What HR's own plans took from people and units today; counts against the same limits. */
  readonly plansToday: (reads: Reads) => Promise<readonly DoneToday[]>;
  /** Was this person given a role or a part of the institution to administer? */
  readonly holdsGiven: (reads: Reads, personId: string) => Promise<boolean>;
  readonly publicUrl: string;
  /** Socket: tell HR, once a day and system, that something was refused. Runs in the unit of work that notes it. */
  readonly onRefused: (
    tx: Tx,
    refused: { readonly source: string; readonly sourceName: string; readonly why: Refusal },
  ) => Promise<void>;
}

const PREFIX = 'scim:';
export const actorNameOf = (source: string): string => `${PREFIX}${source}`;

/** The identity system behind a unit of work. */
export const sourceOf = (tx: Tx): string => actorId(tx.actor).slice(PREFIX.length);

export const ROOT = '/scim/v2';
export const placeOf = ({ publicUrl }: Pick<ScimDeps, 'publicUrl'>): Place => ({
  base: `${publicUrl}${ROOT}`,
});

/** A write that was done, or one that was refused and noted: the unit of work commits in both cases. */
export type Written = { readonly id: string } | { readonly refused: Refusal };

/** Checks the version somebody has seen against the present resource. @throws 412 `scim.version_mismatch` */
export type Precondition = (present: Resource) => void;

/** What writes need of the room. */
export type Ctx = Pick<
  ScimDeps,
  'directory' | 'holdsGiven' | 'limits' | 'onRefused' | 'plansToday' | 'publicUrl'
>;
