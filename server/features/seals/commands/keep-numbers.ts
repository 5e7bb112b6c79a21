/** Rules that contract numbers are made by, and numbers that became void. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { badRequest, conflict, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../../platform/db/rows.ts';
import { contractDesk, type SealsContext } from '../context.ts';
import type { ChangeRuleRequest, RuleRequest } from '../contract.ts';
import { patternFault, patternKey } from '../numbering.ts';
import { mustManage, reachOf } from '../policy.ts';
import { loadNumber, loadRule } from '../store.ts';
import { RuleTable, type RuleRow } from '../tables.ts';
import { endNumber, isStamped } from './draw-number.ts';

const RULE = 'contract_number_rule';

/** @throws badRequest `seals.bad_pattern`, `seals.unknown_unit`; forbidden `seals.managers_only`; conflict `seals.pattern_taken` */
export async function addRule(ctx: SealsContext, actor: PersonActor, wanted: RuleRequest): Promise<string> {
  const fault = patternFault(wanted.pattern);
  if (fault !== null) throw badRequest('seals.bad_pattern', { fault });
  try {
    return await ctx.db.write(actor, async (tx) => {
      const org = await ctx.orgOf(tx);
      mustManage(reachOf(org, contractDesk(ctx), actor.personId), wanted.unitId);
      if (org.unit(wanted.unitId)?.state !== 'active') throw badRequest('seals.unknown_unit');
      const row: RuleRow = {
        id: newId(),
        ...wanted,
        patternKey: patternKey(wanted.pattern),
        state: 'active',
        version: 1,
      };
      await insertRows(tx, RuleTable, [row]);
      recordAct(tx, { action: 'seals.add_rule', targetType: RULE, targetId: row.id, after: { ...wanted } });
      return row.id;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('seals.pattern_taken');
    throw error;
  }
}

/** @throws notFound `seals.no_rule`; forbidden `seals.managers_only`; badRequest `seals.unknown_unit` */
export const changeRule = (
  ctx: SealsContext,
  actor: PersonActor,
  ruleId: string,
  { version, ...changes }: ChangeRuleRequest,
): Promise<void> =>
  ctx.db.write(actor, async (tx) => {
    const row = await loadRule(tx, ruleId);
    const org = await ctx.orgOf(tx);
    const reach = reachOf(org, contractDesk(ctx), actor.personId);
    mustManage(reach, row.unitId);
    mustManage(reach, changes.unitId);
    if (org.unit(changes.unitId)?.state !== 'active') throw badRequest('seals.unknown_unit');
    await saveWithVersion(tx, RuleTable, { id: ruleId, version }, changes);
    const { name, unitId, state } = row;
    recordAct(tx, {
      action: 'seals.change_rule',
      targetType: RULE,
      targetId: ruleId,
      before: { name, unitId, state },
      after: changes,
    });
  });

/**
 * A number that no contract will bear: kept, never given again.
 * @throws notFound `seals.no_number`; forbidden `seals.managers_only`; conflict `seals.moved_on`; refused `seals.number_in_use`
 */
export const voidNumber = (
  ctx: SealsContext,
  actor: PersonActor,
  numberId: string,
  { version, words }: { readonly version: number; readonly words: string },
): Promise<void> =>
  ctx.db.write(actor, async (tx) => {
    const row = await loadNumber(tx, numberId);
    const rule = await loadRule(tx, row.ruleId);
    const reach = reachOf(await ctx.orgOf(tx), contractDesk(ctx), actor.personId);
    const isOwn = row.applicantId === actor.personId;
    if (!isOwn && !reach.sees({ ownerUnitId: rule.unitId, unitId: row.unitId }))
      throw notFound('seals.no_number');
    mustManage(reach, rule.unitId);
    if (row.state !== 'active' || row.version !== version) throw conflict('seals.moved_on');
    if (await isStamped(tx, row.id)) throw refused('seals.number_in_use');
    await endNumber(tx, row, words);
  });
