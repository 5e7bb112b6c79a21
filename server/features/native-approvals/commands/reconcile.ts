import { DAY_MS } from '../../../kernel/dates.ts';
import type { JobDefinition } from '../../../platform/jobs/index.ts';
import type { NativeContext } from '../context.ts';
import { readSince } from '../store.ts';
import { noteAllowed, whileAllowed } from './access.ts';
import { isOfThisForm, readForm } from './read-form.ts';

export const RECONCILE_JOB = 'native.reconcile';
const AT_ONCE = 50;

/**
 * Every night: an event may be lost. Forms of the last days we know nothing of, then every form that runs. What was read
 * since the job's own hour is not read again, so it goes on where the budget of calls (600 a minute) ended it. A form
 * that cannot be understood is told of after all others were read.
 */
export const reconcileJob = (ctx: NativeContext): JobDefinition => ({
  name: RECONCILE_JOB,
  exclusive: true,
  async handle({ payload, now }) {
    if (!ctx.isOn) return;
    const { bucketAt } = payload as { bucketAt: number };
    const faults: unknown[] = [];
    const readEach = async (numbers: Iterable<string>): Promise<void> => {
      for (const number of numbers)
        await readForm(ctx, number, now).catch((error: unknown) => {
          if (!isOfThisForm(error)) throw error;
          faults.push(error);
        });
    };
    await whileAllowed(ctx, now, async () => {
      await readEach(await unknownNumbers(ctx, now));
      await eachRunning(ctx, bucketAt, readEach);
    });
    if (faults.length > 0)
      throw new AggregateError(faults, `${faults.length} forms not understood: ${String(faults[0])}`);
  },
});

async function unknownNumbers(ctx: NativeContext, now: number): Promise<string[]> {
  const numbers = new Set<string>();
  const from = now - ctx.settings.lookBackDays * DAY_MS;
  for await (const number of ctx.port.numbers({ from, until: now })) numbers.add(number);
  await noteAllowed(ctx);
  const known = await ctx.db.read((reads) => readSince(reads, [...numbers], 0));
  return [...numbers].filter((number) => !known.has(number));
}

/** By id and not by when they were read: one that stays unread comes once. */
async function eachRunning(
  ctx: NativeContext,
  since: number,
  read: (numbers: readonly string[]) => Promise<void>,
): Promise<void> {
  for (let after = ''; ;) {
    const rows = await ctx.db.read(({ em }) =>
      em.query<{ id: string; number: string }[]>(
        `select id, number from native_case where state = 'running' and readAt < ? and id > ?
         order by id limit ${AT_ONCE}`,
        [since, after],
      ),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    await read(rows.map(({ number }) => number));
    after = last.id;
  }
}
