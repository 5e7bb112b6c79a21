import { systemActor } from '../../../../kernel/actor.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { failFetch } from '../commands/run-fetch.ts';
import type { SourcesContext } from '../deps.ts';
import { loadFeed, openFeed } from '../feed-store.ts';
import { loadFetch } from '../fetch-store.ts';
import { createStatement, type Statement } from '../statement.ts';
import { PushPartTable, PushTable, type PushRow } from '../tables.ts';
import { takeStatement } from '../take-statement.ts';
import { normalRows } from './normal-rows.ts';
import { openPart, TAKE_PUSH_JOB } from './receive.ts';

const actor = systemActor(`job:${TAKE_PUSH_JOB}`);

/** The job: a finished statement becomes a batch as any other. Its parts are then forgotten, their hashes are not. */
export async function takePush(ctx: SourcesContext, pushId: string): Promise<void> {
  const push = await ctx.db.read((reads) => reads.em.getRepository(PushTable).findOneBy({ id: pushId }));
  if (push?.state !== 'finished' || push.fetchId === null) return;
  const { fetchId } = push;
  const fetch = await ctx.db.read((reads) => loadFetch(reads, fetchId));
  if (fetch.state !== 'waiting') return close(ctx, push, fetch.state === 'failed' ? 'failed' : 'taken');
  try {
    await takeStatement(ctx, actor, fetchId, await statementOf(ctx, push));
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'db.changed_meanwhile')
      throw error;
    await failFetch(ctx, fetchId, error);
    return close(ctx, push, 'failed');
  }
  await close(ctx, push, 'taken');
}

async function statementOf(ctx: SourcesContext, push: PushRow): Promise<Statement> {
  const parts = await ctx.db.read((reads) =>
    reads.em.getRepository(PushPartTable).find({ where: { pushId: push.id }, order: { partNumber: 'ASC' } }),
  );
  const feed = await ctx.db.read((reads) => loadFeed(reads, push.feedId));
  const { records, mapping, ignored } = normalRows(parts.map((part) => openPart(ctx.vault, part)));
  const statement = createStatement(mapping, openFeed(feed, ctx.vault).settings.empties, ignored);
  for (const { kind, record } of records) statement.add(kind, record);
  return statement.finish({ complete: push.complete, cutOffAt: push.cutOffAt ?? push.createdAt });
}

async function close(ctx: SourcesContext, { id }: PushRow, state: 'taken' | 'failed'): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await tx.em.query('update hr_push set state = ?, version = version + 1 where id = ?', [state, id]);
    await tx.em.query('update hr_push_part set rowsSealed = null where pushId = ?', [id]);
  });
}
