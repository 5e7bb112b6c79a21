import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Context } from 'koa';
import { createApp, type App } from '../../../server/app.ts';
import { readConfig } from '../../../server/config.ts';
import { type Clock, systemClock } from '../../../server/kernel/clock.ts';
import { createSessions } from '../../../server/platform/http/session.ts';
import { createLog } from '../../../server/platform/log.ts';
import { atExit } from './at-exit.ts';
import { freePort } from './ports.ts';

/** The compiled tree this bench was built into, and the checkout around it. */
const DIST = fileURLToPath(new URL('../../..', import.meta.url));
export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** Settings of a production server whose 企业微信 is a closed port of this machine. */
export const benchEnv = {
  SANDBOX: 'off',
  WECOM_API_BASE: 'http://127.0.0.1:1',
  WECOM_AUTHORIZE_BASE: 'http://127.0.0.1:1',
  WECOM_CORP_ID: 'wwbench0000000001',
  WECOM_AGENT_ID: '1000002',
  WECOM_AGENT_SECRET: 'bench-agent-secret',
  WECOM_CONTACTS_SECRET: 'bench-contacts-secret',
  WECOM_CALLBACK_TOKEN: 'BenchToken01',
  WECOM_CALLBACK_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  SESSION_KEYS: 'bench-session-key-0123456789abcdef',
  VAULT_KEYS: 'bench-vault-key-0123456789abcdef',
  PUBLIC_URL: 'http://localhost:8080',
  RATE_PER_ADDRESS: '10000000',
  RATE_PER_PERSON: '10000000',
  LOG_LEVEL: 'error',
} as const;

type Env = Readonly<Record<string, string>>;

/**
 * The app composed in this process, without a port: to fill a database and to call commands. `errors` holds what it
 * logged.
 */
export async function openProduct(
  databaseUrl: string,
  options: { clock?: Clock; env?: Env } = {},
): Promise<{ app: App; errors: readonly string[]; close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'steward-bench-data-'));
  const env = { ...benchEnv, ...options.env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir };
  const errors: string[] = [];
  const app = await createApp({
    config: readConfig(env),
    clock: options.clock ?? systemClock,
    log: createLog('error', { write: (line) => void errors.push(line) }),
    root: ROOT,
  });
  return {
    app,
    errors,
    async close() {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** SIGTERM, and wait. */
  stop(): Promise<void>;
}

/** The real server as a process of its own: `node dist/server/main.js`, ready when `/readyz` says so. */
export async function startServer(databaseUrl: string, env: Env = {}): Promise<Server> {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'steward-bench-data-'));
  const url = `http://127.0.0.1:${port}`;
  const flags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
  const child = spawn(process.execPath, [...flags, join(DIST, 'server/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH ?? '',
      ...benchEnv,
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      ...env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
    },
  });
  const ended = atExit(() => void child.kill('SIGKILL'));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilReady(url, child);
  return {
    url,
    port,
    child,
    async stop() {
      child.kill('SIGTERM');
      await gone;
      ended();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** @throws when the process ends first or a minute passes */
export async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(20)) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
  }
  throw new Error(`the server at ${url} did not get ready (exit code ${child.exitCode})`);
}

const sessions = createSessions({ keys: [benchEnv.SESSION_KEYS], clock: systemClock, secure: false });

/** Headers of somebody signed in, made with the server's own session key. */
export function signedIn(personId: string, epoch = 0): { cookie: string; 'x-csrf-token': string } {
  let cookie = '';
  const jar = { cookies: { set: (name: string, value: string) => (cookie = `${name}=${value}`) } };
  const session = sessions.issue(jar as unknown as Context, { personId, epoch });
  return { cookie, 'x-csrf-token': sessions.csrfToken(session) };
}
