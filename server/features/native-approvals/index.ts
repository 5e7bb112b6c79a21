import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { ApprovalChanged } from '../../wecom/callback/index.ts';
import { importJob, startImport } from './commands/import.ts';
import { RECONCILE_JOB, reconcileJob } from './commands/reconcile.ts';
import { onApprovalChanged, refreshJob } from './commands/refresh.ts';
import { remindHolders } from './commands/remind.ts';
import type { NativeContext } from './context.ts';
import { nativeKeepings } from './keeping.ts';
import { nativeRoutes } from './routes.ts';

export type { NativeNote } from './context.ts';
export { nativePersonData } from './person-data.ts';
export { parseNativeSettings, type NativeSettings } from './settings.ts';
export { nativeApprovalTables } from './tables.ts';

/** 企业微信's own 审批 beside ours: read, never decided (no API does); in the same to-do list, on the same clocks. */
export function createNativeApprovals(ctx: NativeContext) {
  remindHolders(ctx);
  return {
    routes: nativeRoutes(ctx) as readonly Route[],
    jobs: [
      refreshJob(ctx),
      reconcileJob(ctx),
      importJob(ctx),
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [dailyAt(RECONCILE_JOB, 3, 20)] as readonly Schedule[],
    keepings: nativeKeepings(ctx) as readonly Keeping[],
    /** Fill for `messaging.onApprovalChanged`. */
    onApprovalChanged: (event: ApprovalChanged) => onApprovalChanged(ctx, event),

    /** The command, for whoever fills a demo. */
    startImport: startImport.bind(null, ctx),
  };
}
