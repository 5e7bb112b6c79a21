/**
 * Every night the templates in force are walked; who keeps them is told of a dead end that was not there the night before.
 * What a template ends in when it is walked for the first time stands on the page and alarms nobody.
 */
import { systemActor } from '../../../kernel/actor.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../../platform/jobs/index.ts';
import { queueText, textWithLink } from '../../messaging/index.ts';
import type { Template } from '../template/template.ts';
import { walkAll, type DryRunContext } from './queries.ts';
import { DryRunTable } from './tables.ts';
import type { DryRun } from './walk.ts';

const JOB = 'approvals.dryRun';
/** Ends remembered of one template; who has more than these has one fault in all of them. */
const MOST_ENDS = 200;
const MOST_LINES = 5;

export interface NightlyContext extends DryRunContext {
  readonly db: Db;
  readonly publicUrl: string;
  readonly adminIds: (reads: Reads) => Promise<readonly string[]>;
  readonly onAlarm: (kind: string) => void;
}

export function nightlyDryRun(ctx: NightlyContext) {
  const jobs: readonly JobDefinition[] = [{ name: JOB, exclusive: true, handle: () => walkTonight(ctx) }];
  const schedules: readonly Schedule[] = [dailyAt(JOB, 4, 10)];
  return { jobs, schedules };
}

interface NewEnd {
  readonly templateKey: string;
  readonly words: string;
}

async function walkTonight(ctx: NightlyContext): Promise<void> {
  // Outside the unit of work: nobody who writes waits for a walk.
  const all = await ctx.db.read((reads) => walkAll(ctx, reads));
  await ctx.db.write(systemActor('approvals:dry-run'), async (tx) => {
    const found: NewEnd[] = [];
    for (const { template, run } of all) found.push(...(await remember(tx, template, run)));
    if (found.length > 0) await tell(ctx, tx, found);
  });
}

/** Writes down what was found, and answers what is new since the last time. */
async function remember(tx: Tx, template: Template, run: DryRun): Promise<NewEnd[]> {
  const rows = tx.em.getRepository(DryRunTable);
  const known = await rows.findOneBy({ id: template.key });
  const ends = run.deadEnds.slice(0, MOST_ENDS);
  const row = {
    templateVersion: template.version,
    walkedAt: tx.now,
    runCount: run.runs,
    deadCount: run.dead,
    ends: ends.map(({ stepKey, reason }) => ({ stepKey, reason })),
  };
  if (known === null) {
    await insertRows(tx, DryRunTable, [{ id: template.key, ...row }]);
    return [];
  }
  await rows.update({ id: template.key }, row);
  const before = new Set(known.ends.map(({ stepKey, reason }) => `${stepKey}|${reason}`));
  return ends
    .filter(({ stepKey, reason }) => !before.has(`${stepKey}|${reason}`))
    .map(({ title, reason, people }) => ({
      templateKey: template.key,
      words: `${template.title} · ${title}：${reason}（${String(people)} 人）`,
    }));
}

async function tell(ctx: NightlyContext, tx: Tx, found: readonly NewEnd[]): Promise<void> {
  tx.afterCommit(() => ctx.onAlarm('approvals_without_approver'));
  const lines = found.slice(0, MOST_LINES).map(({ words }) => words);
  const more = found.length > MOST_LINES ? [`另有 ${String(found.length - MOST_LINES)} 处`] : [];
  const words = ['审批模板有人走不通了：', ...lines, ...more].join('\n');
  const text = textWithLink(words, `${ctx.publicUrl}/console/templates`, '打开全员试走');
  for (const personId of await ctx.adminIds(tx)) {
    queueText(
      tx,
      {
        kind: JOB,
        personId,
        subjectType: 'template',
        subjectId: found[0]?.templateKey ?? '',
        ref: `${tx.now}`,
      },
      text,
    );
  }
}
