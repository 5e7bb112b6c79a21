import { newId } from '../../../kernel/id.ts';
import { recordAct, type Personal } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { decide, type Command } from '../engine/decide.ts';
import type { By, Decision } from '../model.ts';
import type { AccountsOrg } from '../org.ts';
import { lockRequest, saveRequest } from '../store.ts';
import type { RequestRow } from '../tables.ts';
import { consequences } from './consequences.ts';
import { byOf, type AccountsContext } from './context.ts';

export interface Performed {
  readonly decision: Decision;
  readonly row: RequestRow;
}

interface Options {
  readonly by?: By;
  readonly secretSealed?: string | null;
  /** H9: words of a person's own that belong to the act. */
  readonly personal?: Personal;
}

/** One act on one request, whole: decide, save with version, and everything that follows, in the caller's unit of work. */
export async function performOn(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  row: RequestRow,
  command: Command,
  options: Options = {},
): Promise<Performed> {
  const by = options.by ?? byOf(tx.actor);
  const { calendar } = ctx.supervision;
  const decision = decide(row.state, command, { now: tx.now, by, newId, calendar });
  if (decision.events.length === 0) return { decision, row };
  const saved = await saveRequest(tx, row, decision, options.secretSealed ?? row.secretSealed);
  await consequences(ctx, tx, { before: row.state, decision, org });
  record(tx, row, command.type, decision, options.personal);
  return { decision, row: saved };
}

export async function perform(
  ctx: AccountsContext,
  tx: Tx,
  requestId: string,
  command: Command,
  options: Options = {},
): Promise<Performed> {
  const row = await lockRequest(tx, requestId);
  return performOn(ctx, tx, await ctx.orgOf(tx), row, command, options);
}

/** States and kinds only: never the form, never a reason (H5). */
export function record(
  tx: Tx,
  row: Pick<RequestRow, 'id' | 'status'> | null,
  verb: string,
  decision: Decision,
  personal?: Personal,
): void {
  const { state } = decision;
  recordAct(tx, {
    action: `accounts.${verb}`,
    targetType: 'account_request',
    targetId: state.requestId,
    ...(row ? { before: { status: row.status } } : {}),
    after: { status: state.status, kind: state.kind, personId: state.personId },
    result: decision.outcome,
    personal,
  });
}
