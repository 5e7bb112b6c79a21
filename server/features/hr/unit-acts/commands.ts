import type { PersonActor } from '../../../kernel/actor.ts';
import { actorId, systemActor } from '../../../kernel/actor.ts';
import { DAY_MS } from '../../../kernel/dates.ts';
import { badRequest, conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { samePhrase } from '../../../kernel/typed-phrase.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { mustMaintain } from '../policy.ts';
import type { ConfirmUnitAct, ProposeRequest } from './contract.ts';
import type { UnitActContext } from './deps.ts';
import { phraseOf, type DryRun } from './dry-run.ts';
import { topCodeOf, unitLimits } from './limits.ts';
import { whyNotConfirm, type WhyNot } from './policy.ts';
import { dryRunOf, keepItems, loadAct } from './store.ts';
import { UnitActTable, type UnitActRow } from './tables.ts';

export const EXPIRE_JOB = 'hr.expireUnitAct';
/** As long as the confirmation of a plan holds (D3). */
const VALID_MS = DAY_MS;
const TARGET = 'unitAct';
export const pathOf = (actId: string): string => `/console/hr/unit-acts/${actId}`;

/**
 * Say that a unit shall go into another one, or end. Nothing happens until another person confirms exactly the dry run
 * that is kept with it.
 * @throws what the act itself would be refused for; conflict `hr.unit_act_open`; refused `hr.unit_limit`
 */
export async function proposeUnitAct(
  ctx: UnitActContext,
  actor: PersonActor,
  { kind, unitId, successorId, on, reason }: ProposeRequest,
): Promise<string> {
  mustMaintain(actor);
  if ((kind === 'merge') !== (successorId !== null)) throw badRequest('hr.unit_act_successor');
  const wish = { kind, unitId, successorId, effectiveOn: on };
  try {
    return await ctx.db.write(actor, async (tx) => {
      const org = await ctx.unitActs.orgOf(tx);
      await mustReach(ctx, tx, actor, wish);
      const made = await dryRunOf(ctx, tx, wish);
      if (!made) throw conflict('hr.unit_act_outdated');
      const topUnitCode = topCodeOf(org, unitId);
      await mustKeepLimits(ctx, tx, org, topUnitCode);
      const act: UnitActRow = {
        id: newId(),
        ...wish,
        unitCode: org.unit(unitId)?.code ?? '',
        unitName: org.unit(unitId)?.name ?? '',
        successorName: successorId === null ? null : (org.unit(successorId)?.name ?? ''),
        topUnitCode,
        reason,
        state: 'waiting',
        ...shown(made),
        openKey: unitId,
        createdAt: tx.now,
        createdBy: actor.personId,
        refreshedAt: null,
        expiresAt: tx.now + VALID_MS,
        endedAt: null,
        endedBy: null,
        version: 1,
      };
      await insertRows(tx, UnitActTable, [act]);
      await keepItems(tx, act.id, made.items);
      enqueue(tx, { name: EXPIRE_JOB, key: act.id, payload: { actId: act.id }, runAt: act.expiresAt });
      record(tx, 'hr.proposeUnitAct', act, { unitId, successorId, on, reason, hash: made.hash });
      await tellConfirmers(ctx, tx, org, act);
      return act.id;
    });
  } catch (error) {
    throw isUniqueViolation(error) ? conflict('hr.unit_act_open') : error;
  }
}

/**
 * A second person says yes to exactly this dry run, and it happens in the same unit of work. What changed meanwhile is
 * shown anew instead and nothing happens.
 * @throws conflict `hr.unit_act_changed`, `hr.unit_act_over`, `hr.unit_act_outdated`; forbidden `hr.own_unit_act`,
 *   `hr.in_unit_act`, `hr.gains_by_unit_act`; refused `hr.phrase_differs`, `hr.unit_limit`
 */
export async function confirmUnitAct(
  ctx: UnitActContext,
  actor: PersonActor,
  actId: string,
  typed: ConfirmUnitAct,
): Promise<void> {
  mustMaintain(actor);
  const outcome = await ctx.db.write(actor, async (tx) => {
    // What is read from here on stays so until it is done.
    await ctx.directory.lock(tx);
    const act = await loadAct(tx, actId);
    await mustReach(ctx, tx, actor, act);
    mustBeOpen(act, tx.now);
    const org = await ctx.unitActs.orgOf(tx);
    const why = objectionOf(org, actor.personId, act);
    if (why !== null) throw forbidden(why);
    const phrase = phraseOf(act.people);
    if (typed.hash !== act.hash) throw conflict('hr.unit_act_changed');
    if (phrase !== null && !samePhrase(typed.phrase, phrase)) throw refused('hr.phrase_differs', { phrase });
    const made = await dryRunOf(ctx, tx, act);
    if (!made) return end(ctx, tx, act, 'outdated');
    if (made.hash !== act.hash) return showAnew(tx, act, made);
    await mustKeepLimits(ctx, tx, org, act.topUnitCode);
    await carryOut(ctx, tx, act);
    return end(ctx, tx, act, 'done');
  });
  if (outcome === 'changed') throw conflict('hr.unit_act_changed');
  if (outcome === 'outdated') throw conflict('hr.unit_act_outdated');
}

/** Whoever proposed it takes it back. @throws forbidden `hr.not_your_unit_act`; conflict `hr.unit_act_over` */
export async function withdrawUnitAct(ctx: UnitActContext, actor: PersonActor, actId: string): Promise<void> {
  mustMaintain(actor);
  await ctx.db.write(actor, async (tx) => {
    const act = await loadAct(tx, actId);
    await mustReach(ctx, tx, actor, act);
    if (act.createdBy !== actor.personId) throw forbidden('hr.not_your_unit_act');
    mustBeOpen(act, tx.now);
    await end(ctx, tx, act, 'withdrawn');
  });
}

/** The job: nobody confirmed within a day. */
export async function expireUnitAct(ctx: UnitActContext, actId: string): Promise<void> {
  await ctx.db.write(systemActor(`job:${EXPIRE_JOB}`), async (tx) => {
    const act = await loadAct(tx, actId);
    if (act.state === 'waiting' && tx.now >= act.expiresAt) await end(ctx, tx, act, 'expired');
  });
}

async function carryOut({ directory }: UnitActContext, tx: Tx, act: UnitActRow): Promise<void> {
  const { unitId, successorId, effectiveOn: on } = act;
  if (successorId === null) await directory.dissolveUnit(tx, unitId, { on });
  else await directory.mergeUnit(tx, unitId, { successorId, on });
}

const ACTIONS = {
  done: 'hr.confirmUnitAct',
  withdrawn: 'hr.withdrawUnitAct',
  expired: 'hr.expireUnitAct',
  outdated: 'hr.outdateUnitAct',
} as const;
const OUTCOMES = {
  done: '已复核执行',
  withdrawn: '已撤回',
  expired: '24 小时内没有人复核，已失效',
  outdated: '部门已经不在，作废',
} as const;

async function end<How extends keyof typeof ACTIONS>(
  { unitActs }: UnitActContext,
  tx: Tx,
  act: UnitActRow,
  how: How,
): Promise<How> {
  const endedBy = actorId(tx.actor).slice(0, 64);
  await saveWithVersion(tx, UnitActTable, act, { state: how, openKey: null, endedAt: tx.now, endedBy });
  record(tx, ACTIONS[how], act, { hash: act.hash, people: act.people });
  if (how !== 'withdrawn')
    unitActs.notify(tx, {
      key: `hr.unit_act_${how}:${act.id}`,
      personId: act.createdBy,
      words: `${titleOf(act)}：${OUTCOMES[how]}。`,
      path: pathOf(act.id),
    });
  return how;
}

async function showAnew(tx: Tx, act: UnitActRow, made: DryRun): Promise<'changed'> {
  await saveWithVersion(tx, UnitActTable, act, { ...shown(made), refreshedAt: tx.now });
  await keepItems(tx, act.id, made.items);
  record(tx, 'hr.refreshUnitAct', act, { before: act.hash, hash: made.hash });
  return 'changed';
}

const shown = ({ hash, people, groups }: DryRun) => ({ hash, people, groups });

function record(tx: Tx, action: string, { id, unitId }: UnitActRow, after: object): void {
  recordAct(tx, { action, targetType: TARGET, targetId: id, after: { unitId, ...after } });
}

export const titleOf = ({ kind, unitName, successorName, effectiveOn }: UnitActRow): string =>
  kind === 'merge'
    ? `${unitName}并入${successorName ?? ''}（${effectiveOn} 起）`
    : `撤销${unitName}（${effectiveOn} 起）`;

async function tellConfirmers(
  ctx: UnitActContext,
  tx: Tx,
  org: OrgWithRoles,
  act: UnitActRow,
): Promise<void> {
  for (const personId of new Set(await ctx.unitActs.confirmerIds(tx))) {
    if (objectionOf(org, personId, act) !== null) continue;
    ctx.unitActs.notify(tx, {
      key: `hr.unit_act:${act.id}`,
      personId,
      words: `${titleOf(act)}，等您复核。24 小时内有效，复核前不会写入任何内容。`,
      path: pathOf(act.id),
    });
  }
}

export function objectionOf(org: OrgWithRoles, personId: string, act: UnitActRow): WhyNot | null {
  const held = [
    ...org.rolesOf(personId).filter(({ role }) => role !== 'staff'),
    ...org.delegationsOf(personId).map(({ unitId }) => ({ scopeUnitId: unitId })),
  ];
  const who = {
    personId,
    postUnitIds: org.assignmentsOf(personId).map(({ unitId }) => unitId),
    scopeUnitIds: held.map(({ scopeUnitId }) => scopeUnitId),
  };
  return whyNotConfirm(who, act, org);
}

/** H1: whoever maintains a part of the directory acts within it; outside it is as unknown as not there. */
async function mustReach(
  { unitActs }: UnitActContext,
  reads: Reads,
  actor: PersonActor,
  { unitId, successorId }: Pick<UnitActRow, 'unitId' | 'successorId'>,
): Promise<void> {
  const scope = await unitActs.scopeOf(reads, actor);
  const target = { moduleKey: 'directory', category: null, duty: 'manage' as const };
  const ids = successorId === null ? [unitId] : [unitId, successorId];
  if (!ids.every((id) => scope.covers({ ...target, unitIds: [id] })))
    throw notFound('directory.unknown_unit');
}

async function mustKeepLimits(
  ctx: UnitActContext,
  reads: Reads,
  org: OrgWithRoles,
  topUnitCode: string,
): Promise<void> {
  const { exceeded } = await unitLimits(ctx, reads, org, topUnitCode);
  if (exceeded.length > 0) throw refused('hr.unit_limit', { lines: exceeded.join('；') });
}

export function mustBeOpen({ state, expiresAt }: UnitActRow, now: number): void {
  if (state !== 'waiting' || now >= expiresAt) throw conflict('hr.unit_act_over');
}
