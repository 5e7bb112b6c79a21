import type { Context } from 'koa';
import { In } from 'typeorm';
import type { PersonActor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/errors.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { maySee, partOf } from '../commands/act.ts';
import { autoConfirmAt } from '../commands/auto-confirm-at.ts';
import { ownerOf, TICKET, type RepairsContext } from '../commands/context.ts';
import {
  HOLD_REASONS,
  type Brief,
  type CandidatesAnswer,
  type ListAnswer,
  type ListQuery,
  type OwnAnswer,
  type OwnQuery,
  type TicketAnswer,
} from '../contract.ts';
import { actsOf, fits, isPossible, isTheirs, type Worker } from '../engine.ts';
import { mustSee, reachOf, type Reach } from '../policy.ts';
import { categoryOrPlain } from '../settings.ts';
import { IN_HAND, loadTicket, loadWorkers, stateOf } from '../store.ts';
import { TicketEventTable, TicketTable, WorkerTable, type TicketRow } from '../tables.ts';
import { eventTitle, HOLD_WORDS, STATE_WORDS } from '../words.ts';

const OPEN_STATES = ['reported', 'dispatched', 'accepted', 'held', 'done'] as const;

async function clocksOf(
  { supervision }: RepairsContext,
  reads: Reads,
  rows: readonly TicketRow[],
): Promise<ReadonlyMap<string, ObligationRow>> {
  const ids = rows.filter(({ clock }) => clock !== null).map(({ id }) => id);
  const found = await supervision.listOfSubjects(reads, TICKET, ids);
  return new Map(found.filter(({ state }) => state === 'open').map((row) => [row.subjectId, row]));
}

function briefOf(
  ctx: RepairsContext,
  org: OrgWithRoles,
  row: TicketRow,
  clock: ObligationRow | undefined,
  now: number,
): Brief {
  const due = clock ? { ...ctx.supervision.dueOf(clock, now) } : null;
  const ranOut = clock !== undefined && (clock.breachedAt !== null || due?.state === 'overdue');
  const unit = row.unitId === null ? null : org.placeOf(row.unitId);
  const { name, icon } = categoryOrPlain(ctx.settings, row.category);
  return {
    ticketId: row.id,
    number: row.number,
    categoryName: name,
    icon,
    place: row.placeName,
    words: row.words,
    state: row.state,
    stateWords: STATE_WORDS[row.state],
    reportedAt: row.reportedAt,
    unitName: unit?.name ?? '',
    holder: row.holderId === null ? null : { id: row.holderId, name: org.person(row.holderId)?.name ?? '' },
    due,
    isLate: row.isTakeLate || row.isResolveLate || ranOut,
    rating: row.rating,
  };
}

async function briefsOf(ctx: RepairsContext, reads: Reads, rows: readonly TicketRow[]): Promise<Brief[]> {
  const org = await ctx.orgOf(reads);
  const clocks = await clocksOf(ctx, reads, rows);
  return rows.map((row) => briefOf(ctx, org, row, clocks.get(row.id), reads.now));
}

const byIds = async ({ em }: Reads, ids: readonly string[]): Promise<TicketRow[]> => {
  if (ids.length === 0) return [];
  const rows = await em.getRepository(TicketTable).findBy({ id: In([...ids]) });
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
};

const BOXES = {
  mine: 'reporterId = ?',
  todo: `holderId = ? and ${IN_HAND}`,
  did: `holderId = ? and state in ('done', 'closed')`,
} as const;

/** My own: what I reported, what lies with me, what I mended; newest first. */
export async function listOwn(
  ctx: RepairsContext,
  reads: Reads,
  personId: string,
  { box, cursor, limit }: OwnQuery,
): Promise<OwnAnswer> {
  const before = cursor === undefined ? '' : ' and id < ?';
  const found = await reads.em.query<{ id: string }[]>(
    `select id from repair_ticket where ${BOXES[box]}${before} order by id desc limit ${limit + 1}`,
    [personId, ...(cursor === undefined ? [] : [cursor])],
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  const [count] = await reads.em.query<{ n: number | string }[]>(
    `select count(*) as n from repair_ticket where ${BOXES.todo}`,
    [personId],
  );
  const todo = Number(count?.n ?? 0);
  const isWorker = todo > 0 || (await reads.em.getRepository(WorkerTable).existsBy({ id: personId }));
  return {
    items: await briefsOf(ctx, reads, await byIds(reads, ids)),
    next: found.length > limit ? (ids.at(-1) ?? null) : null,
    isWorker,
    todo,
  };
}

/** @throws forbidden `repairs.not_yours` */
export async function listTickets(
  ctx: RepairsContext,
  reads: Reads,
  actorId: string,
  { cursor, limit, ...wanted }: ListQuery,
): Promise<ListAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, ctx.settings, actorId);
  mustSee(reach);
  const within = reach.filter({ unit: 'unitId', category: 'category' }, among);
  const { sql, params } = conditionOf(wanted, within);
  const found = await reads.em.query<{ id: string }[]>(
    `select id from repair_ticket where ${sql}${cursor === undefined ? '' : ' and id < ?'} order by id desc limit ${limit + 1}`,
    [...params, ...(cursor === undefined ? [] : [cursor])],
  );
  const [total] = await reads.em.query<{ n: number | string }[]>(
    `select count(*) as n from repair_ticket where ${sql}`,
    params,
  );
  const states = await reads.em.query<{ state: string; n: number | string }[]>(
    `select state, count(*) as n from repair_ticket
     where state in (${OPEN_STATES.map(() => '?').join(', ')}) and ${within.sql} group by state`,
    [...OPEN_STATES, ...within.params],
  );
  const count = (state: string): number => Number(states.find((one) => one.state === state)?.n ?? 0);
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = await byIds(reads, ids);
  const briefs = await briefsOf(ctx, reads, rows);
  const workers = await reads.em.getRepository(WorkerTable).find({ order: { sinceAt: 'asc', id: 'asc' } });
  return {
    items: briefs.map((one, at) => ({ ...one, canDispatch: canDispatch(rows[at], reach) })),
    next: found.length > limit ? (ids.at(-1) ?? null) : null,
    total: Number(total?.n ?? 0),
    counts: {
      reported: count('reported'),
      dispatched: count('dispatched'),
      accepted: count('accepted'),
      held: count('held'),
      done: count('done'),
    },
    categories: ctx.settings.categories.map(({ key, name }) => ({ id: key, name })),
    workers: workers.map(({ id }) => ({ id, name: org.person(id)?.name ?? '' })),
    can: { manage: reach.keepsSome },
  };
}

const canDispatch = (row: TicketRow | undefined, reach: Reach): boolean =>
  row !== undefined && reach.dispatches(row) && isPossible(stateOf(row), 'dispatch');

function conditionOf(
  { state, category, holderId, unitId, q }: Omit<ListQuery, 'cursor' | 'limit'>,
  within: { readonly sql: string; readonly params: readonly string[] },
): { sql: string; params: string[] } {
  const parts: string[] = [within.sql];
  const params: string[] = [...within.params];
  const add = (sql: string, ...values: readonly string[]): void => {
    parts.push(sql);
    params.push(...values);
  };
  if (state === 'open') add(`state in (${OPEN_STATES.map(() => '?').join(', ')})`, ...OPEN_STATES);
  else if (state !== undefined) add('state = ?', state);
  if (category !== undefined) add('category = ?', category);
  if (holderId !== undefined) add('holderId = ?', holderId);
  if (unitId !== undefined) add('unitId = ?', unitId);
  if (q) {
    const like = `%${q.replaceAll(/[!%_]/g, (one) => `!${one}`)}%`;
    add(
      `(number like ? escape '!' or placeName like ? escape '!' or words like ? escape '!')`,
      like,
      like,
      like,
    );
  }
  return { sql: parts.join(' and '), params };
}

/** One ticket with everything that happened to it. @throws notFound `repairs.no_ticket`, also out of reach */
export async function readTicket(
  ctx: RepairsContext,
  reads: Reads,
  actorId: string,
  ticketId: string,
): Promise<TicketAnswer> {
  const row = await loadTicket(reads, ticketId);
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, ctx.settings, actorId);
  if (!(await maySee(reads, row, reach, actorId))) throw notFound('repairs.no_ticket');
  const clocks = await clocksOf(ctx, reads, [row]);
  const { urgent, photoWhenDone } = categoryOrPlain(ctx.settings, row.category);
  const events = await reads.em
    .getRepository(TicketEventTable)
    .find({ where: { ticketId }, order: { id: 'asc' } });
  const place =
    row.placeId === null
      ? []
      : await reads.em.query<{ assetNo: string }[]>('select assetNo from repair_place where id = ?', [
          row.placeId,
        ]);
  const nameOf = (id: string | null): string => (id === null ? '' : (org.person(id)?.name ?? ''));
  return {
    ...briefOf(ctx, org, row, clocks.get(row.id), reads.now),
    convenient: row.convenient,
    reporter: { id: row.reporterId, name: nameOf(row.reporterId) },
    assetNo: place[0]?.assetNo ?? '',
    holdWords: holdWords(row),
    contractor: row.contractor,
    result: row.result,
    ratingWords: row.ratingWords,
    round: row.round,
    urgent,
    needsPhoto: photoWhenDone,
    autoConfirmAt: row.state === 'done' ? autoConfirmAt(ctx, row.doneAt) : null,
    can: actsOf(stateOf(row), partOf(row, reach, actorId)),
    events: events.map(({ kind, byName, toId, happenedAt, words, fileIds }) => ({
      kind,
      title: eventTitle(kind, byName, nameOf(toId)),
      byName,
      happenedAt,
      words,
      fileIds,
    })),
    holdReasons: HOLD_REASONS.map((key) => ({ key, name: HOLD_WORDS[key] })),
  };
}

function holdWords({ state, holdReason, holdWords: said, holdUntilOn }: TicketRow): string {
  if (state !== 'held' || holdReason === null) return '';
  const until = holdUntilOn === null ? '' : `预计 ${holdUntilOn} 再办`;
  return [HOLD_WORDS[holdReason], said, until].filter(Boolean).join(' · ');
}

/** Whom this ticket can be given to: whoever may give it out sees what each has in hand. @throws notFound `repairs.no_ticket` */
export async function listCandidates(
  ctx: RepairsContext,
  reads: Reads,
  actorId: string,
  ticketId: string,
): Promise<CandidatesAnswer> {
  const row = await loadTicket(reads, ticketId);
  const org = await ctx.orgOf(reads);
  const part = partOf(row, reachOf(org, ctx.settings, actorId), actorId);
  if (!isTheirs(part, 'dispatch')) throw notFound('repairs.no_ticket');
  const workers = await loadWorkers(reads, (id) => org.person(id)?.active ?? false);
  const suits = (one: Worker): boolean => fits(one, row.category, row.area);
  const able = workers.filter(
    ({ active, personId }) => active && personId !== row.holderId && personId !== row.reporterId,
  );
  return {
    items: able
      .sort((a, b) => Number(suits(b)) - Number(suits(a)) || a.inHand - b.inHand)
      .map((one) => ({
        personId: one.personId,
        name: org.person(one.personId)?.name ?? '',
        unitName: org.briefOf(one.personId)?.unitName ?? '',
        inHand: one.inHand,
        fits: suits(one),
      })),
  };
}

/** A photo, for whoever sees its ticket. @throws notFound `repairs.no_ticket`, `files.unknown` */
export async function sendPhoto(
  ctx: RepairsContext,
  actor: PersonActor,
  http: Context,
  { ticketId, fileId }: { readonly ticketId: string; readonly fileId: string },
): Promise<void> {
  await ctx.db.read(async (reads) => {
    const row = await loadTicket(reads, ticketId);
    const reach = reachOf(await ctx.orgOf(reads), ctx.settings, actor.personId);
    if (!(await maySee(reads, row, reach, actor.personId))) throw notFound('repairs.no_ticket');
  });
  await ctx.files.send(http, fileId, ownerOf(ticketId));
}
