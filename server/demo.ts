import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seedDemo } from '../scripts/seed.ts';
import { demoCast } from '../scripts/demo/cast.ts';
import { fillLeave } from '../scripts/demo/leave.ts';
import { fillRecords } from '../scripts/demo/records.ts';
import { fillRepairs } from '../scripts/demo/repairs.ts';
import { fillSeals } from '../scripts/demo/seals.ts';
import { demoStory } from '../scripts/demo/story.ts';
import { seedNativeApprovals } from '../scripts/demo/native-approvals.ts';
import { openMeetingRooms } from '../scripts/demo/meeting-rooms.ts';
import { giveBefore } from '../scripts/demo/undertakings.ts';
import type { App } from './app.ts';
import { systemActor } from './kernel/actor.ts';
import { DAY_MS, dateOf } from './kernel/dates.ts';
import { recordAct } from './platform/audit/index.ts';
import type { Config } from './config.ts';
import type { OffsetClock } from './kernel/clock.ts';
import type { Log } from './platform/log.ts';
import { createSandbox } from './sandbox/index.ts';

/** The local 企业微信 with the demo college in it: what a newcomer sees without an account anywhere. */
export interface Demo {
  readonly url: string;
  /** Load the college into an empty database and put the app's menu in place. */
  fill(app: App): Promise<void>;
  banner(publicUrl: string): string;
  stop(): Promise<void>;
}

const APP_NAME = '办公助手';

const LOOK_EVERY_MS = 300;
const MOST_LOOKS = 100;

/** Children before parents in meaning, though there are no foreign keys. People and the audit record stay. */
const REQUEST_TABLES = [
  'approval_task',
  'approval_copy',
  'approval_event',
  'approval_instance',
  'message',
  'received_event',
];
/** Clocks of other rooms run on: what they belong to stays. */
const OF_REQUESTS = `select id from obligation where subjectType in ('approval', 'leave', 'seal_use', 'seal_checkout')`;
/** What requests did to balances and to who is away goes with them; what HR booked stays. */
const LEAVES = ['delete from leave_absence', 'delete from leave_entry where requestId is not null'];
/** Uses of seals and contract numbers come of requests; seals and rules stay, and so do the counters: no number twice. */
const SEALS = ['seal_event', 'seal_checkout', 'seal_use', 'contract_number'].map(
  (table) => `delete from ${table}`,
);
const CLOCKS = [
  `delete from obligation_rung where obligationId in (${OF_REQUESTS})`,
  `delete from obligation_event where obligationId in (${OF_REQUESTS})`,
  `delete from obligation where subjectType in ('approval', 'leave', 'seal_use', 'seal_checkout')`,
];

/** 重来 on the phone: the story starts over, so the requests made in it must not be in its way (overlap, R39). */
async function forgetRequests(app: App): Promise<void> {
  await app.db.write(systemActor('demo.reset'), async (tx) => {
    for (const sql of [
      ...REQUEST_TABLES.map((table) => `delete from ${table}`),
      ...LEAVES,
      ...SEALS,
      ...CLOCKS,
    ])
      await tx.em.query(sql);
    recordAct(tx, { action: 'demo.reset', targetType: 'demo', targetId: 'requests' });
  });
}

/** The college used its systems before: so accounts can be changed, locked and cancelled from the first minute. */
async function registerAccounts(app: App): Promise<void> {
  const { userid } = demoCast.superAdmin;
  const admin = await app.db.read((reads) => app.access.actorByUserid(reads, userid, { via: 'cli' }));
  if (admin) await app.accounts.takeStock(admin);
}

/** What was handed in in 企业微信's own 审批 before this system was there: read as an administrator would have it read. */
async function readNativeApprovals(app: App, { nativeApprovals }: Config, now: number): Promise<void> {
  const { userid } = demoCast.superAdmin;
  const admin = await app.db.read((reads) => app.access.actorByUserid(reads, userid, { via: 'cli' }));
  if (!admin || !nativeApprovals) return;
  await app.nativeApprovals.startImport(admin, { fromOn: dateOf(now - 60 * DAY_MS), untilOn: dateOf(now) });
  for (let look = 0; look < MOST_LOOKS && (await isReading(app)); look += 1) await sleep(LOOK_EVERY_MS);
}

const isReading = (app: App): Promise<boolean> =>
  app.db.read(async ({ em }) => {
    const [open] = await em.query<{ n: number }[]>(
      `select count(*) as n from native_import where state = 'running'`,
    );
    return Number(open?.n) > 0;
  });

/** Once the whole college has reached the sandbox and nothing more is to be written. */
function whenPushed(app: App, then: () => void): void {
  const timer = setInterval(() => {
    void isPushed(app).then((pushed) => {
      if (!pushed) return;
      clearInterval(timer);
      then();
    });
  }, LOOK_EVERY_MS);
  timer.unref();
}

const isPushed = (app: App): Promise<boolean> =>
  app.db.read(async (reads) => {
    const { people, written, failed } = await app.directory.pushState(reads);
    const [open] = await reads.em.query<{ n: number }[]>(
      `select count(*) as n from job where name = 'directory.pushAll' and state in ('ready', 'running')`,
    );
    return written + failed.length >= people && Number(open?.n) === 0;
  });

export async function startSandbox(config: Config, clock: OffsetClock, log: Log): Promise<Demo> {
  const { wecom } = config;
  let filled: App | null = null;
  const callback = (name: string, keys: { token: string; aesKey: string } | null) => ({
    url: keys ? `http://127.0.0.1:${config.port}/wecom/callback/${name}` : null,
    token: keys?.token ?? '',
    aesKey: keys?.aesKey ?? '',
  });
  const sandbox = createSandbox({
    port: config.sandboxPort,
    corp: { corpId: wecom.corpId, name: '海州职业技术学院' },
    app: {
      agentId: wecom.agentId,
      secret: wecom.agentSecret,
      name: APP_NAME,
      callback: callback('app', wecom.callback),
      homeUrl: `${config.publicUrl}/`,
      trustedDomain: new URL(config.publicUrl).host,
      loginPath: '/api/auth/login',
    },
    contacts: {
      secret: wecom.contactsSecret ?? '',
      ...(wecom.contactsCallback ? { callback: callback('contacts', wecom.contactsCallback) } : {}),
    },
    clock,
    phoneDir: join(process.cwd(), 'dist/webapp'),
    snapshotPath: join(config.dataDir, 'sandbox.json'),
    story: demoStory(config.publicUrl),
    onReset: () => {
      if (filled)
        void forgetRequests(filled).catch((error: unknown) => log.error({ err: error }, 'demo not reset'));
    },
    log: (message, data) => log.warn(data ?? {}, message),
  });
  await sandbox.start();
  return {
    url: sandbox.url,
    async fill(app) {
      filled = app;
      const seeded = await seedDemo(join(config.dataDir, 'demo/roster.xlsx'), app);
      if (!seeded) return;
      log.info({ people: seeded.roster }, 'demo college loaded');
      await registerAccounts(app);
      await fillRepairs(app);
      await fillSeals(app);
      // Somebody opens the app for the first time in the story, and some have still to.
      const isNew = ({ userid, place }: { userid: string; place: number }) =>
        userid === demoCast.applicant.userid || (place > 60 && place % 7 === 0);
      await giveBefore(app, (person) => !isNew(person));
      await fillLeave(app);
      await fillRecords(app);
      await openMeetingRooms(app);
      whenPushed(app, () => {
        sandbox.control.activate();
        seedNativeApprovals(sandbox.control, clock.now());
        // The story begins with an empty drawer, not with 1,300 calls that filled the directory.
        const begin = () => void sandbox.control.reset({ scope: 'ledger' });
        void readNativeApprovals(app, config, clock.now()).then(begin, (error: unknown) => {
          log.error({ err: error }, 'demo: native approvals not read');
          begin();
        });
      });
    },
    banner: (publicUrl) =>
      [
        '',
        `  企微管家 WeCom Steward is ready. Everything in it is invented.`,
        '',
        `    沙箱手机  the phone   ${sandbox.url}/phone   ← start here`,
        `    办公助手  the H5      ${publicUrl}/`,
        `    管理台    the console ${publicUrl}/console`,
        '',
        '',
      ].join('\n'),
    stop: () => sandbox.stop(),
  };
}
