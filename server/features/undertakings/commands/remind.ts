import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { among } from '../../../platform/db/among.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { clocksOf, startClock } from '../clock.ts';
import type { RoomContext } from '../context.ts';
import type { RemindAnswer, RemindRequest } from '../contract.ts';
import { isOwedByAll } from '../policy.ts';
import { concernedBy, textInForce, type Somebody } from '../queries/concerned.ts';
import { mustRemind, reachOf } from '../reach.ts';
import { standingsOf, staysOf } from '../store.ts';
import { AskTable } from '../tables.ts';
import type { Text } from '../text.ts';

/** Messages and clocks of one act; the next act goes on with the others. */
export const MOST_REMINDED = 300;

/**
 * Everybody of the department, or of the whole scope, who has the text open, each once a working day. Who was not asked
 * yet is asked by it. Goes out under the budget of messages.
 * @throws refused `undertakings.on_occasion`, `undertakings.not_a_workday`
 */
export function remindOpen(
  ctx: RoomContext,
  actor: PersonActor,
  textId: string,
  { unitId, phrase }: RemindRequest,
): Promise<RemindAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    const reach = reachOf(org, actor.personId);
    mustRemind(reach);
    const text = textInForce(ctx, textId);
    if (!isOwedByAll(text)) throw refused('undertakings.on_occasion', { title: text.title });
    const today = dateOf(tx.now);
    if (ctx.calendar.isWorkday(today) === false) throw refused('undertakings.not_a_workday');
    const standings = await standingsOf(tx, text);
    const open = concernedBy(org, text, reach.reminds).filter(
      (one) => !standings.get(one.personId)?.given && (unitId === null || one.unitId === unitId),
    );
    const waiting = open.filter(({ personId }) => standings.get(personId)?.remindedOn !== today);
    const now = waiting.slice(0, MOST_REMINDED);
    mustBeTyped(now.length, `提醒${now.length}人`, phrase);
    const asked = (one: Somebody) => standings.get(one.personId)?.askVersion === text.version;
    await noteReminded(
      tx,
      now.filter(asked).flatMap((one) => standings.get(one.personId)?.askId ?? []),
      today,
    );
    await askNow(
      ctx,
      tx,
      text,
      now.filter((one) => !asked(one)),
      today,
    );
    for (const { personId } of now)
      ctx.notify(tx, {
        key: `remind:${textId}:${text.version}:${today}`,
        personId,
        words: `请阅读并承诺《${text.title}》。`,
        path: `/undertakings/${textId}`,
      });
    recordAct(tx, {
      action: 'undertakings.remind',
      targetType: 'undertaking_text',
      targetId: textId,
      after: { unitId: unitId ?? 'scope', reminded: now.length },
    });
    return {
      reminded: now.length,
      already: open.length - waiting.length,
      left: waiting.length - now.length,
    };
  });
}

async function noteReminded({ em }: Tx, askIds: readonly string[], today: string): Promise<void> {
  if (askIds.length === 0) return;
  const ids = among('id', askIds);
  await em.query(`update undertaking_ask set remindedOn = ? where ${ids.sql}`, [today, ...ids.params]);
}

/** A reminder is asking, for whoever never signed in since: the clock begins with it. */
async function askNow(
  ctx: RoomContext,
  tx: Tx,
  text: Text,
  people: readonly Somebody[],
  today: string,
): Promise<void> {
  const clocks = await clocksOf(
    ctx,
    tx,
    people.map(({ personId }) => personId),
  );
  const stays = await staysOf(tx);
  await insertRows(
    tx,
    AskTable,
    people.map(({ personId }) => ({
      id: newId(),
      personId,
      textId: text.textId,
      textVersion: text.version,
      stay: stays.get(personId) ?? 0,
      askedAt: tx.now,
      ledAt: null,
      remindedOn: today,
    })),
  );
  for (const person of people) if (!clocks.has(person.personId)) startClock(ctx, tx, person, [text]);
}
