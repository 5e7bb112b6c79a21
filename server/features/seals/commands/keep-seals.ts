/** The register: seals with their managing units and keepers. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { badRequest, conflict, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { sealDesk, type SealsContext } from '../context.ts';
import type { ChangeSealRequest, SealRequest } from '../contract.ts';
import { mustManage, reachOf } from '../policy.ts';
import { keepersOf, loadSeal, outOf } from '../store.ts';
import { KeeperTable, SealTable, UseTable, type SealRow } from '../tables.ts';
import { moveClocks } from './clocks.ts';

const SEAL = 'seal';

/** @throws forbidden `seals.managers_only`; badRequest `seals.unknown_unit`, `seals.unknown_person`; conflict `seals.code_taken` */
export async function addSeal(
  ctx: SealsContext,
  actor: PersonActor,
  { keeperIds, ...wanted }: SealRequest,
): Promise<string> {
  try {
    return await ctx.db.write(actor, async (tx) => {
      const org = await ctx.orgOf(tx);
      mustManage(reachOf(org, sealDesk(ctx), actor.personId), wanted.unitId);
      mustBeUnit(org, wanted.unitId);
      const row: SealRow = { id: newId(), ...wanted, state: 'active', version: 1 };
      await insertRows(tx, SealTable, [row]);
      await setKeepers(tx, org, row.id, keeperIds);
      recordAct(tx, {
        action: 'seals.add_seal',
        targetType: SEAL,
        targetId: row.id,
        after: { ...wanted, keeperIds },
      });
      return row.id;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('seals.code_taken');
    throw error;
  }
}

/**
 * Its name, unit, keepers, or that it is used no more; the code stays. What is open lies with the new keepers.
 * @throws notFound `seals.no_seal`; forbidden `seals.managers_only`; badRequest as above; refused `seals.seal_is_out`
 */
export const changeSeal = (
  ctx: SealsContext,
  actor: PersonActor,
  sealId: string,
  { version, keeperIds, ...changes }: ChangeSealRequest,
): Promise<void> =>
  ctx.db.write(actor, async (tx) => {
    const row = await loadSeal(tx, sealId);
    const org = await ctx.orgOf(tx);
    const reach = reachOf(org, sealDesk(ctx), actor.personId);
    mustManage(reach, row.unitId);
    if (changes.unitId !== row.unitId) {
      mustManage(reach, changes.unitId);
      mustBeUnit(org, changes.unitId);
    }
    if (changes.state === 'retired' && (await outOf(tx, sealId))) throw refused('seals.seal_is_out');
    await saveWithVersion(tx, SealTable, { id: sealId, version }, changes);
    const before = await setKeepers(tx, org, sealId, keeperIds);
    const uses = await tx.em.getRepository(UseTable).find({
      where: [
        { sealId, state: 'approved' },
        { sealId, state: 'partly' },
      ],
      order: { id: 'asc' },
    });
    await moveClocks(ctx, tx, org, { ...row, ...changes }, uses);
    const { name, kind, unitId, mayGoOut, place, state } = row;
    recordAct(tx, {
      action: 'seals.change_seal',
      targetType: SEAL,
      targetId: sealId,
      before: { name, kind, unitId, mayGoOut, place, state, keeperIds: before },
      after: { ...changes, keeperIds },
    });
  });

/** @throws badRequest `seals.unknown_unit` */
function mustBeUnit(org: OrgWithRoles, unitId: string): void {
  if (org.unit(unitId)?.state !== 'active') throw badRequest('seals.unknown_unit');
}

/** Ended where somebody keeps it no more, begun where somebody does; the rest keeps its day. Answers who kept it before. */
async function setKeepers(
  tx: Tx,
  org: OrgWithRoles,
  sealId: string,
  wanted: readonly string[],
): Promise<readonly string[]> {
  const known = await keepersOf(tx, sealId);
  const before = known.map(({ personId }) => personId);
  const fresh = [...new Set(wanted)].filter((id) => !before.includes(id));
  if (fresh.some((id) => !org.person(id)?.active)) throw badRequest('seals.unknown_person');
  for (const row of known)
    if (!wanted.includes(row.personId))
      await tx.em.query('update seal_keeper set untilAt = ? where id = ?', [tx.now, row.id]);
  await insertRows(
    tx,
    KeeperTable,
    fresh.map((personId) => ({ id: newId(), sealId, personId, sinceAt: tx.now, untilAt: null })),
  );
  return before;
}
