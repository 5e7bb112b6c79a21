import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { recordAct } from '../../platform/audit/index.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import type { Ending } from '../../platform/keeping/index.ts';
import { endsBefore, type Period } from './register.ts';
import { KeepingRunTable } from './tables.ts';

export interface RunDeps {
  readonly db: Db;
  readonly periods: readonly Period[];
  readonly onFailed: (kind: string, error: unknown) => void;
  /** At most so many times `slice` of one kind a night; the rest waits for the next. */
  readonly slices?: number;
  readonly slice?: number;
}

const actor = systemActor('job:keeping.run');
const SLICES = 1000;
const SLICE = 500;

/** End what is past its time, kind by kind. A kind that fails is told of and stops no other; repeating is harmless. */
export async function runKeeping(deps: RunDeps, now: number): Promise<void> {
  for (const { kind, days, ending } of deps.periods)
    if (days !== null && ending !== null) await endKind(deps, { kind, days, ending }, now);
}

interface Ended {
  readonly kind: string;
  readonly days: number;
  readonly ending: Ending;
}

async function endKind(deps: RunDeps, { kind, days, ending }: Ended, now: number): Promise<void> {
  const before = endsBefore(now, days);
  const { removed, failed } = await removeAll(deps, kind, ending, before);
  const { overdue, oldestAt } = await deps.db.read(async (reads) => ({
    overdue: await ending.overdue(reads, before),
    oldestAt: await ending.oldest(reads),
  }));
  await deps.db.write(actor, async (tx) => {
    tx.append(KeepingRunTable, { id: newId(), kind, ranAt: now, days, removed, overdue, oldestAt, failed });
    if (removed > 0)
      recordAct(tx, {
        action: ending.how === 'delete' ? 'keeping.delete' : 'keeping.blank',
        targetType: 'keeping',
        targetId: kind,
        after: { days, removed },
      });
  });
}

async function removeAll(
  { slices = SLICES, slice = SLICE, onFailed }: RunDeps,
  kind: string,
  ending: Ending,
  before: number,
): Promise<{ removed: number; failed: boolean }> {
  let removed = 0;
  try {
    for (let round = 0; round < slices; round += 1) {
      const count = await ending.remove(before, slice);
      removed += count;
      if (count === 0) break;
    }
    return { removed, failed: false };
  } catch (error) {
    onFailed(kind, error);
    return { removed, failed: true };
  }
}
