/**
 * Who may design what is given by an approved 分级管理权限 request for approvals with its flow attached, and by nothing
 * else: without a flow there is no right (S2-10b).
 */
import { IsNull } from 'typeorm';
import { actorId, type PersonActor } from '../../../../kernel/actor.ts';
import { conflict, forbidden, notFound, refused } from '../../../../kernel/errors.ts';
import { newId } from '../../../../kernel/id.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import type { Tx } from '../../../../platform/db/unit-of-work.ts';
import { insertRows } from '../../../../platform/db/rows.ts';
import { idsOf, valueOf } from '../../form/fields.ts';
import type { RevokedEffect } from '../../commands/deps.ts';
import { isActive } from '../../model/org.ts';
import { InstanceTable } from '../../tables.ts';
import type { DesignContext } from '../context.ts';
import type { GrantRequest } from '../contract.ts';
import { isGlobal } from '../scope.ts';
import { DesignRightTable, type DesignRightRow } from '../tables.ts';

/** The template whose requests ask for it (config/templates/delegated-admin.yaml), and the fields that say so. */
export const DESIGN_REQUEST = 'delegatedAdmin';
const REQUEST = {
  template: DESIGN_REQUEST,
  module: 'module',
  approvals: 'approvals',
  admin: 'admin',
  flow: 'workflow',
};

export function grantDesign(
  ctx: DesignContext,
  actor: PersonActor,
  { requestNumber, scope }: GrantRequest,
): Promise<{ rightId: string }> {
  return ctx.db.write(actor, async (tx) => {
    mustGrant(actor);
    const { instanceId, personId } = await groundOf(tx, requestNumber);
    // H3: nobody gives to themselves.
    if (personId === actor.personId) throw forbidden('approvals.own_design_right');
    if (!isActive(await ctx.orgOf(tx), personId)) throw refused('approvals.design_person_gone');
    await mustExist(ctx, tx, scope);
    const rows = tx.em.getRepository(DesignRightTable);
    const held = await rows.find({ where: { personId } });
    if (
      held.some(
        (one) => one.endedAt === null && one.scopeKind === scope.kind && one.scopeValue === scope.value,
      )
    )
      throw conflict('approvals.design_right_held');
    const id = newId();
    await insertRows(tx, DesignRightTable, [
      {
        id,
        personId,
        scopeKind: scope.kind,
        scopeValue: scope.value,
        instanceId,
        requestNumber,
        grantedAt: tx.now,
        grantedBy: actor.personId,
        endedAt: null,
        endedBy: null,
      },
    ]);
    recordAct(tx, {
      action: 'approvals.grant_design',
      targetType: 'person',
      targetId: personId,
      after: { ...scope, requestNumber },
    });
    return { rightId: id };
  });
}

/** 撤销 of the request: what rests on it rests on nothing. */
export const endRightsOf: RevokedEffect = async (tx, { instanceId }) => {
  const rows = tx.em.getRepository(DesignRightTable);
  const held = await rows.findBy({ instanceId, endedAt: IsNull() });
  for (const row of held) await end(tx, row);
  return { released: held.length === 0 ? [] : ['审批模板的设计权限'], kept: [] };
};

export function endDesignRight(
  ctx: DesignContext,
  actor: PersonActor,
  rightId: string,
): Promise<{ ok: true }> {
  return ctx.db.write(actor, async (tx) => {
    mustGrant(actor);
    const rows = tx.em.getRepository(DesignRightTable);
    const row = await rows.findOneBy({ id: rightId });
    if (!row) throw notFound('approvals.design_right_unknown');
    if (row.endedAt !== null) return { ok: true };
    await end(tx, row);
    return { ok: true };
  });
}

async function end(tx: Tx, row: DesignRightRow): Promise<void> {
  await tx.em
    .getRepository(DesignRightTable)
    .update({ id: row.id }, { endedAt: tx.now, endedBy: actorId(tx.actor) });
  recordAct(tx, {
    action: 'approvals.end_design',
    targetType: 'person',
    targetId: row.personId,
    before: { kind: row.scopeKind, value: row.scopeValue, requestNumber: row.requestNumber },
  });
}

function mustGrant(actor: PersonActor): void {
  if (!isGlobal(actor)) throw forbidden('approvals.may_not_grant_design');
}

/** @throws refused `approvals.design_request_unfit`, `approvals.design_no_flow` */
async function groundOf(tx: Tx, requestNumber: string): Promise<{ instanceId: string; personId: string }> {
  const row = await tx.em.getRepository(InstanceTable).findOneBy({ requestNumber });
  const form = row?.state.form ?? {};
  const person = valueOf(form, REQUEST.admin);
  const fits =
    row?.templateKey === REQUEST.template &&
    row.status === 'approved' &&
    valueOf(form, REQUEST.module) === REQUEST.approvals;
  if (!fits || typeof person !== 'string') throw refused('approvals.design_request_unfit');
  if (idsOf(valueOf(form, REQUEST.flow)).length === 0) throw refused('approvals.design_no_flow');
  return { instanceId: row.id, personId: person };
}

async function mustExist(ctx: DesignContext, tx: Tx, { kind, value }: GrantRequest['scope']): Promise<void> {
  const all = await ctx.templates.all(tx);
  if (kind === 'template' && !all.some(({ key }) => key === value))
    throw notFound('approvals.template_unknown', { key: value });
}
