import { dateOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { countDays } from '../../../kernel/count-days.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { chainOf, rangeOf, workTakerOf } from '../absence-store.ts';
import { ABSENCE, type LeaveContext } from '../context.ts';
import type { OwnAnswer, OwnLeave } from '../contract.ts';
import { isHr } from '../reach.ts';
import { backAfter, backNow, earlier, halfNow, hasBegun, takenUntil } from '../stay-away.ts';
import { accountsOf } from '../store.ts';
import { AbsenceTable, type AbsenceRow } from '../tables.ts';
import { backWords, rangeWords, STATE_WORDS } from '../words.ts';
import { balancesShown, typesOf, yearOf } from './balances.ts';

/** What I have left, and my leaves with what I can do about each. */
export async function readOwn(
  ctx: LeaveContext,
  reads: Reads,
  personId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<OwnAnswer> {
  const org = await ctx.orgOf(reads);
  const query = reads.em
    .getRepository(AbsenceTable)
    .createQueryBuilder('a')
    .where('a.personId = :personId', { personId });
  const [fromOn, id] = page.cursor?.split('.') ?? [];
  if (fromOn !== undefined && id !== undefined)
    query.andWhere('(a.fromOn < :fromOn or (a.fromOn = :fromOn and a.id < :id))', { fromOn, id });
  const rows = await query
    .orderBy('a.fromOn', 'DESC')
    .addOrderBy('a.id', 'DESC')
    .limit(page.limit + 1)
    .getMany();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const clocks = await ctx.supervision.listOfSubjects(
    reads,
    ABSENCE,
    shown.map((row) => row.id),
  );
  const items: OwnLeave[] = [];
  for (const row of shown) {
    const clock = clocks.find(({ subjectId, state }) => subjectId === row.id && state === 'open');
    const handoverId = await workTakerOf(reads, row);
    const handover = handoverId === null ? null : (org.person(handoverId)?.name ?? null);
    items.push({ ...(await ownLeave(ctx, reads, row, clock)), handoverName: handover });
  }
  const accounts = await accountsOf(reads, personId, yearOf(reads));
  return {
    balances: balancesShown(ctx, await typesOf(ctx, reads), yearOf(reads), accounts),
    leaves: {
      items,
      next: rows.length > page.limit && last ? `${last.fromOn}.${last.id}` : null,
    },
    isHr: isHr(org, ctx.settings, personId),
  };
}

async function ownLeave(
  ctx: LeaveContext,
  reads: Reads,
  row: AbsenceRow,
  clock: ObligationRow | undefined,
): Promise<Omit<OwnLeave, 'handoverName'>> {
  const range = rangeOf(row);
  const now = halfNow(reads.now);
  const state = stateOf(row, reads.now);
  const isOpen = row.state === 'open';
  const chain = isOpen ? await chainOf(reads, row) : [row];
  const begun = hasBegun(rangeOf(chain.at(-1) ?? row), now);
  return {
    absenceId: row.id,
    typeLabel: row.typeLabel,
    rangeWords: rangeWords(range),
    days: row.halves / 2,
    state,
    stateWords: STATE_WORDS[state],
    isExtension: row.extendsId !== null,
    due: clock ? ctx.supervision.dueOf(clock, reads.now) : null,
    can: {
      reportBack: isOpen && begun,
      cancel: isOpen && !hasBegun(range, now),
      extend: isOpen && (begun || chain.length > 1),
    },
    backWords: isOpen && begun ? nowWords(ctx, chain, reads.now) : '',
  };
}

function stateOf({ state, ...row }: AbsenceRow, now: number): OwnLeave['state'] {
  if (state === 'ended') return 'returned';
  if (state !== 'open') return state;
  if (row.toOn < dateOf(now)) return 'overdue';
  return hasBegun(rangeOf(row), halfNow(now)) ? 'away' : 'planned';
}

function nowWords({ calendar }: LeaveContext, chain: readonly AbsenceRow[], now: number): string {
  const [row] = chain;
  if (!row) return '';
  const back = earlier(backNow(now), backAfter(rangeOf(row)));
  const less = chain.reduce((sum, one) => {
    const taken = takenUntil(rangeOf(one), back);
    const days = taken ? countDays(taken, one.counting, calendar).total : 0;
    return sum + Math.max(0, one.halves / 2 - days);
  }, 0);
  return backWords(back, less);
}
