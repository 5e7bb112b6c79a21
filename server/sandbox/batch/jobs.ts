import { setImmediate as nextTick, setTimeout as sleep } from 'node:timers/promises';
import { ApiError, fail, stemOf } from '../api/envelope.ts';
import type { CallbackData, Job, JobRow } from '../state/records.ts';
import { opaque } from '../state/ids.ts';
import type { World } from '../world.ts';
import type { JobRunner } from './types.ts';

const KEPT = 5;
const KEPT_IDS = 100;
/** Rows done before others may have their turn. */
const ROWS_AT_ONCE = 100;

export function createJobRunner(world: World): JobRunner {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    start: (type, total, callback, work) => {
      if (world.data.jobs.some(({ status }) => status !== 3)) throw fail(302008);
      const job = newJob(world, type, total, callback);
      running = run(world, job, work, stopping.signal).catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        end(job, 302005);
        world.settings.log('sandbox import failed', { error: String(error) });
      });
      return job;
    },
    idle: () => running,
    stop: () => stopping.abort(),
  };
}

function newJob(world: World, type: Job['type'], total: number, callback: CallbackData | null): Job {
  const { data } = world;
  const job: Job = {
    id: opaque(24),
    type,
    createdAt: world.now(),
    status: 1,
    total,
    done: 0,
    rows: [],
    errcode: 0,
    errmsg: 'ok',
    callback,
  };
  data.jobs.push(job);
  const cleaned = data.jobs.splice(0, data.jobs.length - KEPT).map(({ id }) => id);
  data.cleanedJobs = [...data.cleanedJobs, ...cleaned].slice(-KEPT_IDS);
  return job;
}

async function run(world: World, job: Job, work: () => Iterable<JobRow>, signal: AbortSignal): Promise<void> {
  const slow = world.faults.hit(['job_slow'], job.type)?.request.ms ?? 0;
  await sleep(world.settings.jobDelayMs + slow, undefined, { signal, ref: false });
  const broken = world.faults.hit(['job_fails'], job.type)?.request;
  job.status = 2;
  try {
    for (const row of work()) {
      job.rows.push(row);
      job.done += 1;
      if (broken !== undefined && job.done >= broken.afterRows) throw fail(broken.errcode);
      if (job.done % ROWS_AT_ONCE === 0) await nextTick(undefined, { signal });
    }
    if (broken !== undefined) throw fail(broken.errcode);
    end(job, 0);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    end(job, error.errcode);
  }
  world.touch();
  tell(world, job);
}

function end(job: Job, errcode: number): void {
  Object.assign(job, { status: 3, errcode, errmsg: errcode === 0 ? 'ok' : stemOf(errcode) });
}

/** Only to the address that the batch call named. */
function tell(world: World, job: Job): void {
  const failed = job.rows.filter((row) => row.errcode !== 0).length;
  const words = job.errcode === 0 ? `${job.done} 行，${failed} 行失败` : `整个任务失败：${job.errcode}`;
  world.ledger.open({ kind: 'note', name: job.type, summary: `异步导入结束：${words}` });
  if (job.callback === null) return;
  void world.callbacks.send({
    target: job.callback,
    name: 'batch_job_result',
    summary: `任务 ${job.type}`,
    shown: [{ label: 'JobType', value: job.type }],
    fields: [
      ['ToUserName', world.settings.corp.corpId],
      ['FromUserName', 'sys'],
      ['CreateTime', Math.floor(world.now() / 1000)],
      ['MsgType', 'event'],
      ['Event', 'batch_job_result'],
      [
        'BatchJob',
        [
          ['JobId', job.id],
          ['JobType', job.type],
          ['ErrCode', job.errcode],
          ['ErrMsg', job.errmsg],
        ],
      ],
    ],
  });
}
