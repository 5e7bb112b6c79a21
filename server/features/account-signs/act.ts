import type { PersonActor } from '../../kernel/actor.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { saveWithVersion } from '../../platform/db/rows.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { PersonChange } from '../directory/index.ts';
import { rehome, startClock, stopClock } from './clocks.ts';
import { CHECK, type SignsContext } from './context.ts';
import type { AnswerRequest, CheckState, SettleRequest } from './contract.ts';
import { decide, type Command } from './engine.ts';
import { forgetSigns, noteSigns } from './note-signs.ts';
import { mayAct, maySee, type SignsOrg } from './policy.ts';
import { appendEvent, loadCheck, openChecks } from './store.ts';
import { CheckTable, WORDS, type CheckRow } from './tables.ts';
import { dayOf } from './visit-signs.ts';

/** A person's answer; what follows from it is another person's decision. Nothing here touches an account. */
export const answerCheck = (
  ctx: SignsContext,
  actor: PersonActor,
  checkId: string,
  { answer, words }: AnswerRequest,
): Promise<{ state: CheckState }> => act(ctx, actor, checkId, { kind: 'answer', answer }, words ?? null);

/** What was reported is dealt with: the security administrator says how (a lock is requested in 账号, by people). */
export const settleCheck = (
  ctx: SignsContext,
  actor: PersonActor,
  checkId: string,
  { words }: SettleRequest,
): Promise<{ state: CheckState }> => act(ctx, actor, checkId, { kind: 'settle' }, words);

async function act(
  ctx: SignsContext,
  actor: PersonActor,
  checkId: string,
  command: Exclude<Command, { kind: 'void' }>,
  words: string | null,
): Promise<{ state: CheckState }> {
  return ctx.db.write(actor, async (tx) => {
    const row = await loadCheck(tx, checkId);
    const org = await ctx.orgOf(tx);
    const { personId } = row;
    const turn = command.kind === 'answer' ? 'open' : 'reported';
    const may = mayAct(org, actor.personId, turn, personId);
    if (!may && !maySee(org, actor.personId, row.state, personId)) throw notFound('signs.not_visible');
    if (!may) throw forbidden('signs.not_yours');
    await follow(ctx, tx, org, row, command, words);
    const { state } = await loadCheck(tx, checkId);
    return { state };
  });
}

async function follow(
  ctx: SignsContext,
  tx: Tx,
  org: SignsOrg,
  row: CheckRow,
  command: Command,
  words: string | null,
): Promise<void> {
  const { next, event, asks } = decide(row, command, tx.now);
  await saveWithVersion(tx, CheckTable, row, {
    ...next,
    openKey: next.state === 'ended' ? null : row.openKey,
  });
  appendEvent(tx, row.id, event, words === null ? null : ctx.vault.seal(WORDS, words));
  await stopClock(ctx, tx, row.id, event);
  if (asks !== null) startClock(ctx, tx, org, { ...row, ...next }, asks);
  const action = { answer: 'signs.answer', settle: 'signs.settle', void: 'signs.void' }[command.kind];
  recordAct(tx, {
    action,
    targetType: CHECK,
    targetId: row.id,
    before: { state: row.state, round: row.round },
    after: { state: next.state, round: next.round, event },
  });
}

/** Another number is a sign; whoever is locked or gone has no account to look after, nor others' accounts. */
export async function onPersonChanged(
  ctx: SignsContext,
  tx: Tx,
  { kind, personId, newMobile }: PersonChange,
): Promise<void> {
  if (newMobile) await noteSigns(tx, personId, [{ kind: 'phone', source: 'record', seenAt: dayOf(tx.now) }]);
  if (kind !== 'locked' && kind !== 'left') return;
  if (kind === 'left') await forgetSigns(tx, personId);
  const waiting = await openChecks(tx);
  if (waiting.length === 0) return;
  const org = await ctx.orgOf(tx);
  for (const row of waiting) {
    if (row.personId === personId) await follow(ctx, tx, org, row, { kind: 'void', reason: kind }, null);
    else await rehome(ctx, tx, org, row);
  }
}
