import { actorId } from '../../kernel/actor.ts';
import { notFound, refused } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { insertRows, updateCount } from '../../platform/db/rows.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { Directory, Org, PersonChange } from '../directory/index.ts';
import { whyNotGrant, type GrantRequest } from './policy.ts';
import type { RoleCatalog } from './role-catalog.ts';
import { isInForce } from './rights.ts';
import { PersonSessionTable, RoleGrantTable, type RoleGrantRow } from './tables.ts';

export interface NewGrant extends GrantRequest {
  /** Epoch ms; open when null. */
  readonly untilAt: number | null;
}

export interface AccessCommands {
  /** @returns the grant's id; the one in force when the role is already held. */
  grantRole(tx: Tx, request: NewGrant): Promise<string>;
  /** Many at once: one new revision for all. */
  grantRoles(tx: Tx, requests: readonly NewGrant[]): Promise<string[]>;
  revokeRole(tx: Tx, grantId: string): Promise<void>;
  /** What a change of a person means for rights; runs in the same unit of work. */
  afterPersonChange(tx: Tx, change: PersonChange): Promise<void>;
}

export function createAccessCommands(directory: Directory, catalog: RoleCatalog): AccessCommands {
  /** Ends every session of this person with their next request, once the revision is touched. */
  async function raiseEpoch(tx: Tx, personId: string): Promise<void> {
    const raised = await updateCount(
      tx.em,
      'update person_session set epoch = epoch + 1, raisedAt = ? where id = ?',
      [tx.now, personId],
    );
    if (raised === 0)
      await insertRows(tx, PersonSessionTable, [{ id: personId, epoch: 1, raisedAt: tx.now }]);
  }

  async function give(tx: Tx, org: Org, request: NewGrant): Promise<string> {
    const objection = whyNotGrant(tx.actor, request, catalog);
    if (objection) throw objection;
    if (!org.person(request.personId)?.active) throw notFound('access.unknown_person');
    if (request.scopeUnitId !== null && org.unit(request.scopeUnitId)?.state !== 'active')
      throw notFound('access.unknown_unit');
    const held = await grantsInForce(tx, request.role);
    const same = held.find(
      (row) => row.personId === request.personId && row.scopeUnitId === request.scopeUnitId,
    );
    if (same) return same.id;
    const row: RoleGrantRow = {
      id: newId(),
      ...request,
      grantedBy: actorId(tx.actor).slice(0, 64),
      sinceAt: tx.now,
      revokedBy: null,
    };
    await insertRows(tx, RoleGrantTable, [row]);
    recordAct(tx, {
      action: 'access.grant',
      targetType: 'person',
      targetId: request.personId,
      after: { role: request.role, scopeUnitId: request.scopeUnitId, untilAt: request.untilAt },
    });
    await raiseEpoch(tx, request.personId);
    return row.id;
  }

  async function grantRoles(tx: Tx, requests: readonly NewGrant[]): Promise<string[]> {
    const org = await directory.orgOf(tx);
    const ids: string[] = [];
    for (const request of requests) ids.push(await give(tx, org, request));
    await directory.touch(tx);
    return ids;
  }

  async function revokeRole(tx: Tx, grantId: string): Promise<void> {
    const row = await tx.em.getRepository(RoleGrantTable).findOneBy({ id: grantId });
    if (!row) throw notFound('access.unknown_grant');
    const objection = whyNotGrant(tx.actor, row, catalog);
    if (objection) throw objection;
    if (!isInForce(row, tx.now)) return;
    if (row.role === 'superAdmin') await mustLeaveAnAdmin(tx, directory, row.personId);
    await tx.em
      .getRepository(RoleGrantTable)
      .update({ id: grantId }, { untilAt: tx.now, revokedBy: actorId(tx.actor).slice(0, 64) });
    recordAct(tx, {
      action: 'access.revoke',
      targetType: 'person',
      targetId: row.personId,
      before: { role: row.role, scopeUnitId: row.scopeUnitId },
    });
    await raiseEpoch(tx, row.personId);
    await directory.touch(tx);
  }

  return {
    grantRole: async (tx, request) => (await grantRoles(tx, [request]))[0] ?? '',
    grantRoles,
    revokeRole,
    async afterPersonChange(tx, { personId, kind }) {
      if (kind === 'locked') {
        await mustLeaveAnAdmin(tx, directory, personId);
        await raiseEpoch(tx, personId);
        await directory.touch(tx);
      }
    },
  };
}

/**
 * Rule H3: the last super administrator cannot be removed, by taking the role or by locking the person. The rows are
 * read with a lock, so that two administrators removing each other at once do not both succeed.
 */
async function mustLeaveAnAdmin(tx: Tx, directory: Directory, leavingId: string): Promise<void> {
  const admins = await grantsInForce(tx, 'superAdmin', 'locked');
  if (!admins.some((row) => row.personId === leavingId)) return;
  const others = admins.map((row) => row.personId).filter((personId) => personId !== leavingId);
  if ((await directory.activeAmong(tx, others)).length === 0) throw refused('access.last_super_admin');
}

type GrantColumns = Pick<RoleGrantRow, 'id' | 'personId' | 'scopeUnitId'>;

async function grantsInForce(
  tx: Tx,
  role: string,
  read: 'plain' | 'locked' = 'plain',
): Promise<GrantColumns[]> {
  // SQLite knows no locking read and needs none: its units of work run one at a time.
  const lock = read === 'locked' && tx.dialect === 'mysql' ? ' for update' : '';
  return tx.em.query<GrantColumns[]>(
    `select id, personId, scopeUnitId from role_grant
     where role = ? and sinceAt <= ? and (untilAt is null or untilAt > ?)${lock}`,
    [role, tx.now, tx.now],
  );
}
