import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp, type App } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { OffsetClock } from '../../server/kernel/clock.ts';
import { createLog } from '../../server/platform/log.ts';
import { createSandbox, type Sandbox } from '../../server/sandbox/index.ts';
import { giveBefore } from '../../scripts/demo/undertakings.ts';
import { seedDemo } from '../../scripts/seed.ts';
import { Client } from './client.ts';
import { storyRoster } from './story-roster.ts';
import { emptyStage, setStage, type Stage } from './stage.ts';
import { MONDAY } from './test-db.ts';

export interface Started {
  readonly app: App;
  readonly config: Config;
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly clock: OffsetClock;
  /** Lines of the log, as written. */
  readonly log: readonly string[];
  /** A browser signed in as this member through the real OAuth redirect. */
  signIn(userid: string): Promise<Client>;
  /** A browser nobody signed in with. */
  browser(): Client;
  /** Run everything that is due, jobs and callbacks, until nothing happens any more. */
  settle(): Promise<void>;
  /** Move the time and run what became due. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly now?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Keep the demo college out. */
  readonly empty?: boolean;
  /** Who is in it: the people of the story (quick to start), or all 600 through the roster file. */
  readonly cast?: 'story' | 'college';
  /** Nobody gave the texts of the first sign-in yet; else everybody in it did. */
  readonly undertakings?: 'open';
}

/**
 * The whole product over real HTTP, with the sandbox as 企业微信, on a database of its own. Only the time is
 * replaced. Jobs run when the test says so.
 */
export async function startApp(options: StartOptions = {}): Promise<Started> {
  const { now = MONDAY, env, empty, cast = 'story', undertakings } = options;
  if (empty) return openStage(await emptyStage(now), env);
  const people = async (started: Started) => {
    await seed(started, cast);
    if (undertakings !== 'open') await giveBefore(started.app);
    await started.app.jobs.tick();
    await started.settle();
    started.sandbox.control.activate();
  };
  if (env) {
    const started = await openStage(await emptyStage(now), env);
    await people(started);
    return started;
  }
  const stage = await setStage(`${now} ${cast} ${undertakings ?? 'given'}`, async (bare) => {
    const started = await openStage({ ...bare, at: Date.parse(now) });
    await people(started);
    const at = started.clock.now();
    await started.shut();
    return at;
  });
  const started = await openStage(stage);
  // The menu and whatever else names our address, which is another one every time.
  await started.settle();
  return started;
}

/** @internal for `startApp`: `shut` leaves the stage as it is. */
type Opened = Started & { shut(): Promise<void> };

async function openStage(stage: Stage, env: StartOptions['env'] = {}): Promise<Opened> {
  const { place, dataDir } = stage;
  const clock = new OffsetClock();
  clock.setOffset(stage.at - Date.now());
  const http = await listening();
  const url = `http://localhost:${(http.address() as AddressInfo).port}`;
  const lines: string[] = [];
  const config = (apiBase: string) =>
    readConfig({
      SANDBOX: 'on',
      NODE_ENV: 'test',
      DATABASE_URL: place.url,
      DATA_DIR: dataDir,
      PUBLIC_URL: url,
      PORT: String((http.address() as AddressInfo).port),
      WECOM_API_BASE: apiBase,
      WECOM_AUTHORIZE_BASE: apiBase,
      WECOM_LOGIN_BASE: apiBase,
      RATE_PER_ADDRESS: '1000000',
      RATE_PER_PERSON: '1000000',
      LOG_LEVEL: 'warn',
      ...env,
    });
  const { wecom } = config('http://127.0.0.1:1');
  const sandbox = createSandbox({
    port: 0,
    corp: { corpId: wecom.corpId, name: '海州职业技术学院' },
    app: {
      agentId: wecom.agentId,
      secret: wecom.agentSecret,
      name: '办公助手',
      callback: {
        url: `${url}/wecom/callback/app`,
        token: wecom.callback?.token ?? '',
        aesKey: wecom.callback?.aesKey ?? '',
      },
      homeUrl: `${url}/`,
      trustedDomain: new URL(url).host,
    },
    contacts: {
      secret: wecom.contactsSecret ?? '',
      callback: {
        url: `${url}/wecom/callback/contacts`,
        token: wecom.contactsCallback?.token ?? '',
        aesKey: wecom.contactsCallback?.aesKey ?? '',
      },
    },
    clock,
    retries: { delaysMs: [50], count: 3, timeoutMs: 5000 },
    snapshotPath: join(dataDir, 'sandbox.json'),
  });
  await sandbox.start();
  const settings = config(sandbox.url.replace('localhost', '127.0.0.1'));
  const app = await createApp({
    config: settings,
    clock,
    log: createLog('warn', { write: (line) => void lines.push(line) }),
  });
  http.on('request', app.http.callback());
  // Callbacks first: what they ask for is then due, and a round without a job can have caused no further one.
  const settle = async () => {
    for (;;) {
      await sandbox.control.idle();
      await app.messaging.drain();
      if ((await app.jobs.runDue()) > 0) continue;
      const until = await turnAwaited(app, clock);
      if (until === null) return;
      clock.setOffset(clock.offset + Math.max(0, until - clock.now()));
    }
  };
  const shut = async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await app.messaging.drain();
    await sandbox.stop();
    await app.close();
  };
  const browser = () => new Client(url);
  return {
    app,
    config: settings,
    sandbox,
    url,
    clock,
    log: lines,
    browser,
    settle,
    async signIn(userid) {
      const client = browser();
      await client.signIn(userid);
      return client;
    },
    async advance(ms) {
      clock.setOffset(clock.offset + ms);
      await app.jobs.tick();
      await settle();
    },
    shut,
    async close() {
      await shut();
      await stage.remove();
    },
  };
}

/** Which of two jobs for one turn comes first is chance; the other one has only put itself off by seconds. */
const TURN_PAUSE_MS = 5_000;

/** When the next job that waits for another one's turn may go on; null: none does. */
async function turnAwaited({ db }: App, clock: OffsetClock): Promise<number | null> {
  const [row] = await db.read(({ em }) =>
    em.query<{ at: number | string | null }[]>(
      `select min(runAt) as at from job where state = 'ready' and runAt <= ?
       and (name in ('directory.pushPerson', 'directory.pushPeople') or lastError like 'RunAgain: %another %'
         or lastError like 'RunAgain: %being written')`,
      [clock.now() + TURN_PAUSE_MS],
    ),
  );
  return row === undefined || row.at === null ? null : Number(row.at);
}

async function seed({ app, config }: Started, cast: 'story' | 'college'): Promise<void> {
  if (cast === 'college') return void (await seedDemo(join(config.dataDir, 'roster.xlsx'), app));
  const sheets = storyRoster();
  await app.db.write(systemActor('test:seed'), async (tx) => {
    await app.directory.importRoster(tx, sheets);
    await app.access.importGrants(tx, sheets);
  });
}

/** The port is taken before the app exists, because its address is part of the app's settings. */
function listening(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
