import type { JobDefinition, Schedule } from '../../platform/jobs/index.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { createChangePosts } from './commands/change-posts.ts';
import { createConsequences } from './commands/consequences.ts';
import { createImportRoster, type ImportResult } from './commands/import-roster.ts';
import { createLockPerson } from './commands/lock-person.ts';
import { createMobiles } from './commands/protect-mobile.ts';
import { directoryJobs } from './jobs.ts';
import { createOrgLoader, revisionStamp, touchRevision } from './load-org.ts';
import type { Org } from './org.ts';
import type { PersonEffect } from './person-change.ts';
import type { DirectoryClient } from './push/client.ts';
import { activeAmong, contactCard, type ContactCard } from './people-reads.ts';
import { pushState, type PushState } from './push/push-state.ts';
import { directoryRoutes } from './routes.ts';
import type { SheetText } from './roster/row-reader.ts';
import type { PostGoal } from './roster/plan-posts.ts';

export { PersonBrief } from './contract.ts';
export type { Org, OrgAssignment, OrgPerson, OrgUnit, PersonCategory, PersonState, UnitKind } from './org.ts';
export { createOrg } from './org.ts';
export { romanise } from './romanise.ts';
export type { PersonChange, PersonEffect } from './person-change.ts';
export type { DirectoryClient } from './push/client.ts';
export type { ImportResult } from './commands/import-roster.ts';
export type { PostGoal } from './roster/plan-posts.ts';
export type { ContactCard } from './people-reads.ts';
export type { PushState } from './push/push-state.ts';
export { COLUMNS as ROSTER_COLUMNS, SHEETS as ROSTER_SHEETS, type RowFault } from './roster/records.ts';
export { directoryTables } from './tables.ts';

export interface DirectoryDeps {
  readonly db: Db;
  readonly vault: Vault;
  /** The 企业微信 client of the contacts secret. */
  readonly wecom: DirectoryClient;
  /** False without a contacts secret: the directory is kept here and written nowhere. */
  readonly pushes?: boolean;
}

export interface Directory {
  readonly routes: readonly Route[];
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
  /** People, units and posts of today, from memory; one small query when nothing changed. */
  orgOf(reads: Reads): Promise<Org>;
  /** The same with its revision, for rooms that keep something computed from it. */
  orgWithStamp(reads: Reads): Promise<{ org: Org; stamp: string }>;
  revisionStamp(reads: Reads): Promise<string>;
  /** Something that belongs to the read model of a higher room (roles) changed. */
  touch(tx: Tx): Promise<void>;
  /** Those who are active this very moment: a locking read on databases that have one. */
  activeAmong(tx: Tx, personIds: readonly string[]): Promise<string[]>;
  /** What a person may see of their own record beyond the read model. */
  contactCard(reads: Reads, personId: string): Promise<ContactCard | null>;
  importRoster(tx: Tx, sheets: readonly SheetText[]): Promise<ImportResult>;
  changePosts(tx: Tx, personId: string, posts: readonly PostGoal[]): Promise<void>;
  lockPerson(tx: Tx, personId: string): Promise<void>;
  unlockPerson(tx: Tx, personId: string): Promise<void>;
  /** Socket, filled in app.ts: runs in the unit of work of every change of a person (R22-R24). */
  onPersonChanged(effect: PersonEffect): void;
  /** How far 企业微信 agrees with us. */
  pushState(reads: Reads): Promise<PushState>;
}

export function createDirectory({ db, vault, wecom, pushes = true }: DirectoryDeps): Directory {
  const effects: PersonEffect[] = [];
  const mobiles = createMobiles(vault);
  const loadOrg = createOrgLoader();
  const consequences = createConsequences(effects);
  const { definitions, schedules } = directoryJobs({ db, wecom, vault, mobiles, loadOrg }, pushes);
  return {
    routes: directoryRoutes(db, loadOrg),
    jobs: definitions,
    schedules,
    orgOf: async (reads) => (await loadOrg(reads)).org,
    orgWithStamp: loadOrg,
    revisionStamp,
    touch: async (tx) => void (await touchRevision(tx)),
    activeAmong,
    contactCard,
    importRoster: createImportRoster(mobiles, consequences),
    changePosts: createChangePosts(consequences),
    ...createLockPerson(consequences),
    onPersonChanged: (effect) => void effects.push(effect),
    pushState,
  };
}
