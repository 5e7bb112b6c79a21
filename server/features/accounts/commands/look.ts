/** S3-0b: who looks at other people's accounts is written down. */
import type { z } from 'zod';
import type { PersonActor } from '../../../kernel/actor.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type {
  AccountHistoryAnswer,
  AccountHistoryQuery,
  AccountsAnswer,
  ExchangeAnswer,
  ExchangeQuery,
} from '../contract.ts';
import { exchangeRows, listAccountHistory, readAccounts } from '../queries.ts';
import type { AccountsContext } from './context.ts';

export async function lookAtAccounts(
  ctx: AccountsContext,
  actor: PersonActor,
  personId: string,
): Promise<AccountsAnswer> {
  return noted(ctx, actor, personId, (reads) => readAccounts(ctx, reads, actor.personId, personId));
}

export async function lookAtAccountHistory(
  ctx: AccountsContext,
  actor: PersonActor,
  personId: string,
  query: z.infer<typeof AccountHistoryQuery>,
): Promise<AccountHistoryAnswer> {
  return noted(ctx, actor, personId, (reads) =>
    listAccountHistory(ctx, reads, actor.personId, personId, query),
  );
}

/** S3-0b: who looked at another one's accounts is on record. */
async function noted<T>(
  ctx: AccountsContext,
  actor: PersonActor,
  personId: string,
  query: (reads: Reads) => Promise<T>,
): Promise<T> {
  const answer = await ctx.db.read(query);
  if (personId !== actor.personId)
    await ctx.db.write(actor, async (tx) =>
      recordAct(tx, { action: 'accounts.read', targetType: 'person', targetId: personId }),
    );
  return answer;
}

export async function takeExchangeRows(
  ctx: AccountsContext,
  actor: PersonActor,
  systemCode: string,
  query: ExchangeQuery,
): Promise<ExchangeAnswer> {
  const answer = await ctx.db.read((reads) => exchangeRows(ctx, reads, actor.personId, systemCode, query));
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'accounts.read_rows',
      targetType: 'account_system',
      targetId: systemCode,
      after: { rows: answer.rows.length },
    }),
  );
  return answer;
}
