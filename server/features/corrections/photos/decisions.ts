import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { CorrectionsContext } from '../commands/context.ts';
import type { AcceptAnswer, AcceptRequest, RejectRequest } from './contract.ts';
import { askAgain, letPersonBe } from './photo-clock.ts';
import { mayReview } from './review.ts';
import { appendPhotoEvent, loadPhoto } from './store.ts';
import { PhotoTable } from './tables.ts';
import { judge, STATE_WORDS, whyWords, type Verdict } from './verdict.ts';

const WHY_NOT: Readonly<Record<string, string>> = {
  'corrections.photo_replaced': '本人刚换了一张，请看新的',
  'corrections.photo_decided': '已经是合格',
  'corrections.photo_not_visible': '不在您的范围里，或没有照片',
};

/** One page at once: each photo for itself, so one that changed meanwhile keeps no other back. */
export async function acceptPhotos(
  ctx: CorrectionsContext,
  actor: PersonActor,
  { items }: AcceptRequest,
): Promise<AcceptAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    const results: AcceptAnswer['items'] = [];
    for (const { personId, uploadedAt } of items) {
      const code = await decideOne(ctx, tx, org, { personId, uploadedAt }, { kind: 'accept' }).then(
        () => null,
        codeOfRefusal,
      );
      const words = code === null ? STATE_WORDS.accepted : (WHY_NOT[code] ?? code);
      results.push({ personId, result: code ?? 'accepted', words });
    }
    return { items: results };
  });
}

/** A photo somebody else decided at this moment runs the unit of work again, as everywhere. */
function codeOfRefusal(error: unknown): string {
  if (error instanceof AppError && error.code in WHY_NOT) return error.code;
  throw error;
}

/** S2-15b: the person owes another one, with a clock and the reason in words. */
export async function rejectPhoto(
  ctx: CorrectionsContext,
  actor: PersonActor,
  personId: string,
  { uploadedAt, reason, words }: RejectRequest,
): Promise<{ state: 'rejected' }> {
  return ctx.db.write(actor, async (tx) => {
    const verdict: Verdict = { kind: 'reject', reason, why: words ?? null };
    await decideOne(ctx, tx, await ctx.orgOf(tx), { personId, uploadedAt }, verdict);
    return { state: 'rejected' as const };
  });
}

async function decideOne(
  ctx: CorrectionsContext,
  tx: Tx,
  org: OrgWithRoles,
  { personId, uploadedAt }: { readonly personId: string; readonly uploadedAt: number },
  verdict: Verdict,
): Promise<void> {
  const actorId = tx.actor.kind === 'person' ? tx.actor.personId : '';
  const row = await loadPhoto(tx, personId);
  if (!row || !mayReview(org, actorId, personId)) throw notFound('corrections.photo_not_visible');
  const next = judge(row, uploadedAt, verdict, tx.now);
  await saveWithVersion(tx, PhotoTable, row, { ...next });
  appendPhotoEvent(tx, personId, next.state, next);
  if (next.state === 'rejected')
    await askAgain(ctx, tx, { personId, unitId: unitOf(org, personId) }, whyWords(next) ?? '');
  else if (row.state === 'rejected') await letPersonBe(ctx, tx, personId);
  recordAct(tx, {
    action: next.state === 'accepted' ? 'corrections.accept_photo' : 'corrections.reject_photo',
    targetType: 'person',
    targetId: personId,
    before: { state: row.state },
    after: { state: next.state, reason: next.reason },
  });
}

function unitOf(org: OrgWithRoles, personId: string): string | null {
  const post = org.mainAssignmentOf(personId);
  return post ? (org.departmentOf(post.unitId)?.unitId ?? null) : null;
}
