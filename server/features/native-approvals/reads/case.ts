import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { CASE, type NativeContext } from '../context.ts';
import type { CaseAnswer } from '../contract.ts';
import type { Form, Step } from '../form.ts';
import { sameUser, turnsOf } from '../plan.ts';
import { reachOf, type Reach } from '../policy.ts';
import { openForm } from '../store.ts';
import { CaseTable, HoldingTable, PartTable, type CaseRow } from '../tables.ts';
import { KIND_WORDS, MODE_WORDS, seatWords } from '../words.ts';
import { briefsOf, personName, ranOut, unitName } from './briefs.ts';

/** One form with everything that happened to it. @throws notFound `native.no_case` to whoever may not know of it */
export async function readCase(
  ctx: NativeContext,
  reads: Reads,
  actorId: string,
  caseId: string,
): Promise<CaseAnswer> {
  const row = await reads.em.getRepository(CaseTable).findOneBy({ id: caseId });
  if (!row) throw notFound('native.no_case');
  const org = await ctx.orgOf(reads);
  const tookPart = await reads.em.getRepository(PartTable).existsBy({ caseId, personId: actorId });
  if (!tookPart && !(await isInReach(reads, reachOf(org, actorId), row))) throw notFound('native.no_case');
  const form = openForm(ctx, row);
  const [brief] = await briefsOf(ctx, reads, org, [row]);
  if (!brief) throw notFound('native.no_case');
  const clocks = await ctx.supervision.listOfSubjects(reads, CASE, [caseId]);
  const late = clocks.filter((clock) => ranOut(ctx, clock, reads.now));
  return {
    ...brief,
    readAt: row.readAt,
    endedAt: row.endedAt,
    steps: stepsOf(org, form),
    fields: tookPart ? [...form.fields] : null,
    late: late.map(({ breachedAt, dueAt, breachPersonId, breachUnitId, holderPersonId, holderUnitId }) => ({
      name: personName(org, breachedAt === null ? holderPersonId : breachPersonId, ''),
      unitName: unitName(org, breachedAt === null ? holderUnitId : breachUnitId),
      dueAt: breachedAt ?? dueAt ?? 0,
    })),
  };
}

async function isInReach(reads: Reads, { seesAll, unitIds }: Reach, row: CaseRow): Promise<boolean> {
  if (seesAll || (row.unitId !== null && unitIds.has(row.unitId))) return true;
  if (unitIds.size === 0) return false;
  const holdings = await reads.em.getRepository(HoldingTable).findBy({ caseId: row.id });
  return holdings.some(({ unitId }) => unitId !== null && unitIds.has(unitId));
}

function stepsOf(org: OrgWithRoles, form: Form): CaseAnswer['steps'] {
  const turns = turnsOf(form);
  return form.steps.map((step: Step, place) => ({
    kindWords: KIND_WORDS[step.kind],
    modeWords: step.kind === 'copy' || step.seats.length < 2 ? '' : MODE_WORDS[step.mode],
    seats: step.seats.map((seat) => ({
      name: personName(org, seat.personId, seat.userid),
      known: seat.personId !== null,
      ...seatWords(
        step,
        seat,
        turns.some((turn) => turn.step === place && seat.at === null && sameUser(turn.userid, seat.userid)),
      ),
      words: seat.words,
      at: seat.at,
    })),
  }));
}
