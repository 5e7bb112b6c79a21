import { DAY_MS } from '../../../kernel/dates.ts';
import type { JobDefinition } from '../../../platform/jobs/index.ts';
import type { NativeContext } from '../context.ts';
import { readSince } from '../store.ts';
import { noteAllowed, whileAllowed } from './access.ts';
import { readForm } from './read-form.ts';

export const RECONCILE_JOB = 'native.reconcile';
const AT_ONCE = 50;

/**
 * Every night: an event may be lost. Forms of the last days we know nothing of, then every form that runs. What was read
 * since the job's own hour is not read again, so it goes on where the budget of calls (600 a minute) ended it.
 */
export const reconcileJob = (ctx: NativeContext): JobDefinition => ({
  name: RECONCILE_JOB,
  exclusive: true,
  async handle({ payload, now }) {
    if (!ctx.isOn) return;
    const { bucketAt } = payload as { bucketAt: number };
    await whileAllowed(ctx, now, async () => {
      await readNew(ctx, now);
      await readRunning(ctx, bucketAt, now);
    });
  },
});

async function readNew(ctx: NativeContext, now: number): Promise<void> {
  const numbers = new Set<string>();
  const from = now - ctx.settings.lookBackDays * DAY_MS;
  for await (const number of ctx.port.numbers({ from, until: now })) numbers.add(number);
  await noteAllowed(ctx);
  const known = await ctx.db.read((reads) => readSince(reads, [...numbers], 0));
  for (const number of numbers) if (!known.has(number)) await readForm(ctx, number, now);
}

async function readRunning(ctx: NativeContext, since: number, now: number): Promise<void> {
  for (;;) {
    const rows = await ctx.db.read(({ em }) =>
      em.query<{ number: string }[]>(
        `select number from native_case where state = 'running' and readAt < ? order by readAt limit ${AT_ONCE}`,
        [since],
      ),
    );
    if (rows.length === 0) return;
    for (const { number } of rows) await readForm(ctx, number, now);
  }
}
