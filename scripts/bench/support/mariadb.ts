import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir, userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { newId } from '../../../server/kernel/id.ts';
import { atExit } from './at-exit.ts';
import { freePort } from './ports.ts';

const PORT = 33_317;
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;

export interface Mariadb {
  /** An empty database of its own, as `DATABASE_URL`. */
  newDatabase(): Promise<string>;
  readonly version: string;
  /** Drop what was made and, if it was ours, stop the server. */
  stop(): Promise<void>;
}

/** The server of `TEST_DATABASE_URL`, or a throw-away one in a folder of its own. */
export async function startMariadb(): Promise<Mariadb> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given.replace(/\/+$/, ''), stop: async () => undefined } : await startOwn();
  const made: string[] = [];
  const run = async (sql: string): Promise<unknown> => {
    const connection = await mysql.createConnection({ uri: server.url });
    return connection
      .query(sql)
      .then(([rows]) => rows)
      .finally(() => connection.end());
  };
  const [row] = (await run('select version() as version')) as { version: string }[];
  return {
    version: row?.version ?? '',
    async newDatabase() {
      const name = `bench_${newId()}`;
      await run(`create database ${name} character set utf8mb4`);
      made.push(name);
      return `${server.url}/${name}`;
    },
    async stop() {
      if (given) for (const name of made) await run(`drop database ${name}`);
      await server.stop();
    },
  };
}

/** Run with a MariaDB; it is gone afterwards, whatever happens. */
export async function withMariadb<T>(work: (mariadb: Mariadb) => Promise<T>): Promise<T> {
  const mariadb = await startMariadb();
  try {
    return await work(mariadb);
  } finally {
    await mariadb.stop();
  }
}

function find(name: string): string {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const path = places.map((place) => join(place, name)).find((file) => existsSync(file));
  if (!path) throw new Error(`${name} not found: apt-get install mariadb-server, or set TEST_DATABASE_URL`);
  return path;
}

async function startOwn(): Promise<{ url: string; stop(): Promise<void> }> {
  const asRoot = process.getuid?.() === 0;
  const folder = makeFolder(asRoot);
  const user = `--user=${asRoot ? 'mysql' : userInfo().username}`;
  const data = `--datadir=${join(folder, 'data')}`;
  const install = ['--no-defaults', user, data, '--auth-root-authentication-method=normal', '--skip-test-db'];
  const installed = spawnSync(find('mariadb-install-db'), install, { encoding: 'utf8', timeout: 120_000 });
  if (installed.status !== 0) throw new Error(`mariadb-install-db failed: ${installed.stderr}`);
  const port = await freePort(PORT);
  const child = spawn(
    find('mariadbd'),
    ['--no-defaults', user, data, `--tmpdir=${join(folder, 'tmp')}`, ...settings(folder, port)],
    { stdio: 'ignore' },
  );
  const ended = atExit(() => void child.kill('SIGKILL'));
  await untilReady(folder, child);
  admin(folder, 'mariadb', '-e', GRANT);
  return {
    url: `mysql://bench:bench@127.0.0.1:${port}`,
    async stop() {
      await shutDown(folder, child);
      ended();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const GRANT =
  "create user bench@127.0.0.1 identified by 'bench'; grant all on *.* to bench@127.0.0.1 with grant option";

/** As the tests' server; the log is flushed once a second on both sides of every comparison. */
const settings = (folder: string, port: number): string[] => [
  `--socket=${join(folder, 'm.sock')}`,
  `--pid-file=${join(folder, 'm.pid')}`,
  '--bind-address=127.0.0.1',
  `--port=${port}`,
  '--character-set-server=utf8mb4',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-buffer-pool-size=512M',
  '--max-connections=300',
  '--skip-name-resolve',
  `--log-error=${join(folder, 'error.log')}`,
];

function makeFolder(asRoot: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  chmodSync(folder, 0o755);
  for (const name of ['data', 'tmp']) mkdirSync(join(folder, name));
  // mariadbd refuses to run as root: its files belong to the user mysql.
  const [, uid, gid] = /^mysql:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  if (asRoot) for (const name of ['', 'data', 'tmp']) chownSync(join(folder, name), Number(uid), Number(gid));
  return folder;
}

const admin = (folder: string, program: string, ...rest: string[]) =>
  spawnSync(find(program), ['--no-defaults', '-S', join(folder, 'm.sock'), '-uroot', ...rest], {
    encoding: 'utf8',
    timeout: 10_000,
  });

async function untilReady(folder: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(100)) {
    if (child.exitCode !== null) break;
    if (admin(folder, 'mariadb-admin', 'ping').status === 0) return;
  }
  child.kill('SIGKILL');
  throw new Error(
    `mariadbd did not get ready: ${readFileSync(join(folder, 'error.log'), 'utf8').slice(-1000)}`,
  );
}

async function shutDown(folder: string, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  admin(folder, 'mariadb-admin', 'shutdown');
  await Promise.race([gone, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
  if (child.exitCode === null) child.kill('SIGKILL');
  await gone;
}
