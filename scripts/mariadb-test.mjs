#!/usr/bin/env node
// Runs a command against a throw-away MariaDB, then removes it:
//   node scripts/mariadb-test.mjs npx vitest run --project server
// The command gets TEST_DATABASE_URL (a user who may create databases) and DB=mariadb. Works as root and as an
// ordinary user; needs Debian's mariadb-server package, no running service and no free fixed port.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const INSTALL_WITHIN_MS = 120_000;
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;
const [command, ...args] = process.argv.slice(2);

/** One line and out: nothing was started yet, or everything was stopped. */
function giveUp(message) {
  console.error(`mariadb-test: ${message}`);
  process.exit(1);
}

function find(name) {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return places.map((place) => join(place, name)).find((path) => existsSync(path)) ?? null;
}

function mysqlIds() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((row) => row.startsWith('mysql:'));
  if (!line) giveUp('running as root, but there is no user mysql: install mariadb-server');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A folder MariaDB may write to. Root's databases belong to the user mysql: mariadbd refuses to run as root. */
function makeFolder(asRoot) {
  const folder = mkdtempSync(join(tmpdir(), 'steward-mariadb-'));
  chmodSync(folder, 0o755);
  for (const name of ['data', 'tmp']) mkdirSync(join(folder, name));
  if (asRoot) {
    const { uid, gid } = mysqlIds();
    for (const path of [folder, join(folder, 'data'), join(folder, 'tmp')]) chownSync(path, uid, gid);
  }
  return folder;
}

async function start(binaries) {
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? 'mysql' : userInfo().username;
  const folder = makeFolder(asRoot);
  const data = `--datadir=${join(folder, 'data')}`;
  const server = {
    folder,
    socket: join(folder, 'm.sock'),
    log: join(folder, 'error.log'),
    child: null,
    port: 0,
  };
  const installed = spawnSync(
    binaries['mariadb-install-db'],
    ['--no-defaults', `--user=${user}`, data, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { encoding: 'utf8', timeout: INSTALL_WITHIN_MS },
  );
  if (installed.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    giveUp(`mariadb-install-db failed: ${`${installed.stdout}${installed.stderr}`.trim().slice(-2000)}`);
  }
  server.port = await freePort();
  // --no-defaults: the machine's own configuration must not change what is tested. Utf8mb4 as in production. Nothing of
  // it outlives the run, so nothing waits for the disk, and a table is no file of its own: every test makes and drops a
  // schema, and most of its time went there (57 s of tests became 21 s). `loose`: another version may not know it.
  server.child = spawn(
    binaries.mariadbd,
    [
      '--no-defaults',
      `--user=${user}`,
      data,
      `--tmpdir=${join(folder, 'tmp')}`,
      `--socket=${server.socket}`,
      `--pid-file=${join(folder, 'm.pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${server.port}`,
      '--character-set-server=utf8mb4',
      '--innodb-flush-log-at-trx-commit=0',
      '--loose-innodb-flush-method=nosync',
      '--loose-innodb-doublewrite=0',
      '--loose-innodb-file-per-table=0',
      '--loose-sync-frm=0',
      '--loose-debug-no-sync',
      '--innodb-buffer-pool-size=256M',
      '--max-connections=500',
      '--skip-name-resolve',
      `--log-error=${server.log}`,
    ],
    // A group of its own: Ctrl-C ends the tests first and the database after them.
    { stdio: 'ignore', detached: true },
  );
  return server;
}

function admin(binaries, server, program, ...rest) {
  const argv = ['--no-defaults', '-S', server.socket, '-uroot', ...rest];
  return spawnSync(binaries[program], argv, { encoding: 'utf8', timeout: 10_000 });
}

async function waitUntilReady(binaries, server) {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(100)) {
    if (server.child.exitCode !== null) break;
    if (admin(binaries, server, 'mariadb-admin', 'ping').status === 0) return;
  }
  const log = existsSync(server.log) ? readFileSync(server.log, 'utf8').slice(-2000) : '';
  await stop(binaries, server);
  giveUp(`mariadbd did not get ready within ${READY_WITHIN_MS / 1000} s.\n${log}`);
}

async function stop(binaries, server) {
  const { child, folder } = server;
  const gone = new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
  if (child.exitCode === null && admin(binaries, server, 'mariadb-admin', 'shutdown').status !== 0)
    child.kill('SIGTERM');
  await Promise.race([gone, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Run the command; signals to us go on to it. @returns its exit code */
function runCommand(url) {
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, DB: process.env.DB ?? 'mariadb', TEST_DATABASE_URL: url },
  });
  running = child;
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`mariadb-test: ${command}: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

if (!command) giveUp('usage: node scripts/mariadb-test.mjs <command> [arguments]');
const names = ['mariadbd', 'mariadb-install-db', 'mariadb-admin', 'mariadb'];
const binaries = Object.fromEntries(names.map((name) => [name, find(name)]));
const missing = names.filter((name) => binaries[name] === null);
if (missing.length > 0) giveUp(`${missing.join(', ')} not found: apt-get install mariadb-server`);

// Signals go on to the command; before it runs they end us, and the database with us.
let running = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => (running ? running.kill(signal) : process.exit(1)));
}
const server = await start(binaries);
// Whatever happens to us, no database stays behind.
process.on('exit', () => {
  server.child.kill('SIGKILL');
  rmSync(server.folder, { recursive: true, force: true });
});
await waitUntilReady(binaries, server);
const granted = admin(
  binaries,
  server,
  'mariadb',
  '-e',
  "CREATE USER steward@127.0.0.1 IDENTIFIED BY 'steward'; GRANT ALL ON *.* TO steward@127.0.0.1",
);
const code = granted.status === 0 ? await runCommand(`mysql://steward:steward@127.0.0.1:${server.port}`) : 1;
if (granted.status !== 0) console.error(`mariadb-test: ${granted.stderr}`);
await stop(binaries, server);
process.exit(code);
