import type { PersonActor } from '../../../kernel/actor.ts';
import { forbidden } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { ActAnswer } from '../contract.ts';
import { decide, type Command } from '../engine.ts';
import { FIELDS, isCleared, mustNotQuote } from '../fields.ts';
import { OWNERS } from '../owner.ts';
import { mayAnswer } from '../policy.ts';
import { openAsked } from '../sealed.ts';
import { appendEvent, loadCorrection, saveOutcome } from '../store.ts';
import type { CorrectionRow } from '../tables.ts';
import { askOwner, stopClock } from './clock.ts';
import { CORRECTION, ownPath, type CorrectionsContext } from './context.ts';
import { mustSee } from './see.ts';

/** Answered, sent on or taken back: the clock stops, and a new one begins where somebody else has to answer. */
export async function act(
  ctx: CorrectionsContext,
  actor: PersonActor,
  correctionId: string,
  command: Command,
): Promise<ActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const row = await loadCorrection(tx, correctionId);
    const org = await ctx.orgOf(tx);
    mustSee(org, actor.personId, row);
    const may =
      command.kind === 'withdraw'
        ? actor.personId === row.personId
        : mayAnswer(org, actor.personId, row.owner, row.personId);
    if (!may) throw forbidden('corrections.not_yours');
    if (command.kind !== 'withdraw') mustNotQuote(row.field, openAsked(ctx.vault, row).wanted, command.note);
    const outcome = decide(row, command, actor.personId, tx.now);
    const { next, event, note } = outcome;
    await saveOutcome(tx, row, outcome);
    if (next.state === 'corrected') await keepAddress(ctx, tx, row);
    appendEvent(tx, row.id, actor, { kind: event, owner: next.owner, note });
    await stopClock(ctx, tx, row.id, event);
    if (next.state === 'open') askOwner(ctx, tx, org, row, next.owner);
    else if (next.state !== 'withdrawn') tellPerson(ctx, tx, row, next.state, next.answer ?? '');
    if (event === 'sentOn') tellSentOn(ctx, tx, row, OWNERS[next.owner].name);
    recordAct(tx, {
      action: `corrections.${command.kind}`,
      targetType: CORRECTION,
      targetId: row.id,
      before: { state: row.state, owner: row.owner },
      after: { state: next.state, owner: next.owner, field: row.field },
    });
    return { state: next.state };
  });
}

/**
 * No source of HR brings a home address, so what the person gave and its owner accepted is the record (S2-15c). Every
 * other field comes through HR's data.
 */
async function keepAddress(
  { directory, vault }: CorrectionsContext,
  tx: Tx,
  row: CorrectionRow,
): Promise<void> {
  const { wanted } = openAsked(vault, row);
  if (row.field !== 'address' || wanted === null) return;
  await directory.setAddress(tx, row.personId, isCleared(row.field, wanted) ? null : wanted);
}

function tellPerson(
  { notify }: CorrectionsContext,
  tx: Tx,
  { id, personId, field }: CorrectionRow,
  state: 'corrected' | 'refused',
  answer: string,
): void {
  const what = `你申请更正的${FIELDS[field].label}`;
  notify(tx, {
    key: `answered:${id}`,
    personId,
    words: state === 'corrected' ? `${what}已更正：${answer}` : `${what}没有更正，原因：${answer}`,
    path: ownPath(id),
  });
}

const tellSentOn = (
  { notify }: CorrectionsContext,
  tx: Tx,
  { id, personId, field }: CorrectionRow,
  ownerName: string,
): void =>
  notify(tx, {
    key: `sentOn:${id}`,
    personId,
    words: `你申请更正的${FIELDS[field].label}已转给${ownerName}。`,
    path: ownPath(id),
  });
