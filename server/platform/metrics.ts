import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Prometheus metrics of one process. Labels are bounded: route patterns, job names, API paths, error codes. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    request: new Histogram({
      name: 'steward_http_request_seconds',
      help: 'HTTP requests by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    job: new Histogram({
      name: 'steward_job_seconds',
      help: 'Job runs by name and outcome',
      labelNames: ['name', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    wecom: new Histogram({
      name: 'steward_wecom_call_seconds',
      help: 'Calls to 企业微信 by API and errcode',
      labelNames: ['api', 'errcode'],
      buckets: SECONDS,
      registers,
    }),
    callback: new Counter({
      name: 'steward_callbacks_total',
      help: 'Callbacks received by entrance and outcome',
      labelNames: ['entrance', 'outcome'],
      registers,
    }),
    alarm: new Counter({
      name: 'steward_alarms_total',
      help: 'What an operator must look at, by kind',
      labelNames: ['kind'],
      registers,
    }),
  };
}
