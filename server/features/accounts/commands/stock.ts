import { In } from 'typeorm';
import { newId } from '../../../kernel/id.ts';
import type { PersonActor } from '../../../kernel/actor.ts';
import { refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { mustBeIt } from '../policy.ts';
import { systemOf } from '../settings.ts';
import { AccountHistoryTable, AccountTable, type AccountRow } from '../tables.ts';
import { type AccountsContext, byOf, viewerOf } from './context.ts';

const PER_UNIT_OF_WORK = 500;
/** In the place of the request that opened it. */
const STOCK = 'stock';

/**
 * The accounts people had before this book was kept: without them nobody who was here before could be locked,
 * cancelled or inspected. Everybody present who has no account in this system, and whose opening is not asked for, gets
 * one that is open. Again, only who is missing. Returns how many were registered.
 */
export async function takeStock(
  ctx: AccountsContext,
  actor: PersonActor,
  systemCode: string,
): Promise<number> {
  const missing = await ctx.db.read(async (reads) => {
    const present = (await mayRegister(ctx, reads, actor, systemCode)).people();
    const known = await withAccountOrRequest(reads, systemCode);
    return present.map(({ personId }) => personId).filter((personId) => !known.has(personId));
  });
  let registered = 0;
  for (let at = 0; at < missing.length; at += PER_UNIT_OF_WORK) {
    const some = missing.slice(at, at + PER_UNIT_OF_WORK);
    // Somebody else's account of the same person, made meanwhile: look again who is missing.
    registered += await againOnClash(() =>
      ctx.db.write(actor, (tx) => register(ctx, tx, actor, systemCode, some)),
    );
  }
  return registered;
}

async function mayRegister(ctx: AccountsContext, reads: Reads, actor: PersonActor, systemCode: string) {
  const org = await ctx.orgOf(reads);
  mustBeIt(viewerOf(org, actor.personId), ctx.settings);
  if (!systemOf(ctx.settings, systemCode)) throw refused('accounts.unknown_system', { system: systemCode });
  return org;
}

async function register(
  ctx: AccountsContext,
  tx: Tx,
  actor: PersonActor,
  systemCode: string,
  personIds: readonly string[],
): Promise<number> {
  await mayRegister(ctx, tx, actor, systemCode);
  const there = await tx.em.getRepository(AccountTable).findBy({ systemCode, personId: In([...personIds]) });
  const known = new Set(there.map(({ personId }) => personId));
  const rows = personIds
    .filter((personId) => !known.has(personId))
    .map((personId) => accountRow(tx, personId, systemCode));
  if (rows.length === 0) return 0;
  await insertRows(tx, AccountTable, rows);
  for (const row of rows) noteHistory(tx, row);
  recordAct(tx, {
    action: 'accounts.take_stock',
    targetType: 'account_system',
    targetId: systemCode,
    after: { registered: rows.length },
  });
  return rows.length;
}

async function withAccountOrRequest(reads: Reads, systemCode: string): Promise<Set<string>> {
  const rows = await reads.em.query<{ personId: string }[]>(
    `select personId from account where systemCode = ?
     union select personId from account_request where kind = 'open' and status not in ('done', 'withdrawn')`,
    [systemCode],
  );
  return new Set(rows.map(({ personId }) => personId));
}

const accountRow = (tx: Tx, personId: string, systemCode: string): AccountRow => ({
  id: newId(),
  personId,
  systemCode,
  state: 'open',
  sinceAt: tx.now,
  generation: 1,
  category: null,
  originUnit: null,
  untilOn: null,
  version: 1,
});

const noteHistory = (tx: Tx, { id, personId, systemCode }: AccountRow): void =>
  tx.append(AccountHistoryTable, {
    id: newId(),
    accountId: id,
    personId,
    systemCode,
    requestId: STOCK,
    act: 'open',
    fromState: 'none',
    toState: 'open',
    happenedAt: tx.now,
    byName: byOf(tx.actor).name.slice(0, 64),
    proof: null,
  });
