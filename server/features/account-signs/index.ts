import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { Visit } from '../access/index.ts';
import type { PersonChange } from '../directory/index.ts';
import { onPersonChanged } from './act.ts';
import { remindHolders } from './clocks.ts';
import type { SignsContext } from './context.ts';
import { signsKeepings } from './keeping.ts';
import { noteVisit, readMemberLog } from './note-signs.ts';
import { raiseChecks, rehomeChecks } from './raise-checks.ts';
import { signsRoutes } from './routes.ts';

export type { LogSource, MemberLog, Note as SignNote } from './context.ts';
export { signsPersonData } from './person-data.ts';
export { parseSignSettings, type SignSettings } from './settings.ts';
export { accountSignsTables } from './tables.ts';

const LOOK_JOB = 'signs.look';

/** S2-15d: signs that an account is used by somebody else ask a person to look. Only people decide anything. */
export function createAccountSigns(ctx: SignsContext) {
  remindHolders(ctx);

  async function look(now: number): Promise<void> {
    await readMemberLog(ctx, now);
    await raiseChecks(ctx, now);
    await rehomeChecks(ctx);
  }

  return {
    routes: signsRoutes(ctx) as readonly Route[],
    jobs: [
      { name: LOOK_JOB, exclusive: true, handle: ({ now }) => look(now) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [dailyAt(LOOK_JOB, 6, 30)] as readonly Schedule[],
    keepings: signsKeepings(ctx.db, ctx.settings) as readonly Keeping[],
    /** Fill for `access.onSignedIn`. */
    onSignedIn: (tx: Tx, visit: Visit) => noteVisit(ctx, tx, visit),
    /** Fill for `directory.onPersonChanged`. */
    onPersonChanged: (tx: Tx, change: PersonChange) => onPersonChanged(ctx, tx, change),
  };
}
