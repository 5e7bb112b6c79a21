import type { Context } from 'koa';
import type { Actor, PersonActor } from '../../kernel/actor.ts';
import type { AppError } from '../../kernel/errors.ts';
import type { RequestInfo, Route } from '../../platform/http/route.ts';
import type { Session, Sessions } from '../../platform/http/session.ts';
import type { OpenPersonal } from '../../platform/audit/index.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { JobDefinition, Schedule } from '../../platform/jobs/index.ts';
import type { Directory, OrgPerson } from '../directory/index.ts';
import { createAfterPersonChange } from './commands/after-person-change.ts';
import { createAfterUnitEnd, rightsOfUnit, type UnitRight } from './commands/after-unit-end.ts';
import {
  createDelegationCommands,
  type DelegationTerms,
  type NewDelegation,
} from './commands/delegations.ts';
import type {
  CommandDeps,
  ConsoleFound,
  DelegationEnding,
  HolderChange,
  Socket,
  Sockets,
  UnitRightsEnd,
} from './commands/deps.ts';
import { createGrantCommands, type NewGrant } from './commands/grants.ts';
import { consoleLogJobs, type ConsoleLogClient } from './console-log/read-log.ts';
import { consoleLogRoutes } from './console-log/routes.ts';
import { createImportGrants, type GrantsImported } from './import-grants.ts';
import { createRightsLoader } from './load-rights.ts';
import { accessJobs } from './jobs.ts';
import { createMeQuery, type OpensArea } from './me.ts';
import type { ModuleCatalog } from './module-catalog.ts';
import { peopleRoutes } from './people/routes.ts';
import { whyNotRemove } from './policy.ts';
import { rightsRoutes } from './rights-routes.ts';
import { mayKnow, type RoleCatalog, type Secret } from './role-catalog.ts';
import type { PersonDataSection } from './people/person-data.ts';
import { actorFor, type ActorOrigin, type OrgWithRoles } from './rights.ts';
import { accessRoutes, type JsapiClient } from './routes.ts';
import { createScope, type Scope } from './scope.ts';
import { createSignIn, type OauthClient, type Visit } from './sign-in.ts';
import { countRightsOfUnits, grantsInForce, holdsGiven } from './store.ts';

export { parseRoles, type RoleCatalog, type RoleDefinition, type Secret } from './role-catalog.ts';
export { GRANT_COLUMNS, GRANT_SHEET, type GrantsImported } from './import-grants.ts';
export { affiliationsOf, CATEGORIES, CATEGORY_NAMES, type Category } from './category.ts';
export type { DelegationTerms, NewDelegation } from './commands/delegations.ts';
export type { UnitRight } from './commands/after-unit-end.ts';
export type { ConsoleFound, DelegationEnding, HolderChange, UnitRightsEnd } from './commands/deps.ts';
export type { NewGrant } from './commands/grants.ts';
export type { ConsoleLogClient } from './console-log/read-log.ts';
export { DUTIES, type Delegation, type Duty, type HeldRole } from './held-rights.ts';
export { parseModules, type ModuleCatalog, type ModuleDefinition } from './module-catalog.ts';
export { VALUES as VALUE_WORDS } from './people/history-words.ts';
export type { ActorOrigin, OrgWithRoles, RoleHolder } from './rights.ts';
export { type Scope, type ScopeFilter, type ScopeSlice, type ScopeTarget } from './scope.ts';
export { qualifyingCategories, visibleModules, type VisibleModule } from './visibility.ts';
export type { JsapiClient } from './routes.ts';
export type { OauthClient, Visit } from './sign-in.ts';
export { visibleTo, type Visible } from './people/visible.ts';
export { momentWords, type PersonDataSection, sectionOfRows } from './people/person-data.ts';
export { accessTables } from './tables.ts';

export interface AccessDeps {
  readonly db: Db;
  readonly directory: Directory;
  readonly sessions: Sessions;
  /** The app's part of the 企业微信 client. */
  readonly wecom: {
    readonly oauth: OauthClient;
    readonly jsapi: JsapiClient;
    readonly operLog: ConsoleLogClient;
  };
  readonly corpId: string;
  readonly agentId: number;
  /** Where people reach this site, e.g. `https://oa.example.edu.cn`. */
  readonly publicUrl: string;
  readonly roles: RoleCatalog;
  /** `config/modules.json`; without it there is nothing to delegate. */
  readonly modules?: ModuleCatalog;
  /** Somebody should look: `last_super_admin`, `one_super_admin_left`, `global_role_holder_changed`. */
  readonly onAlarm?: (kind: string) => void;
  readonly appName: string;
  readonly sandbox: boolean;
  readonly openPersonal: OpenPersonal;
}

export interface Access {
  readonly routes: readonly Route[];
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
  /** The directory's read model with roles; what rules about approvers read. */
  orgOf(reads: Reads): Promise<OrgWithRoles>;
  /** For the HTTP layer: the person behind the session, or null when there is none or it was revoked. */
  authenticate(ctx: Context, request: RequestInfo): Promise<{ actor: PersonActor; session: Session } | null>;
  /** The actor behind an active person (cards, chat); null when unknown, locked or gone. */
  actorOf(reads: Reads, personId: string, origin: ActorOrigin): Promise<PersonActor | null>;
  /** The same by 企业微信's userid, compared without case (B1). */
  actorByUserid(reads: Reads, userid: string, origin: ActorOrigin): Promise<PersonActor | null>;

  /**
   * What this actor may administer now. Every list, count, export, search and attachment of a delegated administrator
   * is asked of this one object (H1, H2). Named mechanisms stand for the installation: everything.
   */
  scopeOf(reads: Reads, actor: Actor): Promise<Scope>;
  /** May this actor learn a fact that only named roles learn (H5)? */
  mayKnow(reads: Reads, actor: Actor, secret: Secret): Promise<boolean>;
  /** Was this person given a role, or a part to administer? Also one who is locked, and one that begins later. */
  holdsGiven(reads: Reads, personId: string): Promise<boolean>;
  /** H3: why this person cannot be locked or leave now; null when nothing is in the way. */
  whyNotRemove(tx: Tx, personId: string): Promise<AppError | null>;

  grantRole(tx: Tx, request: NewGrant): Promise<string>;
  revokeRole(tx: Tx, grantId: string): Promise<void>;
  /** @returns the delegation's id. The actor is the granter: the creator or a super administrator (S2-9d). */
  delegate(tx: Tx, request: NewDelegation): Promise<string>;
  changeDelegation(tx: Tx, delegationId: string, terms: DelegationTerms): Promise<void>;
  endDelegation(tx: Tx, delegationId: string): Promise<void>;
  /** What was given for exactly this unit and ends with it. */
  rightsOfUnit(reads: Reads, unitId: string): Promise<UnitRight[]>;
  countRightsOfUnits(reads: Reads, unitIds: readonly string[]): Promise<number>;
  importGrants(tx: Tx, sheets: Parameters<ReturnType<typeof createImportGrants>>[1]): Promise<GrantsImported>;

  /** Socket, filled in compose/: who has business in this area of the console without a role for it. */
  openArea(area: string, opens: OpensArea): void;
  /** Socket, filled in compose/: somebody signed in, in the unit of work that records it. */
  onSignedIn(effect: Socket<Visit>): void;
  /** Socket, filled in compose/: what a room holds about a person, for the copy they may ask for (个保法 45). */
  onPersonData(section: PersonDataSection): void;
  /**
   * Socket, filled in compose/ once: somebody signed in and wants to go to `returnTo`; answers with another place to
   * lead to, or null. When it fails they go where they wanted.
   */
  leadAfterSignIn(lead: SignedIn, onFailed: (error: unknown) => void): void;
  /** Socket, filled in compose/: a delegation ends in a week, or ended by itself. */
  onDelegationEnding(effect: Socket<DelegationEnding>): void;
  /** Socket, filled in compose/: the creator or a super administrator changed posts, was locked or left (S2-9a). */
  onHolderChanged(effect: Socket<HolderChange>): void;
  /** Socket, filled in compose/: the console log shows something our list of administrators does not explain. */
  onConsoleFound(effect: Socket<ConsoleFound>): void;
  /** Socket, filled in compose/: a unit was merged or dissolved, and rights given for it ended with it. */
  onUnitRightsEnded(effect: Socket<UnitRightsEnd>): void;
}

export type SignedIn = (personId: string, returnTo: string) => Promise<string | null>;

const NO_MODULES: ModuleCatalog = new Map();

export function createAccess(deps: AccessDeps): Access {
  const { db, directory, sessions, wecom, roles, corpId, agentId, publicUrl } = deps;
  const modules = deps.modules ?? NO_MODULES;
  const rights = createRightsLoader(directory, modules);
  const sections: PersonDataSection[] = [];
  const sockets: Sockets = { delegationEnding: [], holderChanged: [], consoleFound: [], unitRightsEnded: [] };
  const onAlarm = deps.onAlarm ?? (() => undefined);
  const commandDeps: CommandDeps = { directory, rights, roles, modules, sockets, onAlarm };
  const grants = createGrantCommands(commandDeps);
  const delegations = createDelegationCommands(commandDeps);
  directory.onPersonChanged(createAfterPersonChange(commandDeps, { ...grants, ...delegations }));
  const afterUnitEnd = createAfterUnitEnd(commandDeps, { ...grants, ...delegations });
  directory.onUnitEnded(afterUnitEnd);
  const signedIn: Socket<Visit>[] = [];
  let atSignIn: SignedIn = () => Promise.resolve(null);
  const signIn = createSignIn({
    db,
    sessions,
    oauth: wecom.oauth,
    rights,
    publicUrl,
    leadElsewhere: (personId, returnTo) => atSignIn(personId, returnTo),
    sandbox: deps.sandbox,
    onSignedIn: async (tx, visit) => {
      for (const effect of signedIn) await effect(tx, visit);
    },
  });
  const areas = new Map<string, OpensArea>();
  const me = createMeQuery(directory, roles, { appName: deps.appName, sandbox: deps.sandbox }, areas);
  const ending = accessJobs(db, commandDeps, { ...delegations, afterUnitEnd });
  const consoleLog = consoleLogJobs({ db, log: wecom.operLog, rights, found: sockets.consoleFound });
  const commands = {
    grantRole: grants.grantRole,
    revokeRole: grants.revokeRole,
    delegate: delegations.delegate,
    changeDelegation: delegations.changeDelegation,
    endDelegation: delegations.endDelegation,
  };

  async function actorOf(reads: Reads, personId: string, origin: ActorOrigin): Promise<PersonActor | null> {
    const { org } = await rights(reads);
    return activeActor(org, org.person(personId), origin);
  }

  return {
    routes: [
      ...accessRoutes({
        db,
        sessions,
        rights,
        signIn,
        me,
        jsapi: wecom.jsapi,
        corpId,
        agentId,
        publicUrl,
      }),
      ...rightsRoutes({ db, rights, roles, modules, commands }),
      ...consoleLogRoutes({ db, rights }),
      ...peopleRoutes({ db, directory, rights, roles, openPersonal: deps.openPersonal, sections }),
    ],
    jobs: [...ending.definitions, ...consoleLog.definitions],
    schedules: [...ending.schedules, ...consoleLog.schedules],
    orgOf: async (reads) => (await rights(reads)).org,
    openArea: (area, opens) => void areas.set(area, opens),
    onSignedIn: (effect) => void signedIn.push(effect),
    onPersonData: (section) => void sections.push(section),
    leadAfterSignIn(lead, onFailed) {
      atSignIn = (personId, returnTo) =>
        lead(personId, returnTo).catch((error: unknown) => {
          onFailed(error);
          return null;
        });
    },
    actorOf,
    async actorByUserid(reads, userid, origin) {
      const { org } = await rights(reads);
      return activeActor(org, org.personByUserid(userid), origin);
    },
    authenticate(ctx, request) {
      const session = sessions.read(ctx);
      if (!session) return Promise.resolve(null);
      return db.read(async (reads) => {
        const { org, epochOf } = await rights(reads);
        if (epochOf(session.personId) !== session.epoch) return null;
        const actor = activeActor(org, org.person(session.personId), { via: 'h5', ...request });
        return actor && { actor, session };
      });
    },
    async scopeOf(reads, actor) {
      const { org } = await rights(reads);
      return actor.kind === 'person' ? org.scopeOf(actor.personId) : everything(org, actor.name);
    },
    async mayKnow(reads, actor, secret) {
      if (actor.kind === 'system') return true;
      const { org } = await rights(reads);
      return mayKnow(roles, org.rolesOf(actor.personId), secret);
    },
    holdsGiven,
    async whyNotRemove(tx, personId) {
      const holders = await grantsInForce(tx, { role: 'superAdmin' });
      const ids = holders.map((holder) => holder.personId);
      return whyNotRemove(personId, holders, await directory.activeAmong(tx, ids));
    },
    ...commands,
    rightsOfUnit,
    countRightsOfUnits,
    importGrants: createImportGrants(directory, roles, grants),
    onDelegationEnding: (effect) => void sockets.delegationEnding.push(effect),
    onHolderChanged: (effect) => void sockets.holderChanged.push(effect),
    onConsoleFound: (effect) => void sockets.consoleFound.push(effect),
    onUnitRightsEnded: (effect) => void sockets.unitRightsEnded.push(effect),
  };
}

const everything = (org: OrgWithRoles, role: string): Scope =>
  createScope([{ unitId: null, modules: 'all', categories: 'all', duty: 'manage', from: { role } }], org);

const activeActor = (org: OrgWithRoles, person: OrgPerson | null, origin: ActorOrigin): PersonActor | null =>
  person?.active ? actorFor(org, person, origin) : null;
