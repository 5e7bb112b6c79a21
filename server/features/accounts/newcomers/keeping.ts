/** 个保法 47: nobody came, and nobody of HR's record was meant. What the unit wrote of them ends with its time. */
import { systemActor } from '../../../kernel/actor.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { numberIn, type Keeping } from '../../../platform/keeping/index.ts';
import type { AccountsContext } from '../commands/context.ts';
import { letterOwner } from '../commands/files.ts';
import type { RequestEvent } from '../model.ts';
import { lockRequest } from '../store.ts';
import { RequestEventTable, RequestTable } from '../tables.ts';
import { BLANK, saveNewcomer } from './store.ts';
import { NewcomerTable } from './tables.ts';

const KIND = 'accounts.newcomers';
const ACTOR = systemActor(`keeping:${KIND}`);
const ENDED = `state = 'ended' and erasedAt is null`;
const AT_ONCE = 100;

export const newcomerKeeping = (ctx: Pick<AccountsContext, 'db' | 'releaseFiles'>): Keeping => ({
  kind: KIND,
  atLeastDays: 0,
  ending: {
    how: 'blank',
    async remove(before, limit) {
      const found = await ctx.db.read((reads) =>
        reads.em.query<{ id: string }[]>(
          `select id from account_newcomer where ${ENDED} and endedAt < ? order by id
           limit ${Math.min(limit, AT_ONCE)}`,
          [before],
        ),
      );
      for (const { id } of found) await ctx.db.write(ACTOR, (tx) => erase(ctx, tx, id));
      return found.length;
    },
    overdue: async (reads, before) =>
      (await numberIn(reads, `select count(*) as n from account_newcomer where ${ENDED} and endedAt < ?`, [
        before,
      ])) ?? 0,
    oldest: (reads) => numberIn(reads, `select min(endedAt) as n from account_newcomer where ${ENDED}`),
  },
});

async function erase({ releaseFiles }: Pick<AccountsContext, 'releaseFiles'>, tx: Tx, id: string) {
  const row = await tx.em.getRepository(NewcomerTable).findOneBy({ id });
  if (!row || row.state !== 'ended' || row.erasedAt !== null) return;
  await saveNewcomer(tx, row, { ...BLANK, erasedAt: tx.now });
  // Whom HR knows has a record of their own, and the request is part of it.
  if (row.personId !== null) return;
  const request = await lockRequest(tx, row.requestId);
  await saveWithVersion(tx, RequestTable, request, { state: withoutWords(request.state) });
  const events = await tx.em.getRepository(RequestEventTable).findBy({ requestId: row.requestId });
  for (const event of events)
    await tx.em
      .getRepository(RequestEventTable)
      .update({ id: event.id }, { content: withoutWords(event.content) });
  await releaseFiles(tx, letterOwner(row.requestId));
}

const FREE_WORDS = ['need', 'reason', 'originUnit'] as const;

/**
 * A request or an event of it without what somebody wrote in words of their own: it may name the person. What happened
 * and when stays; this is the one case in which a history is changed.
 */
function withoutWords<T extends RequestEvent | { readonly form: unknown }>(content: T): T {
  const blank = (part: object) => ({
    ...part,
    ...Object.fromEntries(FREE_WORDS.filter((word) => word in part).map((word) => [word, ''])),
    ...('note' in part && { note: '' }),
    ...('returnNote' in part && { returnNote: null }),
  });
  const plain = blank(content) as T & { form?: object };
  return plain.form ? { ...plain, form: blank(plain.form) } : plain;
}
