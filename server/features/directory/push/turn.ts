import { newId } from '../../../kernel/id.ts';
import { releaseLock, RunAgain, takeLock } from '../../../platform/jobs/index.ts';
import type { Db } from '../../../platform/db/unit-of-work.ts';

/** Longer than one call takes with all its waiting, so that a kept turn cannot end during one. */
const TURN_MS = 60_000;
const PAUSE_MS = 2_000;

export interface Turn {
  /** Before every call: ours for another minute. @throws RunAgain when it ran out and somebody else took it */
  keep(): Promise<void>;
}

/**
 * Run `work` while no other instance does what goes by this name (D12). A turn ends with its work, or a minute after a
 * crash.
 * @throws RunAgain when it is somebody else's turn
 */
export async function withTurn(db: Db, name: string, work: (turn: Turn) => Promise<void>): Promise<void> {
  const holder = newId();
  const keep = async () => {
    const now = await db.read(async (reads) => reads.now);
    if (!(await takeLock(db, name, holder, now, now + TURN_MS)))
      throw new RunAgain(now + PAUSE_MS, `${name}: another instance is at it`);
  };
  await keep();
  try {
    await work({ keep });
  } finally {
    await releaseLock(db, name, holder);
  }
}
