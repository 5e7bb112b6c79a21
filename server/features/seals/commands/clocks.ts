import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { wordsOfDeadline } from '../../supervision/index.ts';
import { CHECKOUT, USE, usePath, type SealsContext } from '../context.ts';
import { handlersOfUse, keepersOf } from '../store.ts';
import type { CheckoutRow, SealRow, UseRow } from '../tables.ts';

const STAMP = 'seals.stamp';
const GIVE_BACK = 'seals.giveBack';

/** With whom a use lies first, and for which unit. */
async function holderOf(ctx: SealsContext, reads: Reads, org: OrgWithRoles, seal: SealRow, use: UseRow) {
  const keeperIds = (await keepersOf(reads, seal.id)).map(({ personId }) => personId);
  const [first = null] = handlersOfUse(org, ctx.settings.chiefUnits, seal, keeperIds, use.applicantId);
  return { personId: first, unitId: org.placeOf(seal.unitId)?.unitId ?? null };
}

/** From the approval until everything is stamped. Lists of what is late are read by many: the document is not named there. */
export async function openStampClock(
  ctx: SealsContext,
  tx: Tx,
  org: OrgWithRoles,
  seal: SealRow,
  use: UseRow,
): Promise<void> {
  const { personId, unitId } = await holderOf(ctx, tx, org, seal, use);
  ctx.supervision.openObligation(tx, {
    kind: STAMP,
    subjectType: USE,
    subjectId: use.id,
    stepRef: use.id,
    title: `用印登记：${seal.name}，${use.number}`,
    path: usePath(use.id),
    holderPersonId: personId,
    holderUnitId: unitId,
    budget: { workdays: ctx.settings.stampWorkdays },
  });
}

/** Whoever took it brings it back within the working days that were approved. */
export function openReturnClock(
  ctx: SealsContext,
  tx: Tx,
  seal: SealRow,
  use: UseRow,
  checkout: CheckoutRow,
): void {
  ctx.supervision.openObligation(tx, {
    kind: GIVE_BACK,
    subjectType: CHECKOUT,
    subjectId: checkout.id,
    stepRef: checkout.id,
    title: `归还印章：${seal.name}`,
    path: usePath(use.id),
    holderPersonId: checkout.personId,
    holderUnitId: use.unitId,
    budget: { workdays: use.outWorkdays ?? 1 },
  });
}

/** Open uses of a seal lie with who keeps it now; one that moves takes its clock along. */
export async function moveClocks(
  ctx: SealsContext,
  tx: Tx,
  org: OrgWithRoles,
  seal: SealRow,
  uses: readonly UseRow[],
): Promise<void> {
  const ids = uses.map(({ id }) => id);
  const clocks = await ctx.supervision.listOfSubjects(tx, USE, ids);
  for (const use of uses) {
    const clock = clocks.find((one) => one.subjectId === use.id && one.state === 'open');
    const { personId, unitId } = await holderOf(ctx, tx, org, seal, use);
    if (!clock || clock.holderPersonId === personId) continue;
    await ctx.supervision.transferObligations(tx, {
      subjectType: USE,
      subjectId: use.id,
      toPersonId: personId,
      toUnitId: unitId,
      reason: 'holder',
    });
    if (personId !== null)
      ctx.notify(tx, {
        key: `moved:${use.id}`,
        personId,
        words: `用印登记转到你这里：${seal.name}，${use.number}`,
        path: usePath(use.id),
      });
  }
}

/** Each rung once (R37). */
export function remindHolders({ supervision, notify }: SealsContext): void {
  for (const kind of [STAMP, GIVE_BACK])
    supervision.onReminder(kind, async (tx, row, rung) => {
      if (row.holderPersonId === null || row.dueAt === null) return;
      notify(tx, {
        key: `rung:${row.id}:${rung.rung}`,
        personId: row.holderPersonId,
        words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。`,
        path: row.path,
      });
    });
}
