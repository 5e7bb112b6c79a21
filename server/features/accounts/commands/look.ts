/** S3-0b: who looks at other people's accounts is written down. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { AccountsAnswer, ExchangeAnswer, ExchangeQuery } from '../contract.ts';
import { exchangeRows, readAccounts } from '../queries.ts';
import type { AccountsContext } from './context.ts';

export async function lookAtAccounts(
  ctx: AccountsContext,
  actor: PersonActor,
  personId: string,
): Promise<AccountsAnswer> {
  const look = ctx.db.read((reads) => readAccounts(ctx, reads, actor.personId, personId));
  if (personId === actor.personId) return look;
  const answer = await look;
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
