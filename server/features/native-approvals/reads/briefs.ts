import { In } from 'typeorm';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { CASE, type NativeContext } from '../context.ts';
import type { Brief, Holder } from '../contract.ts';
import { openHoldings } from '../store.ts';
import { CaseTable, type CaseRow, type HoldingRow } from '../tables.ts';
import { STATE_WORDS } from '../words.ts';

export const personName = (org: OrgWithRoles, personId: string | null, userid: string): string =>
  (personId === null ? null : org.person(personId)?.name) ?? userid;

export const unitName = (org: OrgWithRoles, unitId: string | null): string =>
  unitId === null ? '' : (org.placeOf(unitId)?.name ?? org.unit(unitId)?.name ?? '');

export async function casesByIds({ em }: Reads, ids: readonly string[]): Promise<CaseRow[]> {
  if (ids.length === 0) return [];
  const rows = await em.getRepository(CaseTable).findBy({ id: In([...ids]) });
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** In the order of the rows; three queries however many they are. */
export async function briefsOf(
  ctx: NativeContext,
  reads: Reads,
  org: OrgWithRoles,
  rows: readonly CaseRow[],
): Promise<Brief[]> {
  const ids = rows.map(({ id }) => id);
  const holdings = await openHoldings(reads, ids);
  const clocks = await ctx.supervision.listOfSubjects(reads, CASE, ids);
  return rows.map((row) => ({
    caseId: row.id,
    number: row.number,
    title: row.title,
    applicantName: personName(org, row.applicantId, row.applicantUserid),
    unitName: unitName(org, row.unitId),
    state: row.state,
    stateWords: STATE_WORDS[row.state],
    appliedAt: row.appliedAt,
    holders: holdings
      .filter(({ caseId }) => caseId === row.id)
      .map((one) => holderOf(ctx, reads, org, one, clocks)),
    isLate: clocks.some((clock) => clock.subjectId === row.id && ranOut(ctx, clock, reads.now)),
  }));
}

/** Open and overdue counts before the sweep has written it down. */
export const ranOut = ({ supervision }: NativeContext, clock: ObligationRow, now: number): boolean =>
  clock.breachedAt !== null || (clock.state === 'open' && supervision.dueOf(clock, now).state === 'overdue');

function holderOf(
  { supervision }: NativeContext,
  { now }: Reads,
  org: OrgWithRoles,
  { id, personId, userid, unitId, sinceAt }: HoldingRow,
  clocks: readonly ObligationRow[],
): Holder {
  const clock = clocks.find(({ stepRef, state }) => stepRef === id && state === 'open');
  return {
    id: personId,
    name: personName(org, personId, userid),
    unitName: unitName(org, unitId),
    since: sinceAt,
    due: clock ? { ...supervision.dueOf(clock, now) } : null,
  };
}
