import { z } from 'zod';
import { systemActor } from '../../../../kernel/actor.ts';
import { MINUTE_MS } from '../../../../kernel/dates.ts';
import { dailyAt, enqueue, type JobDefinition } from '../../../../platform/jobs/index.ts';
import type { Db } from '../../../../platform/db/unit-of-work.ts';
import type { ContactChanged } from '../../../../wecom/callback/index.ts';
import type { TagDeps } from '../push-tags.ts';
import { compareTags } from './run.ts';

export const COMPARE_TAGS = 'directory.compareTags';

/** Before the nightly push at 05:00, and clear of the comparison of people at 02:10. */
const HOUR = 2;
const MINUTE = 40;
/** 3,000 tags are 3,000 calls, one after another. */
const LEASE_MS = 30 * MINUTE_MS;
const CALLBACK = systemActor('callback:contacts');

/** A scheduled job names none: all. */
const Payload = z.object({
  tagId: z.number().int().optional(),
  setId: z.string().optional(),
  happenedAt: z.number().nullable().optional(),
});

export const nightlyTags = dailyAt(COMPARE_TAGS, HOUR, MINUTE);

export const compareTagsJob = (deps: TagDeps): JobDefinition => ({
  name: COMPARE_TAGS,
  leaseMs: LEASE_MS,
  handle: ({ payload, now }) => {
    const { tagId, setId, happenedAt } = Payload.parse(payload ?? {});
    const foundBy = tagId === undefined ? 'nightly' : 'event';
    return compareTags(deps, { tagId, setId, source: { foundBy, happenedAt: happenedAt ?? null } }, now);
  },
});

/**
 * update_tag (page 90972) goes to 通讯录同步 for what others changed of a tag's members, never for its name and never
 * for our own writes. One look a tag and minute, at the minute's end; the callback itself asks nobody.
 */
export async function noteTagEvent(db: Db, event: ContactChanged): Promise<void> {
  if (event.change !== 'update_tag') return;
  const tagId = Number(event.tagId);
  if (!Number.isSafeInteger(tagId)) return;
  await db.write(CALLBACK, async (tx) => {
    const runAt = (Math.floor(tx.now / MINUTE_MS) + 1) * MINUTE_MS;
    const payload = { tagId, happenedAt: event.createdAt };
    enqueue(tx, { name: COMPARE_TAGS, key: `tag:${tagId}:${runAt}`, payload, runAt });
  });
}
