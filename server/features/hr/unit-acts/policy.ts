/** Who may confirm that a unit ends. Pure; one answer for the page's button and for the command. */
import type { Org } from '../../directory/index.ts';

export interface Confirmer {
  readonly personId: string;
  /** Units of the posts held today. */
  readonly postUnitIds: readonly string[];
  /** Scopes of roles and delegations held; null: the whole institution. */
  readonly scopeUnitIds: readonly (string | null)[];
}

export interface UnitActFacts {
  readonly createdBy: string;
  readonly unitId: string;
  readonly successorId: string | null;
}

export type WhyNot = 'hr.own_unit_act' | 'hr.in_unit_act' | 'hr.gains_by_unit_act';

/**
 * H3: not the proposer, nobody whose own posts move with it, and nobody who would have more people under them after
 * it: whoever heads, is in charge of or administers the successor and not the unit itself.
 */
export function whyNotConfirm(
  who: Confirmer,
  { createdBy, unitId, successorId }: UnitActFacts,
  org: Pick<Org, 'isWithin' | 'ancestors' | 'unit'>,
): WhyNot | null {
  if (who.personId === createdBy) return 'hr.own_unit_act';
  if (who.postUnitIds.some((id) => org.isWithin(id, unitId))) return 'hr.in_unit_act';
  if (successorId === null) return null;
  const covers = (id: string, scopeId: string | null) => scopeId === null || org.isWithin(id, scopeId);
  const gains = who.scopeUnitIds.some((scope) => covers(successorId, scope) && !covers(unitId, scope));
  return gains || isInCharge(who.personId, successorId, unitId, org) ? 'hr.gains_by_unit_act' : null;
}

function isInCharge(
  personId: string,
  successorId: string,
  unitId: string,
  org: Pick<Org, 'isWithin' | 'ancestors' | 'unit'>,
): boolean {
  const above = [org.unit(successorId), ...org.ancestors(successorId)];
  return above.some((one) => one?.leaderInChargeId === personId && !org.isWithin(unitId, one.unitId));
}
