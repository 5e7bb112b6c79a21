import { systemActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { clocksOf, OWN_PATH, startClock } from '../clock.ts';
import type { RoomContext } from '../context.ts';
import { openFor } from '../policy.ts';
import { ownRows, type AskedRow, type OwnRows } from '../store.ts';
import { AskTable } from '../tables.ts';
import { FIRST_SIGN_IN, type Text } from '../text.ts';

const HOME = '/';
const actor = systemActor('undertakings.ask');

/**
 * Somebody signed in. Whoever has texts of the first sign-in open is asked for them, with a clock, and led there once
 * when they opened the app itself; never in front of what a message's link leads to (PHONE.md: what I owe comes first).
 * One statement when nothing is open.
 * @returns where to go instead, or null
 */
export async function askAtSignIn(
  ctx: RoomContext,
  personId: string,
  returnTo: string,
): Promise<string | null> {
  const seen = await ctx.db.read(async (reads) => {
    const person = (await ctx.orgOf(reads)).person(personId);
    return person && { category: person.category, rows: await ownRows(reads, personId) };
  });
  if (!seen) return null;
  const isLed = returnTo === HOME;
  const open = openFor(ctx.texts(), seen.category, seen.rows, FIRST_SIGN_IN);
  const news = open.some((text) => {
    const ask = askOf(seen.rows, text);
    return ask === undefined || (isLed && ask.ledAt === null);
  });
  if (!news) return null;
  await againOnClash(() =>
    ctx.db.write(actor, async (tx) => {
      const rows = await ownRows(tx, personId);
      const now = openFor(ctx.texts(), seen.category, rows, FIRST_SIGN_IN);
      await askFor(ctx, tx, await ctx.orgOf(tx), { personId, rows, texts: now, isLed });
    }),
  );
  return isLed ? OWN_PATH : null;
}

export const askOf = ({ asked }: Pick<OwnRows, 'asked'>, text: Text): AskedRow | undefined =>
  asked.get(text.textId)?.find(({ version }) => version === text.version);

/** Note that they were asked, and set the clock unless it runs. */
async function askFor(
  ctx: RoomContext,
  tx: Tx,
  org: OrgWithRoles,
  {
    personId,
    rows,
    texts,
    isLed,
  }: {
    readonly personId: string;
    readonly rows: OwnRows;
    readonly texts: readonly Text[];
    readonly isLed: boolean;
  },
): Promise<void> {
  if (texts.length === 0) return;
  const fresh = texts.filter((text) => askOf(rows, text) === undefined);
  await insertRows(
    tx,
    AskTable,
    fresh.map((text) => ({
      id: newId(),
      personId,
      textId: text.textId,
      textVersion: text.version,
      stay: rows.stay,
      askedAt: tx.now,
      ledAt: isLed ? tx.now : null,
      remindedOn: null,
    })),
  );
  if (isLed)
    await tx.em.query('update undertaking_ask set ledAt = ? where personId = ? and ledAt is null', [
      tx.now,
      personId,
    ]);
  if ((await clocksOf(ctx, tx, [personId])).size > 0) return;
  startClock(ctx, tx, { personId, unitId: unitOf(org, personId) }, texts);
}

/** Department of the main post. */
export function unitOf(org: OrgWithRoles, personId: string): string | null {
  const post = org.mainAssignmentOf(personId);
  return post ? (org.departmentOf(post.unitId)?.unitId ?? null) : null;
}
