import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import { createJobs, dailyAt, enqueue, jobTables, JobTable, type JobDefinition, RunAgain } from './index.ts';

const actor = systemActor('test');
const log = { warn: () => undefined, error: () => undefined };
let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([...jobTables]);
});
afterEach(() => t.close());

const add = (key: string, runAt?: number) =>
  t.db.write(actor, async (tx) =>
    enqueue(tx, { name: 'work', key, payload: { key }, ...(runAt === undefined ? {} : { runAt }) }),
  );
const jobs = (handle: JobDefinition['handle'], more: Partial<Parameters<typeof createJobs>[0]> = {}) =>
  createJobs({ db: t.db, clock: t.clock, log, definitions: [{ name: 'work', handle }], ...more });
const states = async () =>
  (await t.db.read((r) => r.em.getRepository(JobTable).find())).map((row) => row.state);

describe('jobs', () => {
  it('runs each job once with four workers at it', async () => {
    for (let n = 0; n < 60; n += 1) await add(`k${n}`);
    const seen: unknown[] = [];
    const workers = Array.from({ length: 4 }, () =>
      jobs(async ({ payload }) => void seen.push((payload as { key: string }).key)),
    );
    await Promise.all(workers.map((w) => w.runDue()));
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });

  it('takes the same key once and leaves the future alone', async () => {
    await add('a');
    await add('a');
    await add('later', t.clock.now() + 1000);
    let runs = 0;
    const worker = jobs(async () => void (runs += 1));
    await worker.runDue();
    expect(runs).toBe(1);
    t.clock.advance(1000);
    await worker.runDue();
    expect(runs).toBe(2);
  });

  it('retries with growing pauses and gives up after five, telling somebody in the same unit of work', async () => {
    await add('a');
    const told: string[] = [];
    const worker = jobs(async () => Promise.reject(new Error('broken')), {
      onGivenUp: async (_tx, job) => void told.push(job.lastError),
    });
    for (let n = 0; n < 10; n += 1) {
      await worker.runDue();
      t.clock.advance(3_600_000);
    }
    expect(await states()).toEqual(['failed']);
    expect(told).toEqual(['Error: broken']);
  });

  it('waits without counting a failure when asked to run again', async () => {
    await add('a');
    let runs = 0;
    const worker = jobs(async ({ attempt, now }) => {
      runs += 1;
      expect(attempt).toBe(1);
      if (runs < 20) throw new RunAgain(now + 1000, 'busy');
    });
    for (let n = 0; n < 20; n += 1) {
      await worker.runDue();
      t.clock.advance(1000);
    }
    expect(runs).toBe(20);
    expect(await states()).toEqual(['done']);
  });

  it("hands a dead worker's job over when its lease ends, and refuses the stale finish (D12)", async () => {
    await add('a');
    let release: () => void = () => undefined;
    const stuck = jobs(() => new Promise<void>((resolve) => (release = resolve)));
    const stuckRun = stuck.runDue();
    await expect.poll(states).toEqual(['running']);
    t.clock.advance(300_000);
    let second = 0;
    await jobs(async () => void (second += 1)).runDue();
    expect(second).toBe(1);
    release();
    await stuckRun;
    const [row] = await t.db.read((r) => r.em.getRepository(JobTable).find());
    expect(row).toMatchObject({ state: 'done', fence: 2 });
  });

  it('never runs an exclusive job twice at once, and a dead holder does not block it for ever (D12)', async () => {
    let at = 0;
    let most = 0;
    const handle = async () => {
      at += 1;
      most = Math.max(most, at);
      await new Promise((resume) => setTimeout(resume, 20));
      at -= 1;
    };
    const definitions = [{ name: 'work', handle, exclusive: true }];
    for (let n = 0; n < 4; n += 1) await add(`k${n}`);
    for (let n = 0; n < 6; n += 1) {
      await Promise.all([jobs(handle, { definitions }).runDue(), jobs(handle, { definitions }).runDue()]);
      t.clock.advance(5000);
    }
    expect(most).toBe(1);
    expect(await states()).toEqual(['done', 'done', 'done', 'done']);
    await t.db.write(actor, (tx) =>
      tx.em.query(`update job_lock set holder = 'dead', leaseUntil = ?`, [t.clock.now() + 60_000]),
    );
    await add('k9');
    await jobs(handle, { definitions }).runDue();
    expect(await states()).toContain('ready');
    t.clock.advance(60_000);
    await jobs(handle, { definitions }).runDue();
    expect(await states()).not.toContain('ready');
  });

  it('writes a schedule bucket once across instances and catches up after downtime', async () => {
    const schedules = [dailyAt('work', 9)];
    const days: number[] = [];
    const make = () =>
      jobs(async ({ payload }) => void days.push((payload as { bucketAt: number }).bucketAt), { schedules });
    await Promise.all([make().tick(), make().tick()]);
    await make().runDue();
    t.clock.advance(86_400_000);
    await make().tick();
    await make().tick();
    await make().runDue();
    expect(days.map((at) => new Date(at).toISOString())).toEqual([
      '2026-11-23T01:00:00.000Z',
      '2026-11-24T01:00:00.000Z',
    ]);
  });

  it('starts at once on a commit and stops without losing what runs', async () => {
    let done = 0;
    let release: () => void = () => undefined;
    const worker = jobs(async () => {
      await new Promise<void>((resolve) => (release = resolve));
      done += 1;
    });
    worker.start();
    await add('a');
    await expect.poll(states, { interval: 5, timeout: 900 }).toEqual(['running']);
    const stopped = worker.stop();
    release();
    await stopped;
    expect(done).toBe(1);
    expect(await states()).toEqual(['done']);
  });
});
