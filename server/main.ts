import { createServer, type Server } from 'node:http';
import { schedule } from 'node-cron';
import { createApp, type App } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { OffsetClock, systemClock } from './kernel/clock.ts';
import { NewerDatabaseError } from './platform/db/migrate.ts';
import { createLog, type Log } from './platform/log.ts';

// 企业微信's callbacks are small and quick; a client that drips its request is cut off (slowloris).
const REQUEST_TIMEOUT_MS = 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than any request or job step may take; after it the lease of what still runs will expire anyway. */
const STOP_WITHIN_MS = 25_000;
const CLOSE_IDLE_EVERY_MS = 100;

async function run(config: Config, log: Log): Promise<void> {
  const clock = config.sandbox ? new OffsetClock() : systemClock;
  // A story is told on one day, whatever day it is: what is written while it begins may not lie in its future.
  if (clock instanceof OffsetClock && config.sandboxNow !== null)
    clock.setOffset(config.sandboxNow - Date.now());
  // The local 企业微信 is never even loaded in production.
  const demo =
    clock instanceof OffsetClock ? await (await import('./demo.ts')).startSandbox(config, clock, log) : null;
  const app = await createApp({
    config,
    clock,
    log,
    ...(demo ? { frameAncestors: [demo.url] } : {}),
  });
  await demo?.fill(app);
  const server = await listen(app, config.port);
  const stopTicking = config.role === 'web' ? () => undefined : startWork(app, clock, log);
  stopOnSignal(log, async () => {
    await closeServer(server);
    stopTicking();
    await app.messaging.drain();
    await app.jobs.stop();
    await app.sealer.stop();
    await demo?.stop();
    await app.close();
  });
  if (demo) process.stdout.write(demo.banner(config.publicUrl));
  else log.info({ port: config.port, role: config.role }, 'listening');
}

function listen(app: App, port: number): Promise<Server> {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS },
    app.http.callback(),
  );
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}

/** Run jobs, seal the audit record, and write the jobs of every period that has begun. */
function startWork(app: App, clock: OffsetClock | typeof systemClock, log: Log): () => void {
  const tick = () =>
    void app.jobs.tick().catch((error: unknown) => log.error({ err: error }, 'schedules not written'));
  app.sealer.start();
  app.jobs.start();
  tick();
  const cron = schedule('0 * * * * *', tick, { name: 'tick', timezone: 'Asia/Shanghai', noOverlap: true });
  if (clock instanceof OffsetClock) clock.onMoved(tick);
  return () => void cron.stop();
}

/** No request is cut: the port closes, what is under way is answered, connections go as soon as they are idle. */
function closeServer(server: Server): Promise<void> {
  // A proxy that keeps its connections busy would keep us alive.
  server.prependListener('request', (_request, response) => void response.setHeader('Connection', 'close'));
  const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'not stopped cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** What the person who started it can act on, without a stack where the cure is plain. */
function wordsOf(error: Error & { code?: string; port?: number }): string {
  if (error instanceof ConfigError || error instanceof NewerDatabaseError) return error.message;
  if (error.code === 'EADDRINUSE') {
    return `Port ${error.port} is taken: stop what uses it, or set PORT and SANDBOX_PORT to free ones.`;
  }
  return error.stack ?? error.message;
}

try {
  const config = readConfig(process.env);
  await run(config, createLog(config.logLevel));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? wordsOf(error) : String(error)}\n`);
  process.exit(1);
}
