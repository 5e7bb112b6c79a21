import { systemActor } from '../../kernel/actor.ts';
import { DAY_MS } from '../../kernel/dates.ts';
import { newId } from '../../kernel/id.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { insertRows, isUniqueViolation } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { assess, type Sign, type Standing } from './assess.ts';
import { rehome, startClock } from './clocks.ts';
import { CHECK, type SignsContext } from './context.ts';
import { appendEvent, openChecks } from './store.ts';
import { CheckTable, SignTable, type CheckRow } from './tables.ts';

const actor = systemActor('job:signs.look');

/** Of whom there are signs of two kinds within the window. Everybody else is not looked at. */
async function candidates({ em }: Reads, from: number): Promise<string[]> {
  const rows = await em.query<{ personId: string }[]>(
    `select personId from account_sign where seenAt >= ? group by personId
     having count(distinct kind) > 1 order by personId`,
    [from],
  );
  return rows.map(({ personId }) => personId);
}

/** S2-15d: the rule asks a person to look; that is all it does. */
export async function raiseChecks(ctx: SignsContext, now: number): Promise<void> {
  const from = now - ctx.settings.windowDays * DAY_MS;
  for (const personId of await ctx.db.read((reads) => candidates(reads, from)))
    await ctx.db
      .write(actor, (tx) => raiseFor(ctx, tx, personId, from))
      .catch((error: unknown) => {
        // Another instance was quicker.
        if (!isUniqueViolation(error)) throw error;
      });
}

async function raiseFor(ctx: SignsContext, tx: Tx, personId: string, from: number): Promise<void> {
  const org = await ctx.orgOf(tx);
  if (org.person(personId)?.active !== true) return;
  const found = assess(
    await signsOf(tx, personId, from),
    await standingOf(tx, personId),
    ctx.settings,
    tx.now,
  );
  if (found === null) return;
  const row: CheckRow = {
    id: newId(),
    personId,
    state: 'open',
    round: 1,
    openKey: personId,
    signs: [...found],
    raisedAt: tx.now,
    endedAt: null,
    outcome: null,
    version: 1,
  };
  await insertRows(tx, CheckTable, [row]);
  appendEvent(tx, row.id, 'raised', null);
  startClock(ctx, tx, org, row, 'unit');
  recordAct(tx, {
    action: 'signs.raise',
    targetType: CHECK,
    targetId: row.id,
    after: { personId, kinds: [...new Set(found.map(({ kind }) => kind))] },
  });
}

async function signsOf({ em }: Reads, personId: string, from: number): Promise<Sign[]> {
  const rows = await em.getRepository(SignTable).findBy({ personId });
  return rows
    .filter(({ seenAt }) => seenAt >= from)
    .map(({ kind, source, seenAt }) => ({ kind, source, seenAt }));
}

async function standingOf({ em }: Reads, personId: string): Promise<Standing> {
  const rows = await em.getRepository(CheckTable).findBy({ personId });
  const ended = rows.flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]));
  return {
    hasOpen: rows.some(({ state }) => state !== 'ended'),
    lookedAt: ended.length === 0 ? null : Math.max(...ended),
  };
}

/** Rights end and people move: every open check is held by somebody who can act on it. */
export const rehomeChecks = (ctx: SignsContext): Promise<void> =>
  ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    for (const row of await openChecks(tx)) await rehome(ctx, tx, org, row);
  });
