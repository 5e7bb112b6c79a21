import type { PersonActor } from '../../../../kernel/actor.ts';
import { forbidden, refused } from '../../../../kernel/errors.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../../platform/db/rows.ts';
import { queueText, textWithLink } from '../../../messaging/index.ts';
import { checkDraft, errorsOf } from '../check-draft.ts';
import { runningOf, surroundings, type DesignContext } from '../context.ts';
import { dropDraft } from '../draft-store.ts';
import { needsSecond } from '../queries/read-design.ts';
import { keepState } from '../states.ts';
import { DraftTable, type DraftRow } from '../tables.ts';
import type { Template } from '../../template/template.ts';
import { mineToChange } from './change-draft.ts';
import type { Tx } from '../../../../platform/db/unit-of-work.ts';

/** Put a draft in force as the next version. Requests under way keep theirs (R41). */
export function publishDraft(
  ctx: DesignContext,
  actor: PersonActor,
  key: string,
  version: number,
): Promise<{ version: number }> {
  return ctx.db.write(actor, async (tx) => {
    const row = await mineToChange(ctx, tx, actor, key, version);
    const running = await runningOf(ctx, tx, key);
    const template = await faultless(ctx, tx, row);
    if (needsSecond(row, running)) {
      if (row.reviewAskedAt === null) throw refused('approvals.draft_needs_review');
      if (row.changers.includes(actor.personId)) throw forbidden('approvals.draft_needs_second');
    }
    const published = await ctx.templates.publish(tx, template);
    if (published.version === running?.version) throw refused('approvals.draft_unchanged');
    await dropDraft(tx, row);
    await keepState(tx, key, { fileOffer: null });
    recordAct(tx, {
      action: 'approvals.publish_draft',
      targetType: 'template',
      targetId: key,
      before: { version: running?.version ?? null },
      after: { version: published.version, changedBy: row.changers },
    });
    return { version: published.version };
  });
}

/** Ask for a second person: whoever may design this template, or a super administrator, who is told. */
export function askReview(
  ctx: DesignContext,
  actor: PersonActor,
  key: string,
  version: number,
): Promise<{ ok: true }> {
  return ctx.db.write(actor, async (tx) => {
    const row = await mineToChange(ctx, tx, actor, key, version);
    const template = await faultless(ctx, tx, row);
    if (!needsSecond(row, await runningOf(ctx, tx, key))) throw refused('approvals.review_not_needed');
    if (row.reviewAskedAt !== null) return { ok: true };
    await saveWithVersion(tx, DraftTable, row, { reviewAskedAt: tx.now });
    recordAct(tx, { action: 'approvals.ask_review', targetType: 'template', targetId: key });
    const text = textWithLink(
      `${template.title}模板改好了，属于敏感事项，要由没有改过的人核对后发布。`,
      `${ctx.publicUrl}/console/templates/design/${key}`,
      '打开核对',
    );
    for (const personId of await ctx.adminIds(tx)) {
      if (row.changers.includes(personId)) continue;
      queueText(
        tx,
        { kind: 'approvals.review', personId, subjectType: 'template', subjectId: key, ref: `${version}` },
        text,
      );
    }
    return { ok: true };
  });
}

/** @throws refused `approvals.draft_has_faults` with how many */
async function faultless(ctx: DesignContext, tx: Tx, row: DraftRow): Promise<Template> {
  const { template, issues } = checkDraft(row.content, await surroundings(ctx, tx, row.id, row.basedOn));
  const count = errorsOf(issues);
  if (template === null || count > 0) throw refused('approvals.draft_has_faults', { count });
  return template;
}
