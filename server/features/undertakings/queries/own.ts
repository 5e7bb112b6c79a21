import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { clocksOf } from '../clock.ts';
import type { RoomContext } from '../context.ts';
import type { OwnAnswer, OwnTextAnswer } from '../contract.ts';
import { concerns, countsFor, openFor } from '../policy.ts';
import { givenBy, givenOf, loadWords, ownRows, titlesOf } from '../store.ts';
import { FIRST_SIGN_IN } from '../text.ts';
import { briefOf } from '../words.ts';
import { wordsOf } from './wording.ts';

/** What I owe, what I may give before I need it, and what I gave. */
export async function listOwn(
  ctx: RoomContext,
  reads: Reads,
  personId: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<OwnAnswer> {
  const category = (await ctx.orgOf(reads)).person(personId)?.category ?? '';
  const rows = await ownRows(reads, personId);
  const all = openFor(ctx.texts(), category, rows);
  const open = all.filter(({ occasions }) => occasions.includes(FIRST_SIGN_IN));
  const clock = (await clocksOf(ctx, reads, [personId])).get(personId);
  const given = await givenBy(reads, personId, { cursor, limit: limit + 1 });
  const page = given.slice(0, limit);
  const titleOf = await titlesOf(
    reads,
    page.map(({ textId }) => textId),
  );
  const counts = (textId: string, version: number, stay: number): boolean =>
    stay === rows.stay && ctx.texts().some((text) => text.textId === textId && countsFor(text, [version]));
  return {
    open: open.map(briefOf),
    due: clock ? { ...ctx.supervision.dueOf(clock, reads.now) } : null,
    later: all.filter((text) => !open.includes(text)).map(briefOf),
    given: {
      items: page.map(({ textId, textVersion, givenAt, stay }) => ({
        textId,
        version: textVersion,
        title: titleOf(textId, textVersion),
        givenAt,
        isPast: !counts(textId, textVersion, stay),
      })),
      next: given.length > limit ? (page.at(-1)?.id ?? null) : null,
    },
  };
}

/**
 * One text: in force, or an older version which the reader gave.
 * @throws notFound `undertakings.no_text`
 */
export async function readOwnText(
  ctx: RoomContext,
  reads: Reads,
  personId: string,
  textId: string,
  asked: number | undefined,
): Promise<OwnTextAnswer> {
  const category = (await ctx.orgOf(reads)).person(personId)?.category ?? '';
  const mine = await givenOf(reads, personId, textId);
  const present = ctx.texts().find((text) => text.textId === textId && concerns(text, category));
  const version = asked ?? present?.version;
  const isMine = mine.some(({ textVersion }) => textVersion === version);
  if (version === undefined || (version !== present?.version && !isMine))
    throw notFound('undertakings.no_text');
  const rows = await ownRows(reads, personId);
  const row = mine.find(({ textVersion, stay }) => textVersion === version && stay === rows.stay);
  const shown =
    row ?? (version === present?.version ? undefined : mine.find((one) => one.textVersion === version));
  const open = openFor(ctx.texts(), category, rows, FIRST_SIGN_IN);
  return {
    text: wordsOf(ctx, await loadWords(reads, textId, version)),
    given: shown ? { version, givenAt: shown.givenAt, sha256: shown.sha256 } : null,
    can: { give: version === present?.version && shown === undefined },
    next: open.filter((text) => text.textId !== textId).map(briefOf),
  };
}
