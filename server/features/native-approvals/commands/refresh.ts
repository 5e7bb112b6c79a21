import { systemActor } from '../../../kernel/actor.ts';
import { enqueue, type JobDefinition } from '../../../platform/jobs/index.ts';
import { nativeChangeOf, type ApprovalChanged } from '../../../wecom/callback/index.ts';
import type { NativeContext } from '../context.ts';
import { whileAllowed } from './access.ts';
import { readForm } from './read-form.ts';

const REFRESH_JOB = 'native.refresh';
const actor = systemActor('callback:sys_approval_change');

/** Fill for `messaging.onApprovalChanged`. The event is a hint: which form to read (D10). One delivered twice is one job. */
export async function onApprovalChanged(ctx: NativeContext, event: ApprovalChanged): Promise<void> {
  const change = nativeChangeOf(event);
  if (change === null || !ctx.isOn) return;
  await ctx.db.write(actor, async (tx) =>
    enqueue(tx, {
      name: REFRESH_JOB,
      key: `${change.number}:${event.contentHash}`,
      payload: { number: change.number },
    }),
  );
}

export const refreshJob = (ctx: NativeContext): JobDefinition => ({
  name: REFRESH_JOB,
  async handle({ payload, now }) {
    const { number } = payload as { number: string };
    if (ctx.isOn) await whileAllowed(ctx, now, async () => void (await readForm(ctx, number, now)));
  },
});
