import type { Context } from 'koa';
import type { PersonActor } from '../../kernel/actor.ts';
import type { RequestInfo, Route } from '../../platform/http/route.ts';
import type { Session, Sessions } from '../../platform/http/session.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Directory, OrgPerson } from '../directory/index.ts';
import { createAccessCommands, type NewGrant } from './commands.ts';
import { createImportGrants, type GrantsImported } from './import-grants.ts';
import { createRightsLoader } from './load-rights.ts';
import { createMeQuery } from './me.ts';
import type { RoleCatalog } from './role-catalog.ts';
import { actorFor, type ActorOrigin, type OrgWithRoles } from './rights.ts';
import { accessRoutes, type JsapiClient } from './routes.ts';
import { createSignIn, type OauthClient } from './sign-in.ts';

export { parseRoles, type RoleCatalog, type RoleDefinition } from './role-catalog.ts';
export { GRANT_COLUMNS, GRANT_SHEET, type GrantsImported } from './import-grants.ts';
export type { NewGrant } from './commands.ts';
export type { ActorOrigin, HeldRole, OrgWithRoles, RoleHolder } from './rights.ts';
export type { JsapiClient } from './routes.ts';
export type { OauthClient } from './sign-in.ts';
export { accessTables } from './tables.ts';

export interface AccessDeps {
  readonly db: Db;
  readonly directory: Directory;
  readonly sessions: Sessions;
  /** The app's part of the 企业微信 client. */
  readonly wecom: { readonly oauth: OauthClient; readonly jsapi: JsapiClient };
  readonly corpId: string;
  readonly agentId: number;
  /** Where people reach this site, e.g. `https://oa.example.edu.cn`. */
  readonly publicUrl: string;
  readonly roles: RoleCatalog;
  readonly appName: string;
  readonly sandbox: boolean;
}

export interface Access {
  readonly routes: readonly Route[];
  /** The directory's read model with roles; what rules about approvers read. */
  orgOf(reads: Reads): Promise<OrgWithRoles>;
  /** For the HTTP layer: the person behind the session, or null when there is none or it was revoked. */
  authenticate(ctx: Context, request: RequestInfo): Promise<{ actor: PersonActor; session: Session } | null>;
  /** The actor behind an active person (cards, chat); null when unknown, locked or gone. */
  actorOf(reads: Reads, personId: string, origin: ActorOrigin): Promise<PersonActor | null>;
  /** The same by 企业微信's userid, compared without case (B1). */
  actorByUserid(reads: Reads, userid: string, origin: ActorOrigin): Promise<PersonActor | null>;
  grantRole(tx: Tx, request: NewGrant): Promise<string>;
  revokeRole(tx: Tx, grantId: string): Promise<void>;
  importGrants(tx: Tx, sheets: Parameters<ReturnType<typeof createImportGrants>>[1]): Promise<GrantsImported>;
}

export function createAccess(deps: AccessDeps): Access {
  const { db, directory, sessions, wecom, roles, corpId, agentId, publicUrl } = deps;
  const rights = createRightsLoader(directory);
  const commands = createAccessCommands(directory, roles);
  directory.onPersonChanged(commands.afterPersonChange);
  const signIn = createSignIn({ db, sessions, oauth: wecom.oauth, rights, publicUrl });
  const me = createMeQuery(directory, roles, { appName: deps.appName, sandbox: deps.sandbox });

  async function actorOf(reads: Reads, personId: string, origin: ActorOrigin): Promise<PersonActor | null> {
    const { org } = await rights(reads);
    return activeActor(org, org.person(personId), origin);
  }

  return {
    routes: accessRoutes({
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
    orgOf: async (reads) => (await rights(reads)).org,
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
    grantRole: commands.grantRole,
    revokeRole: commands.revokeRole,
    importGrants: createImportGrants(directory, roles, commands),
  };
}

const activeActor = (org: OrgWithRoles, person: OrgPerson | null, origin: ActorOrigin): PersonActor | null =>
  person?.active ? actorFor(org, person, origin) : null;
