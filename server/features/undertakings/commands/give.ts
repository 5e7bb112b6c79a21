import { createHash } from 'node:crypto';
import { actorId } from '../../../kernel/actor.ts';
import { conflict, forbidden, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { stopClock } from '../clock.ts';
import type { RoomContext } from '../context.ts';
import type { GiveAnswer } from '../contract.ts';
import { concerns, openFor } from '../policy.ts';
import { ownRows } from '../store.ts';
import { GivenTable } from '../tables.ts';
import { FIRST_SIGN_IN } from '../text.ts';

export interface Giving {
  readonly textId: string;
  /** What was shown. */
  readonly version: number;
  readonly sha256: string;
  /** Random id of the session; a print of it is kept. */
  readonly session: string | null;
}

/** Pages that show the text; nothing is given by a card, a chat word or the command line. */
const PAGES: readonly string[] = ['h5', 'console'];

/**
 * Somebody gives a text: of their own, on a page, the very words in force. Once per person and version; again changes
 * nothing and answers when it was.
 * @throws forbidden `undertakings.own_only`; notFound `undertakings.no_text`; conflict `undertakings.changed`
 */
export async function giveText(
  ctx: RoomContext,
  tx: Tx,
  personId: string,
  { textId, version, sha256, session }: Giving,
): Promise<GiveAnswer> {
  const { actor } = tx;
  if (actor.kind !== 'person' || actorId(actor) !== personId || !PAGES.includes(actor.via))
    throw forbidden('undertakings.own_only');
  const person = (await ctx.orgOf(tx)).person(personId);
  const text = ctx.texts().find((one) => one.textId === textId);
  if (!person || !text || !concerns(text, person.category)) throw notFound('undertakings.no_text');
  if (text.version !== version || text.sha256 !== sha256)
    throw conflict('undertakings.changed', { title: text.title });
  const rows = await ownRows(tx, personId);
  const known = rows.given.get(textId) ?? [];
  if (known.includes(version))
    return { textId, version, givenAt: await givenAt(tx, personId, textId, version, rows.stay) };
  await insertRows(tx, GivenTable, [
    {
      id: newId(),
      personId,
      textId,
      textVersion: version,
      stay: rows.stay,
      sha256,
      givenAt: tx.now,
      via: actor.via,
      sessionTag: session === null ? null : printOf(session),
      requestId: actor.requestId ?? null,
    },
  ]);
  const given = new Map([...rows.given, [textId, [...known, version]]]);
  if (openFor(ctx.texts(), person.category, { given }, FIRST_SIGN_IN).length === 0)
    await stopClock(ctx, tx, personId, 'given');
  recordAct(tx, {
    action: 'undertakings.give',
    targetType: 'undertaking_text',
    targetId: textId,
    after: { version, sha256 },
  });
  return { textId, version, givenAt: tx.now };
}

async function givenAt(
  tx: Tx,
  personId: string,
  textId: string,
  textVersion: number,
  stay: number,
): Promise<number> {
  const row = await tx.em.getRepository(GivenTable).findOneByOrFail({ personId, textId, textVersion, stay });
  return row.givenAt;
}

const printOf = (session: string): string => createHash('sha256').update(session).digest('hex').slice(0, 16);
