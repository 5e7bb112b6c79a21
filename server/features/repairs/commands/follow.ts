/** Tickets of people who left, and of heads who are none any more. */
import { systemActor } from '../../../kernel/actor.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { PersonChange } from '../../directory/index.ts';
import { decide } from '../engine.ts';
import { dispatchersOf, firstDispatcher } from '../policy.ts';
import { IN_HAND, loadTicket, stateOf } from '../store.ts';
import type { TicketRow } from '../tables.ts';
import { settleAct } from './act.ts';
import { askToFollow, FOLLOW_JOB } from './ask-to-follow.ts';
import { TICKET, type RepairsContext } from './context.ts';

export const DISPATCHERS_JOB = 'repairs.dispatchers';
const AT_ONCE = 200;

/** Fill for `directory.onPersonChanged`: the work itself is a job's. */
export async function onPersonChanged(tx: Tx, { kind, personId }: PersonChange): Promise<void> {
  if (kind === 'locked' || kind === 'left') askToFollow(tx, personId);
}

/** What somebody who is not there any more has in hand goes back to who dispatches, its clocks with it (G9). */
export async function follow(ctx: RepairsContext, personId: string): Promise<void> {
  const rows = await ctx.db.read(({ em }) =>
    em.query<{ id: string }[]>(`select id from repair_ticket where holderId = ? and ${IN_HAND} order by id`, [
      personId,
    ]),
  );
  for (const { id } of rows)
    await ctx.db.write(systemActor(`job:${FOLLOW_JOB}`), async (tx) => {
      if ((await ctx.orgOf(tx)).person(personId)?.active) return;
      const row = await loadTicket(tx, id);
      if (row.holderId === personId) await giveBack(ctx, tx, row);
    });
  await keepWithDispatchers(ctx);
}

/** What waits to be given out lies with a head who may: another one when that left, moved or was appointed later. */
export async function keepWithDispatchers(ctx: RepairsContext): Promise<void> {
  for (let after = ''; ;) {
    const { last, astray } = await ctx.db.read((reads) => astrayAfter(ctx, reads, after));
    if (last === undefined) return;
    for (const id of astray)
      await ctx.db.write(systemActor(`job:${FOLLOW_JOB}`), (tx) => handOn(ctx, tx, id));
    after = last;
  }
}

async function astrayAfter(ctx: RepairsContext, reads: Reads, after: string) {
  const rows = await reads.em.query<{ id: string; category: string }[]>(
    `select id, category from repair_ticket where state = 'reported' and id > ? order by id limit ${AT_ONCE}`,
    [after],
  );
  const holders = await holdersOf(ctx, reads, rows);
  const org = await ctx.orgOf(reads);
  const astray = rows.filter((row) => isAstray(ctx, org, row, holders.get(row.id))).map(({ id }) => id);
  return { last: rows.at(-1)?.id, astray };
}

/** With whom the open clock of each lies; of a page of them. */
async function holdersOf(
  { supervision }: RepairsContext,
  reads: Reads,
  rows: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, string | null>> {
  const holders = new Map<string, string | null>();
  const ids = rows.map(({ id }) => id);
  for (const one of await supervision.listOfSubjects(reads, TICKET, ids))
    if (one.state === 'open') holders.set(one.subjectId, one.holderPersonId);
  return holders;
}

function isAstray(
  { settings }: RepairsContext,
  org: OrgWithRoles,
  { category }: Pick<TicketRow, 'category'>,
  holderId: string | null | undefined,
): boolean {
  if (holderId === undefined) return false;
  const may = dispatchersOf(org, settings, category);
  return holderId === null ? may.length > 0 : !may.some(({ personId }) => personId === holderId);
}

async function handOn(ctx: RepairsContext, tx: Tx, ticketId: string): Promise<void> {
  const row = await loadTicket(tx, ticketId);
  const org = await ctx.orgOf(tx);
  const holderId = (await holdersOf(ctx, tx, [row])).get(row.id);
  // Given out a moment ago.
  if (row.state !== 'reported' || !isAstray(ctx, org, row, holderId)) return;
  const next = firstDispatcher(org, ctx.settings, row.category);
  if (next === null && holderId === null) return;
  await ctx.supervision.transferObligations(tx, {
    subjectType: TICKET,
    subjectId: row.id,
    toPersonId: next?.personId ?? null,
    toUnitId: next?.unitId ?? null,
    reason: 'holder',
  });
}

async function giveBack(ctx: RepairsContext, tx: Tx, row: TicketRow): Promise<void> {
  const org = await ctx.orgOf(tx);
  const words = '经办人已不在岗';
  let present = row;
  if (present.state === 'held') {
    const changes = { holdReason: null, holdWords: '', holdUntilOn: null };
    present = await settleAct(ctx, tx, org, present, decide(stateOf(present), { kind: 'resume' }), {
      changes,
      words,
    });
  }
  await settleAct(ctx, tx, org, present, decide(stateOf(present), { kind: 'giveBack' }), { words });
}
