import type { CalendarDate } from '../../kernel/dates.ts';
import type { JobDefinition, Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { ContactChanged } from '../../wecom/callback/index.ts';
import { employedSince } from './browse/employed-since.ts';
import { formerPeople, formerSince, type FormerPerson } from './browse/former-people.ts';
import {
  createRevealField,
  personRecord,
  postsEver,
  type HeldPost,
  type PersonRecord,
  type RevealedField,
} from './browse/person-record.ts';
import { peopleLike, type Likeness, type PersonLike } from './browse/people-like.ts';
import { unitVersionsOf, type UnitVersion } from './browse/unit-versions-of.ts';
import { createChangePosts } from './commands/change-posts.ts';
import { createConsequences, pushChanged } from './commands/consequences.ts';
import { createImportRoster, type ImportResult } from './commands/import-roster.ts';
import { lockDirectory } from './commands/lock-directory.ts';
import { createLockPerson } from './commands/lock-person.ts';
import { createDissolveUnit, type DissolveOptions } from './commands/dissolve-unit.ts';
import { createEmployment } from './commands/employment.ts';
import type {
  EndOfEmployment,
  Orphaned,
  PersonGoal,
  Rehiring,
  Resuming,
  SecondingOut,
  UnitGoal,
} from './commands/goals.ts';
import { deleteMember, rewriteDepartment, rewriteMember } from './commands/member-acts.ts';
import { createMergeUnit } from './commands/merge-unit.ts';
import { planDissolve, planMerge, type MergePlan, type Merging } from './commands/plan-merge.ts';
import { createPersonal } from './commands/protect-personal.ts';
import { createPutPerson } from './commands/put-person.ts';
import { createPutUnit } from './commands/put-unit.ts';
import { createSetAddress } from './commands/set-address.ts';
import { createSetManager } from './commands/set-manager.ts';
import { createUnitHeads } from './commands/unit-heads.ts';
import { historyOf, type HistoryEntry } from './history.ts';
import type { DirectorySnapshot, HistorySubject, Secret, SecretField } from './known.ts';
import { directoryKeepings, type StillNeeded } from './keeping.ts';
import { loadKnown } from './load-known.ts';
import { lookups, type Lookups } from './lookups.ts';
import type { MemberField } from './push/difference.ts';
import { directoryOn } from './unit-versions.ts';
import { directoryJobs } from './jobs.ts';
import { createOrgLoader } from './load-org.ts';
import type { Org } from './org.ts';
import type { PersonEffect } from './person-change.ts';
import type { DirectoryClient } from './push/client.ts';
import { gatherNewcomers, newcomersAreHere } from './push/sheet/jobs.ts';
import { sheetClient } from './push/sheet/take-in.ts';
import { activeAmong, contactCard, type ContactCard } from './people-reads.ts';
import {
  memberPushes,
  pushBacklog,
  pushState,
  type MemberPush,
  type PushBacklog,
  type PushState,
} from './push/push-state.ts';
import { revisionStamp, stampChanges, touchRevision } from './revision.ts';
import { directoryRoutes } from './routes.ts';
import { noteTagEvent } from './tags/compare/jobs.ts';
import { leaveLists, putSet, removeSet, type SetGoal } from './tags/commands.ts';
import { tagRoutes } from './tags/routes.ts';
import { namedSets, peopleInSets, setsNaming } from './tags/store.ts';
import type { UnitEffect } from './unit-end.ts';
import type { SheetText } from './roster/row-reader.ts';
import type { PostGoal } from './roster/plan-posts.ts';

export { PersonBrief } from './contract.ts';
export { createDrift, driftTables, type Drift, type DriftDeps, type DriftScope } from './drift/index.ts';
export { refusalOf, type Refusal } from './push/refusal.ts';
export type {
  Category,
  DirectorySnapshot,
  Establishment,
  Given,
  HistorySubject,
  HrStatus,
  IdType,
  KnownPerson,
  KnownPost,
  KnownUnit,
  Secret,
  SecretField,
  Sex,
} from './known.ts';
export type {
  EndOfEmployment,
  Orphaned,
  PersonFields,
  PersonGoal,
  Rehiring,
  Resuming,
  SecondingOut,
  UnitGoal,
} from './commands/goals.ts';
export type { Lookups } from './lookups.ts';
export type { HistoryEntry } from './history.ts';
export type { SetDefinition, SetRule } from './tags/definition.ts';
export type { SetGoal } from './tags/commands.ts';
export type { MergePlan, Merging, MovingPerson } from './commands/plan-merge.ts';
export type { UnitEffect, UnitEnd } from './unit-end.ts';
export type { DissolveOptions } from './commands/dissolve-unit.ts';
export type { MemberField } from './push/difference.ts';
export type { MemberPush } from './push/push-state.ts';
export type { HeldPost, PersonRecord, RevealedField } from './browse/person-record.ts';
export type { Likeness, PersonLike } from './browse/people-like.ts';
export type { UnitVersion } from './browse/unit-versions-of.ts';
export { categoryName } from './category-name.ts';
export { matchPerson, normaliseQuery, type NameMatch } from './name-search.ts';
export type { Org, OrgAssignment, OrgPerson, OrgUnit, PersonState, UnitKind } from './org.ts';
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
export { personColumns, unitColumns, type SqlColumn, type SqlColumns } from './scim-columns.ts';
export * as scimReads from './scim-reads.ts';

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
  readonly keepings: readonly Keeping[];
  /** Socket: a room still needs the personal values of some who left. */
  onForgetting(stillNeeded: StillNeeded): void;
  /** People, units and posts of today, from memory; one small query when nothing changed. */
  orgOf(reads: Reads): Promise<Org>;
  /** The same with its revision, for rooms that keep something computed from it. */
  orgWithStamp(reads: Reads): Promise<{ org: Org; stamp: string }>;
  revisionStamp(reads: Reads): Promise<string>;
  /** One change of the directory or of rights at a time: what is read after it stays so until the end. */
  lock(tx: Tx): Promise<void>;
  /** Something that belongs to the read model of a higher room (roles) changed; no person, post or unit did. */
  touch(tx: Tx): Promise<void>;
  /** Those who are active this very moment: a locking read on databases that have one. */
  activeAmong(tx: Tx, personIds: readonly string[]): Promise<string[]>;
  /** What a person may see of their own record beyond the read model. */
  contactCard(reads: Reads, personId: string): Promise<ContactCard | null>;
  importRoster(tx: Tx, sheets: readonly SheetText[]): Promise<ImportResult>;

  /* What the personnel room compares with and writes through. Commands check the actor, write history and audit,
     tell the other rooms and queue the push, all in the caller's unit of work. Repeating one changes nothing and
     answers `false` (or `changed: false`). Dates in the future are refused (`directory.not_yet`). */

  /** Everybody and every unit, former ones included: plain SQL, no entities. */
  known(reads: Reads): Promise<DirectorySnapshot>;
  /** Print and mask of a value not stored yet, equal to what `known` tells of the same value. */
  secretOf(field: SecretField, plain: string): Secret;
  /** Ids by the institution's own numbers, former people and units included; posts held today or later. */
  readonly lookups: Lookups;
  /** Newest first. */
  historyOf(reads: Reads, type: HistorySubject, id: string): Promise<HistoryEntry[]>;
  /** The directory as it was on a day: names and places of units, posts. */
  directoryOn(reads: Reads, date: CalendarDate): Promise<Org>;

  /* Single records for whoever shows them. The right to look is the caller's to check. */

  /** Ids of everybody who has left: `orgOf` finds them by id but lists them nowhere. */
  formerPeople(reads: Reads): Promise<string[]>;
  /** By person; of those who are here, where HR said it. */
  employedSince(reads: Reads, personIds?: readonly string[]): Promise<ReadonlyMap<string, CalendarDate>>;
  /** Who had left by that day, longest gone first. */
  formerSince(reads: Reads, day: string): Promise<FormerPerson[]>;
  personRecord(reads: Reads, personId: string): Promise<PersonRecord | null>;
  /** Everybody, former people too, who has one of these numbers (by print) or names. */
  peopleLike(reads: Reads, likeness: Likeness): Promise<PersonLike[]>;
  /** Past, present and coming ones, newest first. */
  postsEver(reads: Reads, personId: string): Promise<HeldPost[]>;
  /** A personal value in full: the caller checks the right and records the look in the same unit of work (H6). */
  revealField(reads: Reads, personId: string, field: RevealedField): Promise<string | null>;
  /** Names and places a unit had, newest first. */
  unitVersionsOf(reads: Reads, unitId: string): Promise<UnitVersion[]>;

  /** Create, rename, move, order. Refuses a cycle (C3), a sibling's name (C4), more than 15 levels (C5). */
  putUnit(tx: Tx, goal: UnitGoal): Promise<{ unitId: string; changed: boolean }>;
  /** Exactly these heads in this order; each must hold a post in the unit (`directory.head_without_post`). */
  setUnitHeads(tx: Tx, unitId: string, personIds: readonly string[]): Promise<boolean>;
  /** Replace the first head only; the others stay. `null`: the first head is none any more. */
  setUnitHead(tx: Tx, unitId: string, personId: string | null): Promise<boolean>;
  /** 分管领导 */
  setLeaderInCharge(tx: Tx, unitId: string, personId: string | null): Promise<boolean>;
  /** Refused while people or sub-units are in it: `directory.unit_not_empty` with `people` and `units` (C6). */
  dissolveUnit(tx: Tx, unitId: string, options?: DissolveOptions): Promise<boolean>;

  /** Dissolve it, its people and sub-units going to the successor. Refused when the successor lies in it. */
  mergeUnit(tx: Tx, unitId: string, merging: Merging): Promise<boolean>;
  /** What `mergeUnit` would do now, with its refusals; null when the unit is over already. */
  planMerge(reads: Reads, unitId: string, merging: Merging): Promise<MergePlan | null>;
  /** Could it be dissolved now? With the refusals of `dissolveUnit`; null when it is over already. */
  planDissolve(reads: Reads, unitId: string): Promise<{ readonly name: string } | null>;
  /** Socket, filled in compose/: runs in the unit of work in which a unit was merged or dissolved. */
  onUnitEnded(effect: UnitEffect): void;
  /** Sets whose rule names a unit: without it they hold fewer people than was meant. */
  setsNaming(reads: Reads, unitId: string): Promise<{ setId: string; name: string }[]>;

  /** Create or change. A staff number or ID number of somebody else, an active person's mobile: conflict (B4, F9). */
  putPerson(tx: Tx, goal: PersonGoal): Promise<{ personId: string; changed: boolean }>;
  /** All posts the person shall hold; those left out end on `on` (today). */
  changePosts(
    tx: Tx,
    personId: string,
    posts: readonly PostGoal[],
    on?: CalendarDate | undefined,
  ): Promise<boolean>;
  /** Refuses loops of any length, also when two edits meet (C16). */
  setManager(tx: Tx, personId: string, managerId: string | null): Promise<boolean>;
  /** Home address as the person gave it; who owns the field has accepted it (S2-15c). `null`: none any more. */
  setAddress(tx: Tx, personId: string, address: string | null): Promise<boolean>;
  /** 离职, 退休: posts end, sessions end, 企业微信 is disabled and the mobile freed there; nothing is deleted (B4). */
  endEmployment(tx: Tx, personId: string, end: EndOfEmployment): Promise<Orphaned>;
  /** The same person again, same account; nothing else of before comes back by itself (B7). */
  rehire(tx: Tx, personId: string, rehiring: Rehiring): Promise<boolean>;
  /** 停职: locked until somebody decides (S3-2.5a). */
  suspend(tx: Tx, personId: string, on: CalendarDate): Promise<boolean>;
  /** 借调, 挂职 to outside: locked (S3-2.4a). */
  secondOut(tx: Tx, personId: string, out: SecondingOut): Promise<boolean>;
  /** 在职 again. Lifts the lock that the status brought, never one that was decided (S3-2.4b). */
  resume(tx: Tx, personId: string, resuming: Resuming): Promise<boolean>;
  lockPerson(tx: Tx, personId: string): Promise<void>;
  unlockPerson(tx: Tx, personId: string): Promise<void>;
  /** For `messaging.onContactChanged`: a tag was changed by somebody else; the looking is a job's. */
  onTagChanged(event: ContactChanged): Promise<void>;
  /** A named set of people by rule or list; its tag in 企业微信 is kept equal to it (S1-7.2c). */
  putSet(tx: Tx, goal: SetGoal): Promise<{ setId: string; changed: boolean }>;
  removeSet(tx: Tx, setId: string): Promise<boolean>;
  /** Sets there are, by id. */
  namedSets(reads: Reads): Promise<{ setId: string; name: string }[]>;
  /** Everybody who is in one of these sets now; sets that are gone hold nobody. */
  peopleInSets(reads: Reads, setIds: readonly string[]): Promise<string[]>;
  /** After hand-over and grace: remove the member from 企业微信 by a job. Only for who has left. */
  deleteMember(tx: Tx, personId: string): Promise<void>;
  /** Drift, "put back": these fields of the member are written again although nothing changed here. */
  rewriteMember(tx: Tx, personId: string, fields: readonly MemberField[]): Promise<void>;
  rewriteDepartment(tx: Tx, unitId: string): Promise<void>;
  /** Per person: is 企业微信 as it should be, and if not, why not. */
  memberPushes(reads: Reads, personIds: readonly string[]): Promise<MemberPush[]>;
  /** Socket, filled in compose/: runs in the unit of work of every change of a person (R22-R24). */
  onPersonChanged(effect: PersonEffect): void;
  /** A run will make so many new people one by one: many of them go to 企业微信 together, by sheet. */
  gatherNewcomers(tx: Tx, count: number): Promise<void>;
  /** They are all here, or no more come for now. */
  newcomersAreHere(tx: Tx): Promise<void>;
  /** What is still on its way to 企业微信, and what it refused. */
  pushBacklog(reads: Reads): Promise<PushBacklog>;
  /** How far 企业微信 agrees with us. */
  pushState(reads: Reads): Promise<PushState>;
}

export function createDirectory({ db, vault, wecom, pushes = true }: DirectoryDeps): Directory {
  const effects: PersonEffect[] = [leaveLists];
  const personal = createPersonal(vault);
  const loadOrg = createOrgLoader();
  const unitEffects: UnitEffect[] = [];
  const consequences = createConsequences(effects, unitEffects);
  stampChanges(db);
  pushChanged(db);
  const pushing = directoryJobs({ db, wecom, vault, personal, loadOrg }, pushes);
  const holders: StillNeeded[] = [];
  const bySheet = pushes && sheetClient(wecom) !== null;
  return {
    routes: [...directoryRoutes(db, loadOrg), ...tagRoutes(db, loadOrg, pushes)],
    jobs: pushing.definitions,
    schedules: pushing.schedules,
    keepings: directoryKeepings(db, holders),
    onForgetting: (stillNeeded) => void holders.push(stillNeeded),
    orgOf: async (reads) => (await loadOrg(reads)).org,
    orgWithStamp: loadOrg,
    revisionStamp,
    lock: lockDirectory,
    touch: async (tx) => void (await touchRevision(tx, [])),
    activeAmong,
    contactCard,
    importRoster: createImportRoster(personal, consequences),
    known: loadKnown,
    lookups,
    secretOf: personal.secretOf,
    historyOf,
    directoryOn,
    formerPeople,
    employedSince,
    formerSince,
    personRecord,
    peopleLike,
    postsEver,
    revealField: createRevealField(personal),
    unitVersionsOf,
    putUnit: createPutUnit(consequences),
    ...createUnitHeads(consequences),
    dissolveUnit: createDissolveUnit(consequences),
    mergeUnit: createMergeUnit(consequences),
    planMerge,
    planDissolve,
    onUnitEnded: (effect) => void unitEffects.push(effect),
    setsNaming,
    namedSets,
    peopleInSets: async (reads, setIds) => peopleInSets(reads, (await loadOrg(reads)).org, setIds),
    putPerson: createPutPerson(personal, consequences),
    changePosts: createChangePosts(consequences),
    setManager: createSetManager(consequences),
    setAddress: createSetAddress(personal),
    ...createEmployment(personal, consequences),
    ...createLockPerson(consequences),
    onTagChanged: (event) => (pushes ? noteTagEvent(db, event) : Promise.resolve()),
    putSet,
    removeSet,
    deleteMember,
    rewriteMember,
    rewriteDepartment,
    memberPushes: (reads, personIds) => memberPushes({ personal, vault }, reads, personIds),
    onPersonChanged: (effect) => void effects.push(effect),
    gatherNewcomers: bySheet ? gatherNewcomers : async () => undefined,
    newcomersAreHere,
    pushBacklog,
    pushState,
  };
}
