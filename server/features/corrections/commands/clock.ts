import { systemActor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { PersonChange } from '../../directory/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { wordsOfDeadline } from '../../supervision/index.ts';
import type { Owner } from '../contract.ts';
import { FIELDS } from '../fields.ts';
import { answerersOf, type CorrectionsOrg } from '../policy.ts';
import { stopPhotoClock } from '../photos/photo-clock.ts';
import { loadCorrection, openOnes } from '../store.ts';
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
  supervision.onReminder(ANSWER, async (tx, row, rung) => {
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
  if (kind === 'left') await stopPhotoClock(ctx, tx, personId, 'left');
  const held = await heldBy(ctx, tx, personId);
  if (held.length === 0) return;
  const org = await ctx.orgOf(tx);
  for (const { subjectId } of held) {
    const row = await loadCorrection(tx, subjectId);
    const next = answerersOf(org, row.owner, row.personId).find((id) => id !== personId) ?? null;
    await handTo(ctx, tx, org, subjectId, next, `holder_${kind}`);
  }
}

async function handTo(
  { supervision }: CorrectionsContext,
  tx: Tx,
  org: CorrectionsOrg,
  correctionId: string,
  toPersonId: string | null,
  reason: string,
): Promise<void> {
  const toUnitId = unitOf(org, toPersonId);
  const subject = { subjectType: CORRECTION, subjectId: correctionId };
  await supervision.transferObligations(tx, { ...subject, toPersonId, toUnitId, reason });
}

/** Rights end and people move out of a scope: who holds a clock can answer, or the clock goes to who can. */
export async function rehomeClocks(ctx: CorrectionsContext, job: string): Promise<void> {
  await ctx.db.write(systemActor(job), async (tx) => {
    const org = await ctx.orgOf(tx);
    for (const { id, owner, personId } of await openOnes(tx)) {
      const clocks = await ctx.supervision.listOfSubjects(tx, CORRECTION, [id]);
      const holder = clocks.find(({ state }) => state === 'open')?.holderPersonId ?? null;
      const answerers = answerersOf(org, owner, personId);
      const [next = null] = answerers;
      if (holder === next || (holder !== null && answerers.includes(holder))) continue;
      await handTo(ctx, tx, org, id, next, 'holder_without_right');
    }
  });
}

async function heldBy({ supervision }: CorrectionsContext, tx: Tx, personId: string) {
  const held: ObligationRow[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await supervision.listHeld(tx, personId, { limit: PAGE, offset });
    held.push(...page.filter(({ kind }) => kind === ANSWER));
    if (page.length < PAGE) return held;
  }
}
