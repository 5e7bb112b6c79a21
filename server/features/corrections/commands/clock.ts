import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { PersonChange } from '../../directory/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { wordsOfDeadline } from '../../supervision/index.ts';
import type { Owner } from '../contract.ts';
import { FIELDS } from '../fields.ts';
import { answerersOf, type CorrectionsOrg } from '../policy.ts';
import { loadCorrection } from '../store.ts';
import type { CorrectionRow } from '../tables.ts';
import { ANSWER, CORRECTION, ownerPath, type CorrectionsContext } from './context.ts';

/** Told at once to so many; the others find it in their list. */
const MOST_TOLD = 20;

/** The owner has a clock from now on, and everybody who can answer is told. No value is in any of the words. */
export function askOwner(
  ctx: CorrectionsContext,
  tx: Tx,
  org: CorrectionsOrg,
  row: Pick<CorrectionRow, 'id' | 'personId' | 'field'>,
  owner: Owner,
): void {
  const answerers = answerersOf(org, owner, row.personId);
  const [holder = null] = answerers;
  const title = titleOf(org, row);
  const clock = ctx.supervision.openObligation(tx, {
    kind: ANSWER,
    subjectType: CORRECTION,
    subjectId: row.id,
    stepRef: owner,
    title,
    path: ownerPath(row.id),
    holderPersonId: holder,
    holderUnitId: unitOf(org, holder),
    budget: { workdays: ctx.settings.answerWorkdays },
  });
  for (const personId of answerers.slice(0, MOST_TOLD))
    ctx.notify(tx, {
      key: `asked:${row.id}:${owner}`,
      personId,
      words: `${title}${deadline(tx.now, clock)}。`,
      path: ownerPath(row.id),
    });
}

export const titleOf = (
  org: CorrectionsOrg,
  { personId, field }: Pick<CorrectionRow, 'personId' | 'field'>,
): string => `${org.person(personId)?.name ?? ''}申请更正${FIELDS[field].label}`;

const deadline = (now: number, { dueAt, provisional }: ObligationRow): string =>
  dueAt === null ? '' : `，${wordsOfDeadline(now, dueAt, provisional)}`;

/** The department that answers for who holds it. */
function unitOf(org: CorrectionsOrg, personId: string | null): string | null {
  const post = personId === null ? null : org.mainAssignmentOf(personId);
  return post ? (org.departmentOf(post.unitId)?.unitId ?? post.unitId) : null;
}

export async function stopClock(
  { supervision }: CorrectionsContext,
  tx: Tx,
  correctionId: string,
  outcome: string,
): Promise<void> {
  await supervision.closeObligations(tx, { subjectType: CORRECTION, subjectId: correctionId, outcome });
}

/** Whoever owes an answer is reminded, each rung once (R37). */
export function remindHolders({ supervision, notify }: CorrectionsContext): void {
  supervision.onRung(ANSWER, async (tx, row, rung) => {
    if (row.holderPersonId === null || row.dueAt === null) return;
    notify(tx, {
      key: `rung:${row.id}:${rung.rung}`,
      personId: row.holderPersonId,
      words: `${row.title}${deadline(tx.now, row)}。`,
      path: row.path,
    });
  });
}

const PAGE = 200;

/** Who cannot act any more owes nothing: the same clocks go to the next who can (G9: a breach that happened stays). */
export async function onPersonChanged(
  ctx: CorrectionsContext,
  tx: Tx,
  { kind, personId }: PersonChange,
): Promise<void> {
  if (kind !== 'locked' && kind !== 'left') return;
  const held = await heldBy(ctx, tx, personId);
  if (held.length === 0) return;
  const org = await ctx.orgOf(tx);
  for (const { subjectId } of held) {
    const row = await loadCorrection(tx, subjectId);
    const next = answerersOf(org, row.owner, row.personId).find((id) => id !== personId) ?? null;
    await ctx.supervision.transferObligations(tx, {
      subjectType: CORRECTION,
      subjectId,
      toPersonId: next,
      toUnitId: unitOf(org, next),
      reason: `holder_${kind}`,
    });
  }
}

async function heldBy({ supervision }: CorrectionsContext, tx: Tx, personId: string) {
  const held: ObligationRow[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await supervision.listHeld(tx, personId, { limit: PAGE, offset });
    held.push(...page.filter(({ kind }) => kind === ANSWER));
    if (page.length < PAGE) return held;
  }
}
