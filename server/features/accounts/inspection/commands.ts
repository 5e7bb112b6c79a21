import { actorId, type PersonActor } from '../../../kernel/actor.ts';
import { instantOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import { type AccountsContext, viewerOf } from '../commands/context.ts';
import { mustBeIt } from '../policy.ts';
import { systemOf } from '../settings.ts';
import { lastVersion } from './facts.ts';
import { carryOn, STEPS_JOB } from './steps.ts';
import { InspectionTable } from './tables.ts';
import { figuresOf } from './verdict.ts';
import { windowOf } from './window.ts';

/** So many a small institution's inspection takes: it is whole when the answer comes. The job does the rest. */
const STEPS_AT_ONCE = 12;

/**
 * S3-4a: one inspection of one system for one month, after its window has ended. Again for the same month: a new
 * version; accounts that are in a letter already get no second one (G8). One that runs is gone on with instead.
 */
export async function runInspection(
  ctx: AccountsContext,
  actor: PersonActor,
  wanted: { readonly systemCode: string; readonly month: string },
): Promise<string> {
  // Two at once want the same version: the second finds that of the first and goes on with it.
  const inspectionId = await againOnClash(() =>
    ctx.db.write(actor, async (tx) => {
      const org = await ctx.orgOf(tx);
      mustBeIt(viewerOf(org, actor.personId), ctx.settings);
      return beginInspection(ctx, tx, wanted.systemCode, wanted.month);
    }),
  );
  await carryOn(ctx, inspectionId, { most: STEPS_AT_ONCE });
  return inspectionId;
}

/** In the caller's unit of work; who may was asked before. */
export async function beginInspection(
  ctx: AccountsContext,
  tx: Tx,
  systemCode: string,
  month: string,
): Promise<string> {
  if (!systemOf(ctx.settings, systemCode)?.inspected) throw refused('accounts.not_inspected');
  const window = windowOf(month, ctx.settings.inspection.dayOfMonth);
  if (tx.now < instantOf(window.untilOn)) throw refused('accounts.window_open', { day: window.untilOn });
  const running = await tx.em
    .getRepository(InspectionTable)
    .findOneBy({ systemCode, inspectedMonth: month, state: 'running' });
  if (running) return running.id;
  const id = newId();
  const versionNumber = (await lastVersion(tx, systemCode, month)) + 1;
  await insertRows(tx, InspectionTable, [
    {
      id,
      systemCode,
      inspectedMonth: month,
      versionNumber,
      ...window,
      ranAt: tx.now,
      ranBy: actorId(tx.actor).slice(0, 64),
      state: 'running',
      progress: { step: 'findings', after: '' },
      figures: figuresOf([]),
      sources: [],
    },
  ]);
  enqueue(tx, { name: STEPS_JOB, key: id, payload: { inspectionId: id } });
  recordAct(tx, {
    action: 'accounts.inspect',
    targetType: 'account_inspection',
    targetId: id,
    after: { systemCode, month, versionNumber },
  });
  return id;
}
