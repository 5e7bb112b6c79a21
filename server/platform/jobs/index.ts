export { keepingOfJobs } from './cleaning.ts';
export { countOpen, countOpenListed } from './count-open.ts';
export { enqueue, type NewJob } from './enqueue.ts';
export { releaseLock, takeLock } from './lock.ts';
export {
  createJobs,
  MAX_ATTEMPTS,
  RunAgain,
  type Job,
  type JobDefinition,
  type JobHandler,
  type Jobs,
} from './runner.ts';
export { dailyAt, everyMinutes, type Schedule } from './schedule.ts';
export { jobTables, JobTable } from './tables.ts';
