import { dateOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Instruction, RequestEvent, RequestState } from '../model.ts';
import { LateCaseTable } from '../tables.ts';

/** S3-5: one case per unit and request; sent in again after a return, it says how late the complete one was (G6). */
export async function noteLate(
  tx: Tx,
  state: RequestState,
  event: Extract<RequestEvent, { type: 'sent' }>,
): Promise<void> {
  const sender = state.senders.find(({ unitId }) => unitId === event.unitId);
  if (!sender || event.lateWorkdays === 0) return;
  const facts = {
    eventOn: state.eventOn,
    dueOn: sender.dueOn,
    submittedOn: dateOf(event.at),
    lateWorkdays: event.lateWorkdays,
  };
  const where = { requestId: state.requestId, unitId: event.unitId };
  const known = await tx.em.getRepository(LateCaseTable).findOneBy(where);
  if (known) return saveWithVersion(tx, LateCaseTable, known, facts);
  await insertRows(tx, LateCaseTable, [
    {
      id: newId(),
      ...where,
      kind: state.kind,
      ...facts,
      originType: state.origin.type,
      state: 'noted',
      instruction: null,
      circularId: null,
      notedAt: tx.now,
      version: 1,
    },
  ]);
}

/** S3-4g: with an instruction a circular may be issued for these cases; without one none is. */
export async function instructCircular(
  tx: Tx,
  caseIds: readonly string[],
  instruction: Instruction,
): Promise<void> {
  if (instruction.instructedOn > dateOf(tx.now)) throw refused('accounts.future_date');
  for (const id of caseIds) {
    const known = await tx.em.getRepository(LateCaseTable).findOneBy({ id });
    if (!known) throw refused('accounts.unknown_case');
    if (known.state === 'instructed') continue;
    await saveWithVersion(tx, LateCaseTable, known, { state: 'instructed', instruction: { ...instruction } });
    recordAct(tx, {
      action: 'accounts.instruct_circular',
      targetType: 'account_late_case',
      targetId: id,
      after: { documentNumber: instruction.documentNumber, unitId: known.unitId },
    });
  }
}
