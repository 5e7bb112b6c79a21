import { systemActor } from '../../../kernel/actor.ts';
import { DAY_MS } from '../../../kernel/dates.ts';
import { decide } from '../engine.ts';
import { loadTicket, stateOf } from '../store.ts';
import { settleAct } from './act.ts';
import { autoConfirmAt } from './auto-confirm-at.ts';
import type { RepairsContext } from './context.ts';

export const AUTO_CONFIRM_JOB = 'repairs.autoConfirm';
const AT_ONCE = 200;

/** Nobody accepted it in time: it is closed, without a rating and in nobody's name (R46). */
export async function autoConfirm(ctx: RepairsContext, now: number): Promise<void> {
  // No count of working days is over before as many days are.
  const before = now - (ctx.settings.autoConfirmWorkdays - 1) * DAY_MS;
  let after = '';
  for (;;) {
    const rows = await ctx.db.read((reads) =>
      reads.em.query<{ id: string; doneAt: number | string }[]>(
        `select id, doneAt from repair_ticket where state = 'done' and doneAt <= ? and id > ? order by id limit ${AT_ONCE}`,
        [before, after],
      ),
    );
    const last = rows.at(-1);
    if (!last) return;
    for (const { id, doneAt } of rows) {
      const at = autoConfirmAt(ctx, Number(doneAt));
      if (at !== null && at <= now) await confirmOne(ctx, id, Number(doneAt));
    }
    after = last.id;
  }
}

const confirmOne = (ctx: RepairsContext, ticketId: string, doneAt: number): Promise<void> =>
  ctx.db.write(systemActor(`job:${AUTO_CONFIRM_JOB}`), async (tx) => {
    const row = await loadTicket(tx, ticketId);
    // Somebody did something a moment ago.
    if (row.state !== 'done' || row.doneAt !== doneAt) return;
    const outcome = decide(stateOf(row), { kind: 'autoConfirm' });
    const changes = { closedAt: tx.now, isAutoConfirmed: true };
    await settleAct(ctx, tx, await ctx.orgOf(tx), row, outcome, { changes });
  });
