/** Repairs that are done and wait for their reporter's word: asked of them in the to-do list, owed by the clock to nobody. */
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { autoConfirmAt } from '../commands/auto-confirm-at.ts';
import { ticketPath, type RepairsContext } from '../commands/context.ts';

/** Sorts behind everything that has a due time (`sortAtOf`). */
const LAST = Number.MAX_SAFE_INTEGER;
const WAITING = `state = 'done'`;

export const acceptancesOf = (ctx: Pick<RepairsContext, 'calendar' | 'settings'>) => ({
  async countOf({ em }: Reads, personId: string): Promise<number> {
    const [row] = await em.query<{ n: number | string }[]>(
      `select count(*) as n from repair_ticket where reporterId = ? and ${WAITING}`,
      [personId],
    );
    return Number(row?.n ?? 0);
  },

  /** By id. @param page `after`: the last one shown, of whatever kind */
  async list(
    { em }: Reads,
    personId: string,
    {
      limit,
      after,
    }: { readonly limit: number; readonly after: { readonly sortAt: number; readonly id: string } | null },
  ) {
    const beyond = after !== null && after.sortAt >= LAST ? after.id : '';
    const rows = await em.query<{ id: string; placeName: string; doneAt: number | string }[]>(
      `select id, placeName, doneAt from repair_ticket
       where reporterId = ? and ${WAITING} and id > ? order by id limit ${limit}`,
      [personId, beyond],
    );
    return rows.map(({ id, placeName, doneAt }) => ({
      id,
      title: `请验收：${placeName}的报修`,
      note: closesWords(autoConfirmAt(ctx, Number(doneAt))),
      path: ticketPath(id),
    }));
  },

  /** By id, after the one given. */
  async holdersAfter({ em }: Reads, personId: string, limit: number): Promise<string[]> {
    const rows = await em.query<{ reporterId: string }[]>(
      `select distinct reporterId from repair_ticket where ${WAITING} and reporterId > ?
       order by reporterId limit ${limit}`,
      [personId],
    );
    return rows.map(({ reporterId }) => reporterId);
  },
});

const closesWords = (at: number | null): string =>
  at === null ? '报修' : `报修 · ${dateOf(at).slice(5)} 前未验收，按通过处理`;
