/** Checks as whoever acts on them sees them; figures for everybody who watches over the work. */
import type { PersonActor } from '../../kernel/actor.ts';
import { dateOf } from '../../kernel/dates.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { recordAct } from '../../platform/audit/index.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { ObligationRow } from '../supervision/index.ts';
import { CHECK, type SignsContext } from './context.ts';
import {
  Answer,
  type CheckAnswer,
  type CheckBrief,
  type CountsAnswer,
  type ListAnswer,
  type ListQuery,
} from './contract.ts';
import { signLogOf } from './note-signs.ts';
import { mayAct, mayCount, mayList, maySee, type SignsOrg } from './policy.ts';
import { eventsOf, loadCheck, openChecks } from './store.ts';
import { CheckTable, WORDS, type CheckRow } from './tables.ts';
import { ANSWER_WORDS, EVENT_WORDS, signWords, STATE_WORDS } from './words.ts';

/** Those that wait in order of coming, those that ended newest first; never the reader's own (H3). */
export async function listChecks(
  ctx: SignsContext,
  reads: Reads,
  actorId: string,
  { state, cursor, limit }: ListQuery,
): Promise<ListAnswer> {
  const org = await ctx.orgOf(reads);
  if (!mayList(org, actorId)) throw forbidden('signs.figures_only');
  const isEnded = state === 'ended';
  const query = reads.em
    .getRepository(CheckTable)
    .createQueryBuilder('c')
    .where('c.state = :state and c.personId <> :actorId', { state, actorId });
  const total = await query.getCount();
  if (cursor !== undefined) query.andWhere(`c.id ${isEnded ? '<' : '>'} :cursor`, { cursor });
  const rows = await query
    .orderBy('c.id', isEnded ? 'DESC' : 'ASC')
    .take(limit + 1)
    .getMany();
  const page = rows.slice(0, limit);
  const clocks = await ctx.supervision.listOfSubjects(
    reads,
    CHECK,
    page.map(({ id }) => id),
  );
  return {
    items: page.map((row) =>
      briefOf(
        ctx,
        org,
        row,
        clocks.filter(({ subjectId }) => subjectId === row.id),
        reads.now,
      ),
    ),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    total,
  };
}

/** H4: who watches over the work sees how much there is, nobody's name. */
export async function countChecks(ctx: SignsContext, reads: Reads, actorId: string): Promise<CountsAnswer> {
  const org = await ctx.orgOf(reads);
  if (!mayCount(org, actorId)) throw forbidden('signs.not_a_supervisor');
  const rows = await reads.em.query<{ state: string; outcome: string | null; n: number | string }[]>(
    'select state, outcome, count(*) as n from account_check group by state, outcome',
  );
  const sum = (fits: (row: { state: string; outcome: string | null }) => boolean): number =>
    rows.filter(fits).reduce((n, row) => n + Number(row.n), 0);
  const waiting = (await openChecks(reads)).map(({ id }) => id);
  const clocks = await ctx.supervision.listOfSubjects(reads, CHECK, waiting);
  const log = await signLogOf(reads);
  return {
    open: sum(({ state }) => state === 'open'),
    reported: sum(({ state }) => state === 'reported'),
    ended: sum(({ state }) => state === 'ended'),
    late: clocks.filter((clock) => clock.state === 'open' && isLate(clock, reads.now)).length,
    outcomes: {
      self: sum(({ outcome }) => outcome === 'self'),
      settled: sum(({ outcome }) => outcome === 'settled'),
      void: sum(({ outcome }) => outcome === 'void'),
    },
    log: { readUntil: log?.readUntil ?? null, refused: log?.refused ?? null },
    canList: mayList(org, actorId),
  };
}

/**
 * One check, for whoever acts on it now and for the security administrators. The look is on the record (H7).
 * @throws notFound `signs.not_visible`: unknown and invisible look alike
 */
export const openCheck = (ctx: SignsContext, actor: PersonActor, checkId: string): Promise<CheckAnswer> =>
  ctx.db.write(actor, async (tx) => {
    const row = await loadCheck(tx, checkId);
    const org = await ctx.orgOf(tx);
    if (!maySee(org, actor.personId, row.state, row.personId)) throw notFound('signs.not_visible');
    const clocks = await ctx.supervision.listOfSubjects(tx, CHECK, [checkId]);
    const events = await eventsOf(tx, checkId);
    recordAct(tx, { action: 'signs.open', targetType: CHECK, targetId: checkId });
    const may = mayAct(org, actor.personId, row.state, row.personId);
    return {
      ...briefOf(ctx, org, row, clocks, tx.now),
      answers: Answer.options.map((answer) => ({
        answer,
        words: ANSWER_WORDS[answer],
        needsWords: answer !== 'self',
      })),
      history: events.map(({ id, happenedAt, byName, kind, wordsSealed }) => ({
        id,
        at: happenedAt,
        by: byName,
        words: EVENT_WORDS[kind],
        note: wordsSealed === null ? null : ctx.vault.open(WORDS, wordsSealed),
      })),
      can: { answer: may && row.state === 'open', settle: may && row.state === 'reported' },
    };
  });

function briefOf(
  { supervision }: SignsContext,
  org: SignsOrg,
  row: CheckRow,
  clocks: readonly ObligationRow[],
  now: number,
): CheckBrief {
  const { name = '', unitName = '', title = '' } = org.briefOf(row.personId) ?? {};
  const running = clocks.find(({ state }) => state === 'open');
  const holder = running?.holderPersonId ?? null;
  return {
    checkId: row.id,
    person: { personId: row.personId, name, unitName, title },
    state: row.state,
    stateWords: STATE_WORDS[row.state],
    signs: row.signs.map(({ kind, source, seenAt }) => ({
      on: dateOf(seenAt),
      words: signWords(kind, source),
    })),
    holder: holder === null ? null : (org.person(holder)?.name ?? null),
    raisedAt: row.raisedAt,
    endedAt: row.endedAt,
    due: running ? { ...supervision.dueOf(running, now) } : null,
    isLate: clocks.some((clock) => isLate(clock, now)),
  };
}

const isLate = ({ breachedAt, state, dueAt, provisional }: ObligationRow, now: number): boolean =>
  breachedAt !== null || (state === 'open' && !provisional && dueAt !== null && dueAt <= now);
