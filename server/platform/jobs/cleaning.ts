import { systemActor } from '../../kernel/actor.ts';
import { DAY_MS } from '../../kernel/dates.ts';
import type { Db } from '../db/unit-of-work.ts';
import type { JobDefinition } from './runner.ts';
import { dailyAt, type Schedule } from './schedule.ts';

const CLEAN_JOB = 'jobs.clean';
const KEEP_MS = 7 * DAY_MS;
const SLICE = 1000;
const actor = systemActor(`job:${CLEAN_JOB}`);

/** Finished jobs are kept a week, for their keys and for whoever asks what ran; failed ones until somebody acts. */
export function jobCleaning(db: Db): { jobs: readonly JobDefinition[]; schedules: readonly Schedule[] } {
  return {
    jobs: [{ name: CLEAN_JOB, exclusive: true, handle: ({ now }) => deleteOld(db, now - KEEP_MS) }],
    schedules: [dailyAt(CLEAN_JOB, 3, 40)],
  };
}

async function deleteOld(db: Db, before: number): Promise<void> {
  for (;;) {
    const rows = await db.read((reads) =>
      reads.em.query<{ id: string }[]>(
        `select id from job where state = 'done' and finishedAt < ? order by id limit ${SLICE}`,
        [before],
      ),
    );
    if (rows.length === 0) return;
    const ids = rows.map((row) => row.id);
    await db.write(actor, (tx) =>
      tx.em.query(`delete from job where id in (${ids.map(() => '?').join(', ')})`, ids),
    );
  }
}
