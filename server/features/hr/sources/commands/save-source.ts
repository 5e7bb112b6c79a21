import { actorId, type Actor } from '../../../../kernel/actor.ts';
import { badRequest, conflict, refused } from '../../../../kernel/errors.ts';
import { newId } from '../../../../kernel/id.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../../platform/db/rows.ts';
import { checkDraft } from '../check-draft.ts';
import { SOURCE_LIMITS, type SourceDraft } from '../contract.ts';
import type { SourcesContext } from '../deps.ts';
import { loadFeed, newPushKey, openFeed, storedFeed, whereOf } from '../feed-store.ts';
import { mustManage } from '../policy.ts';
import { FeedTable, type FeedRow } from '../tables.ts';

/**
 * Set a source up. The key of one that pushes is answered here and nowhere else.
 * @throws refused `hr.source_too_many` {max}, what `checkDraft` and `storedFeed` throw
 */
export async function createSource(
  ctx: SourcesContext,
  actor: Actor,
  draft: SourceDraft,
): Promise<{ sourceId: string; pushKey: string | null }> {
  mustManage(actor);
  checkDraft(draft);
  const stored = storedFeed(draft, ctx.vault);
  const key = draft.kind === 'push' ? newPushKey() : null;
  return ctx.db.write(actor, async (tx) => {
    const max = SOURCE_LIMITS.sources;
    if ((await tx.em.getRepository(FeedTable).count()) >= max) throw refused('hr.source_too_many', { max });
    const feed: FeedRow = {
      id: newId(),
      ...stored,
      keyHash: key?.keyHash ?? null,
      enabled: true,
      seenToAt: tx.now,
      createdAt: tx.now,
      createdBy: actorId(actor),
      changedAt: tx.now,
      changedBy: actorId(actor),
      version: 1,
    };
    await insertRows(tx, FeedTable, [feed]);
    recordAct(tx, {
      action: 'hr.createSource',
      targetType: 'hrSource',
      targetId: feed.id,
      after: told(feed, ctx),
    });
    return { sourceId: feed.id, pushKey: key?.pushKey ?? null };
  });
}

/**
 * Change what was set up; its kind stays.
 * @throws conflict `db.changed_meanwhile` when somebody else was faster
 */
export async function changeSource(
  ctx: SourcesContext,
  actor: Actor,
  sourceId: string,
  { version, draft }: { readonly version: number; readonly draft: SourceDraft },
): Promise<void> {
  mustManage(actor);
  checkDraft(draft);
  await ctx.db.write(actor, async (tx) => {
    const feed = await loadFeed(tx, sourceId);
    if (feed.kind !== draft.kind) throw badRequest('hr.source_kind_stays');
    if (feed.version !== version) throw conflict('hr.source_changed_by_other');
    const stored = storedFeed(draft, ctx.vault, openFeed(feed, ctx.vault));
    const changes = {
      ...stored,
      // Another hour begins to count now: what it would have been today is not caught up.
      ...(stored.hour !== feed.hour && { seenToAt: tx.now }),
      changedAt: tx.now,
      changedBy: actorId(actor),
    };
    await saveWithVersion(tx, FeedTable, feed, changes);
    recordAct(tx, {
      action: 'hr.changeSource',
      targetType: 'hrSource',
      targetId: feed.id,
      before: told(feed, ctx),
      after: { ...told({ ...feed, ...stored }, ctx), newSecret: 'secret' in draft && draft.secret !== null },
    });
  });
}

/** Off: it is not fetched, and its key opens nothing. */
export async function enableSource(
  ctx: SourcesContext,
  actor: Actor,
  sourceId: string,
  enabled: boolean,
): Promise<void> {
  mustManage(actor);
  await ctx.db.write(actor, async (tx) => {
    const feed = await loadFeed(tx, sourceId);
    if (feed.enabled === enabled) return;
    await saveWithVersion(tx, FeedTable, feed, {
      enabled,
      seenToAt: tx.now,
      changedAt: tx.now,
      changedBy: actorId(actor),
    });
    if (!enabled) await ctx.troubles.settled(tx, feed.id);
    recordAct(tx, {
      action: enabled ? 'hr.enableSource' : 'hr.disableSource',
      targetType: 'hrSource',
      targetId: feed.id,
    });
  });
}

/** A new key; the old one opens nothing from now on. @throws refused `hr.source_has_no_key` */
export async function renewPushKey(ctx: SourcesContext, actor: Actor, sourceId: string): Promise<string> {
  mustManage(actor);
  const { pushKey, keyHash } = newPushKey();
  await ctx.db.write(actor, async (tx) => {
    const feed = await loadFeed(tx, sourceId);
    if (feed.kind !== 'push') throw refused('hr.source_has_no_key');
    await saveWithVersion(tx, FeedTable, feed, { keyHash, changedAt: tx.now, changedBy: actorId(actor) });
    recordAct(tx, { action: 'hr.renewPushKey', targetType: 'hrSource', targetId: feed.id });
  });
  return pushKey;
}

/** For the audit: everything but the secret. */
function told(feed: FeedRow, { vault }: SourcesContext) {
  const { settings } = openFeed(feed, vault);
  return { kind: feed.kind, name: feed.name, where: whereOf(settings), hour: feed.hour, rules: feed.rules };
}
