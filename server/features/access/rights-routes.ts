import { z } from 'zod';
import { addDays, instantOf } from '../../kernel/dates.ts';
import type { Db, Reads } from '../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../platform/http/route.ts';
import type { DelegationCommands } from './commands/delegations.ts';
import type { GrantCommands } from './commands/grants.ts';
import * as contract from './contract.ts';
import { describeScope, type Words } from './describe.ts';
import type { RightsLoader } from './load-rights.ts';
import type { ModuleCatalog } from './module-catalog.ts';
import { mayGrantRole, nameOf } from './policy.ts';
import { holdersOf, listDelegations, modulesFor, rightsOf, unitsWithoutLiaison } from './queries.ts';
import type { RoleCatalog } from './role-catalog.ts';

const Id = z.string().min(1).max(64);
const done = { ok: true } as const;

export interface RightsRouteDeps {
  readonly db: Db;
  readonly rights: RightsLoader;
  readonly roles: RoleCatalog;
  readonly modules: ModuleCatalog;
  readonly commands: Omit<DelegationCommands, 'endNow'> & Pick<GrantCommands, 'grantRole' | 'revokeRole'>;
}

export function rightsRoutes(deps: RightsRouteDeps): Route[] {
  return [...readingRoutes(deps), ...grantRoutes(deps), ...delegationRoutes(deps)];
}

function reader({ db, rights, roles, modules }: RightsRouteDeps) {
  return <Answer>(answer: (reads: Reads, words: Words) => Promise<Answer> | Answer): Promise<Answer> =>
    db.read(async (reads) => {
      const { org } = await rights(reads);
      return answer(reads, { org, roles, modules, now: reads.now });
    });
}

function readingRoutes(deps: RightsRouteDeps): Route[] {
  const read = reader(deps);
  return [
    route({
      method: 'get',
      path: '/api/access/roles',
      summary: 'Roles that can be given, and which of them I may give',
      auth: 'person',
      answer: contract.RolesAnswer,
      handle: async ({ actor }) => ({
        items: [...deps.roles.values()].map((role) => ({
          role: role.code,
          name: role.name,
          scoped: role.scoped,
          unitOnly: role.unitOnly,
          onePerScope: role.onePerScope,
          excludes: role.excludes.map((code) => nameOf(deps.roles, code)),
          can: { grant: mayGrantRole(actor, '', role) },
        })),
      }),
    }),
    route({
      method: 'get',
      path: '/api/access/roles/:role/holders',
      summary: 'Who holds a role',
      auth: 'person',
      params: z.strictObject({ role: Id }),
      query: contract.HoldersQuery,
      answer: contract.HoldersAnswer,
      handle: ({ actor, params, query }) =>
        read((reads, words) => holdersOf(reads, words, actor, params.role, query)),
    }),
    route({
      method: 'get',
      path: '/api/access/people/:personId/rights',
      summary: 'Everything a person may do: roles and delegations',
      auth: 'person',
      params: z.strictObject({ personId: Id }),
      answer: contract.RightsAnswer,
      handle: ({ actor, params }) => read((reads, words) => rightsOf(reads, words, actor, params.personId)),
    }),
    route({
      method: 'get',
      path: '/api/access/scope',
      summary: 'What I may administer',
      auth: 'person',
      answer: contract.ScopeAnswer,
      handle: ({ actor: { personId } }) =>
        read((_reads, words) => describeScope(words, personId, words.org.scopeOf(personId))),
    }),
    route({
      method: 'get',
      path: '/api/access/modules',
      summary: 'The functions I may see, why, and who answers for them',
      auth: 'person',
      answer: contract.ModulesAnswer,
      handle: ({ actor }) => read((_reads, words) => modulesFor(words, actor.personId)),
    }),
    route({
      method: 'get',
      path: '/api/access/vacancies',
      summary: 'Departments without a liaison',
      auth: 'person',
      query: contract.VacanciesQuery,
      answer: contract.VacanciesAnswer,
      handle: ({ actor, query }) => read((_reads, words) => unitsWithoutLiaison(words, actor, query)),
    }),
  ];
}

function grantRoutes({ db, commands }: RightsRouteDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/access/grants',
      summary: 'Give a role',
      auth: 'person',
      body: contract.GrantRoleRequest,
      answer: contract.GrantedAnswer,
      handle: async ({ actor, body: { personId, role, unitId, lastOn } }) => ({
        grantId: await db.write(actor, (tx) =>
          commands.grantRole(tx, {
            personId,
            role,
            scopeUnitId: unitId,
            untilAt: lastOn === null ? null : instantOf(addDays(lastOn, 1)),
          }),
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/access/grants/:grantId/revoke',
      summary: 'Take a role back',
      auth: 'person',
      params: z.strictObject({ grantId: Id }),
      body: z.strictObject({}),
      answer: contract.Done,
      handle: async ({ actor, params }) => {
        await db.write(actor, (tx) => commands.revokeRole(tx, params.grantId));
        return done;
      },
    }),
  ];
}

function delegationRoutes(deps: RightsRouteDeps): Route[] {
  const { db, commands } = deps;
  const read = reader(deps);
  const params = z.strictObject({ delegationId: Id });
  return [
    route({
      method: 'get',
      path: '/api/access/delegations',
      summary: 'Delegated administrators with granter, scope and end',
      auth: 'person',
      query: contract.DelegationsQuery,
      answer: contract.DelegationsAnswer,
      handle: ({ actor, query }) => read((reads, words) => listDelegations(reads, words, actor, query)),
    }),
    route({
      method: 'post',
      path: '/api/access/delegations',
      summary: 'Give somebody a part of the institution to administer',
      auth: 'person',
      body: contract.DelegateRequest,
      answer: contract.DelegatedAnswer,
      handle: async ({ actor, body }) => ({
        delegationId: await db.write(actor, (tx) => commands.delegate(tx, body)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/access/delegations/:delegationId/change',
      summary: 'Change the terms of a delegation',
      auth: 'person',
      params,
      body: contract.ChangeDelegationRequest,
      answer: contract.Done,
      handle: async ({ actor, params: { delegationId }, body }) => {
        await db.write(actor, (tx) => commands.changeDelegation(tx, delegationId, body));
        return done;
      },
    }),
    route({
      method: 'post',
      path: '/api/access/delegations/:delegationId/end',
      summary: 'End a delegation',
      auth: 'person',
      params,
      body: z.strictObject({}),
      answer: contract.Done,
      handle: async ({ actor, params: { delegationId } }) => {
        await db.write(actor, (tx) => commands.endDelegation(tx, delegationId));
        return done;
      },
    }),
  ];
}
