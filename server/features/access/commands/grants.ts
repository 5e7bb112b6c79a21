import { actorId } from '../../../kernel/actor.ts';
import { AppError, conflict, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Org } from '../../directory/index.ts';
import { isDelegationInForce, isInForce } from '../held-rights.ts';
import { whyNotGrant, whyNotRemove, whyNotRevoke, type GrantRequest, type NamedPost } from '../policy.ts';
import { grantsInForce, openDelegations } from '../store.ts';
import { RoleGrantTable, type RoleGrantRow } from '../tables.ts';
import type { CommandDeps } from './deps.ts';
import { raiseEpoch } from './session-epoch.ts';

export type NewGrant = GrantRequest;

export interface GrantCommands {
  /** @returns the grant's id; the one in force when the role is already held. */
  grantRole(tx: Tx, request: NewGrant): Promise<string>;
  /** Many at once, one new revision for all: per request the grant's id, or why not. */
  grantRoles(tx: Tx, requests: readonly NewGrant[]): Promise<(string | AppError)[]>;
  revokeRole(tx: Tx, grantId: string): Promise<void>;
  /** Take a role without asking who does it: a consequence, not an act. */
  endGrant(tx: Tx, row: Pick<RoleGrantRow, 'id' | 'personId' | 'role' | 'scopeUnitId'>): Promise<void>;
  /** H3: @throws refused `access.last_super_admin` when nobody would be left who can give rights. */
  mustLeaveAnAdmin(tx: Tx, leavingId: string): Promise<void>;
}

export function createGrantCommands(deps: CommandDeps): GrantCommands {
  const { directory, roles } = deps;

  async function give(tx: Tx, org: Org, request: NewGrant): Promise<string> {
    const held = await grantsInForce(tx, { personId: request.personId });
    const same = held.find((row) => row.role === request.role && row.scopeUnitId === request.scopeUnitId);
    const holders = await grantsInForce(tx, { role: request.role });
    const delegations = await openDelegations(tx, request.personId);
    const facts = {
      held: held.filter((row) => row.role !== request.role),
      hasDelegation: delegations.some((row) => isDelegationInForce(row, tx.now)),
      posts: namedPosts(org, request.personId),
      otherHolders: holders.filter(
        (row) => row.scopeUnitId === request.scopeUnitId && row.personId !== request.personId,
      ).length,
    };
    const objection = whyNotGrant(tx.actor, request, roles, facts, tx.now);
    if (!org.person(request.personId)?.active) throw denied(objection) ?? notFound('access.unknown_person');
    if (request.scopeUnitId !== null && org.unit(request.scopeUnitId)?.state !== 'active')
      throw objection ?? notFound('access.unknown_unit');
    if (objection) throw objection;
    // Asking for another end is no repetition: it is answered, not swallowed.
    if (same && same.untilAt !== request.untilAt) throw conflict('access.already_held');
    return same?.id ?? insert(tx, request);
  }

  async function insert(tx: Tx, { personId, role, scopeUnitId, untilAt }: NewGrant): Promise<string> {
    const row: RoleGrantRow = {
      id: newId(),
      personId,
      role,
      scopeUnitId,
      untilAt,
      grantedBy: actorId(tx.actor).slice(0, 64),
      sinceAt: tx.now,
      revokedBy: null,
    };
    await insertRows(tx, RoleGrantTable, [row]);
    recordAct(tx, {
      action: 'access.grant',
      targetType: 'person',
      targetId: personId,
      after: { role, scopeUnitId, untilAt },
    });
    await raiseEpoch(tx, personId);
    return row.id;
  }

  async function grantRoles(tx: Tx, requests: readonly NewGrant[]): Promise<(string | AppError)[]> {
    // First of all: two changes together must not give what neither may (a second liaison, two duties that exclude
    // each other), and nobody is given a right while their leaving is being written (B7).
    await directory.lock(tx);
    const org = await directory.orgOf(tx);
    await directory.touch(tx);
    const results: (string | AppError)[] = [];
    for (const request of requests) {
      results.push(
        await give(tx, org, request).catch((error: unknown) => {
          if (error instanceof AppError) return error;
          throw error;
        }),
      );
    }
    return results;
  }

  async function mustLeaveAnAdmin(tx: Tx, leavingId: string): Promise<void> {
    // Read with a lock: of two administrators who remove each other at once only one succeeds.
    const holders = await grantsInForce(tx, { role: 'superAdmin' }, 'locked');
    const ids = holders.map((row) => row.personId);
    if (!ids.includes(leavingId)) return;
    const active = await directory.activeAmong(tx, ids);
    const objection = whyNotRemove(leavingId, holders, active);
    if (objection) {
      // Told even though the unit of work will not commit: somebody tried, and the institution hangs on one person.
      deps.onAlarm('last_super_admin');
      throw objection;
    }
    const left = active.filter((personId) => personId !== leavingId).length;
    if (left === 1) tx.afterCommit(() => deps.onAlarm('one_super_admin_left'));
  }

  async function endGrant(
    tx: Tx,
    { id, personId, role, scopeUnitId }: Pick<RoleGrantRow, 'id' | 'personId' | 'role' | 'scopeUnitId'>,
  ): Promise<void> {
    if (role === 'superAdmin') await mustLeaveAnAdmin(tx, personId);
    await tx.em
      .getRepository(RoleGrantTable)
      .update({ id }, { untilAt: tx.now, revokedBy: actorId(tx.actor).slice(0, 64) });
    recordAct(tx, {
      action: 'access.revoke',
      targetType: 'person',
      targetId: personId,
      before: { role, scopeUnitId },
    });
  }

  return {
    async grantRole(tx, request) {
      const [result] = await grantRoles(tx, [request]);
      if (typeof result !== 'string') throw result ?? notFound('access.unknown_grant');
      return result;
    },
    grantRoles,
    async revokeRole(tx, grantId) {
      await directory.touch(tx);
      const row = await tx.em.getRepository(RoleGrantTable).findOneBy({ id: grantId });
      const objection = whyNotRevoke(tx.actor, row ?? { personId: '', role: '' }, roles);
      if (objection) throw objection;
      if (!row) throw notFound('access.unknown_grant');
      if (!isInForce(row, tx.now)) return;
      await endGrant(tx, row);
      await raiseEpoch(tx, row.personId);
    },
    endGrant,
    mustLeaveAnAdmin,
  };
}

/** Who may not give the role learns nothing about whether the person exists. */
const denied = (objection: AppError | null): AppError | null =>
  objection?.status === 403 ? objection : null;

export const namedPosts = (org: Org, personId: string): NamedPost[] =>
  org.assignmentsOf(personId).map(({ unitId, title }) => ({
    unitName: org.unit(unitId)?.name ?? '',
    unitCode: org.unit(unitId)?.code ?? '',
    title,
  }));
