import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { PersonChange } from '../directory/index.ts';
import { wordsOfDeadline } from '../supervision/index.ts';
import { carryOn, CARRY_ON_JOB } from './commands/carry-on.ts';
import { kindOf, type FileAuditsContext } from './commands/context.ts';
import { follow, FOLLOW_JOB, lookAfter, onPersonChanged, type Following } from './commands/follow.ts';
import { countedDue } from './commands/put-file.ts';
import { dateOf } from '../../kernel/dates.ts';
import { fileAuditKeepings } from './keeping.ts';
import { fileAuditRoutes } from './routes.ts';
import { FileTable } from './tables.ts';

export type { FileAuditNote, FileAuditsContext, RecordItem } from './commands/context.ts';
export { fileAuditsPersonData } from './person-data.ts';
export { parseFileAuditSettings, type FileAuditSettings } from './settings.ts';
export { fileAuditTables } from './tables.ts';

const LOOK_JOB = 'fileaudits.lookAfter';

/** 人事档案审核: HR has people's files checked by them, their unit and itself, and knows what the data is worth (S1-7.1, S1-1c). */
export function createFileAudits(ctx: FileAuditsContext) {
  for (const step of ['self', 'unit', 'hr'] as const) {
    // Who holds many is reminded once a day of each rung, not once a file (R37).
    ctx.supervision.onReminder(kindOf(step), async (tx, row, rung) => {
      if (row.holderPersonId === null || row.dueAt === null) return;
      const until = wordsOfDeadline(tx.now, row.dueAt, row.provisional);
      const which = step === 'self' ? row.id : row.holderPersonId;
      ctx.notify(tx, {
        key: `rung:${which}:${step}:${rung.rung}:${dateOf(tx.now)}`,
        personId: row.holderPersonId,
        words: step === 'self' ? `${row.title}，${until}。` : `有档案等你${WAITING[step]}，${until}。`,
        path: step === 'self' ? row.path : '/file-audits',
      });
    });
    ctx.supervision.onMoved(kindOf(step), async (tx, row) => {
      await tx.em.getRepository(FileTable).update({ id: row.subjectId }, { dueAt: countedDue(row) });
    });
  }
  return {
    routes: fileAuditRoutes(ctx) as readonly Route[],
    jobs: [
      {
        name: CARRY_ON_JOB,
        handle: async ({ payload }) => void (await carryOn(ctx, (payload as { planId: string }).planId)),
      },
      { name: FOLLOW_JOB, handle: ({ payload }) => follow(ctx, payload as Following) },
      { name: LOOK_JOB, handle: ({ now }) => lookAfter(ctx, now) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [dailyAt(LOOK_JOB, 6, 20)] as readonly Schedule[],
    keepings: fileAuditKeepings(ctx.db) as readonly Keeping[],
    /** Fill for `directory.onPersonChanged`. */
    onPersonChanged: (tx: Tx, change: PersonChange) => onPersonChanged(tx, change),
  };
}

const WAITING = { unit: '复核', hr: '审核' } as const;
