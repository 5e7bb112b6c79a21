import { systemActor } from '../../../kernel/actor.ts';
import { MINUTE_MS } from '../../../kernel/dates.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, updateCount } from '../../../platform/db/rows.ts';
import { RunAgain } from '../../../platform/jobs/index.ts';
import { FixPermission, RetryLater, StopAll } from '../../../wecom/index.ts';
import { ACCESS_KIND, type NativeContext } from '../context.ts';
import { AccessTable } from '../tables.ts';

const ROW = 'access';
const SUBJECT = { subjectType: 'native_access', subjectId: ROW } as const;
const actor = systemActor('job:native.access');
const STOPPED_PAUSE_MS = 10 * MINUTE_MS;

/**
 * Runs what asks 企业微信. Busy or out of budget: the job goes on later. Not allowed: the operator is told once, until
 * it is allowed again; asking every minute would help nobody.
 * @returns false: not allowed
 */
export async function whileAllowed(
  ctx: NativeContext,
  now: number,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
  } catch (error) {
    if (error instanceof RetryLater)
      throw new RunAgain(Math.max(error.retryAt ?? 0, now + MINUTE_MS), error.message);
    if (error instanceof StopAll) throw new RunAgain(now + STOPPED_PAUSE_MS, error.message);
    if (!(error instanceof FixPermission)) throw error;
    await noteRefused(ctx, error.errcode ?? null);
    return false;
  }
  return true;
}

async function noteRefused(ctx: NativeContext, errcode: number | null): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await insertRows(tx, AccessTable, [{ id: ROW, refusedAt: null, errcode: null }], 'keep');
    const isNew = await updateCount(
      tx.em,
      'update native_access set refusedAt = ?, errcode = ? where id = ? and refusedAt is null',
      [tx.now, errcode, ROW],
    );
    if (isNew === 0) return;
    const [operator] = (await ctx.orgOf(tx)).roleHolders('superAdmin', null);
    ctx.supervision.openObligation(tx, {
      kind: ACCESS_KIND,
      ...SUBJECT,
      stepRef: ROW,
      title: '读不到企业微信审批：请在管理后台 应用管理 → 审批 → 可调用接口的应用 中加上本应用',
      path: '/console/native-approvals',
      holderPersonId: operator?.personId ?? null,
      holderUnitId: null,
      budget: { workdays: 1 },
    });
    recordAct(tx, {
      action: 'native.refused',
      targetType: 'native_access',
      targetId: ROW,
      after: { errcode },
    });
  });
}

/** The list was answered: whatever was wrong is right again. */
export async function noteAllowed(ctx: NativeContext): Promise<void> {
  const known = await ctx.db.read(({ em }) => em.getRepository(AccessTable).findOneBy({ id: ROW }));
  if (known === null || known.refusedAt === null) return;
  await ctx.db.write(actor, async (tx) => {
    const ended = await updateCount(
      tx.em,
      'update native_access set refusedAt = null, errcode = null where id = ? and refusedAt is not null',
      [ROW],
    );
    if (ended === 0) return;
    await ctx.supervision.closeObligations(tx, { ...SUBJECT, outcome: 'allowed' });
    recordAct(tx, { action: 'native.allowed', targetType: 'native_access', targetId: ROW });
  });
}
