import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type Koa from 'koa';
import { systemActor } from './kernel/actor.ts';
import type { Clock } from './kernel/clock.ts';
import { createCalendar } from './kernel/workdays.ts';
import type { Config } from './config.ts';
import { accountsInWeCom, memberLogOfWeCom } from './accounts-in-wecom.ts';
import { driftQuestions } from './drift-questions.ts';
import { createQuotaStore, keepingOfQuotas } from './connector/quota-store.ts';
import { createTokenStore } from './connector/token-store.ts';
import { createAccess, parseModules, parseRoles } from './features/access/index.ts';
import {
  accountsPersonData,
  createAccounts,
  ownEvidence,
  parseAccountsSettings,
} from './features/accounts/index.ts';
import { createAdmin } from './features/admin/index.ts';
import { approvalsPersonData, createApprovals, loadTemplateFiles } from './features/approvals/index.ts';
import { createCorrections, parseCorrectionsSettings } from './features/corrections/index.ts';
import { createDirectory, createDrift } from './features/directory/index.ts';
import {
  createMessagePort,
  createMessaging,
  enqueueMenu,
  type Entrance,
  HELP_KEY,
  menuJob,
  messagingPersonData,
} from './features/messaging/index.ts';
import { createHr, createScim, DEFAULT_LIMITS, plansToday } from './features/hr/index.ts';
import { createKeeping } from './features/keeping/index.ts';
import { createPortal } from './features/portal/index.ts';
import { createSupervision, supervisionPersonData, loadHolidayYears } from './features/supervision/index.ts';
import { holdingsOfApprovals, TASKS } from './holdings-of-approvals.ts';
import { leavesOfApprovals } from './leaves-of-approvals.ts';
import { migrations } from './migrations/index.ts';
import { newsOfPersonnel } from './news-of-personnel.ts';
import { tellOfAccounts } from './tell-of-accounts.ts';
import { tellOfCorrections } from './tell-of-corrections.ts';
import { tellOfDrift } from './tell-of-drift.ts';
import { tellOfRights } from './tell-of-rights.ts';
import { tellOfScim } from './tell-of-scim.ts';
import { tellOfSources } from './tell-of-sources.ts';
import { wordsFor } from './phrases/index.ts';
import { createOpenPersonal, createSealer, keepPersonalParts, writeAnchor } from './platform/audit/index.ts';
import { migrationState, runMigrations } from './platform/db/migrate.ts';
import { openDb } from './platform/db/open.ts';
import { isUniqueViolation } from './platform/db/rows.ts';
import type { Reads, Tx } from './platform/db/unit-of-work.ts';
import { createFiles, createFolderStore, createS3Store, fileRoutes } from './platform/files/index.ts';
import { domainProof } from './platform/http/domain-proof.ts';
import { openApi } from './platform/http/openapi.ts';
import { createRateLimits } from './platform/http/rate-limits.ts';
import { route, type Route } from './platform/http/route.ts';
import { createHttp } from './platform/http/server.ts';
import { createSessions } from './platform/http/session.ts';
import { loadStaticFiles } from './platform/http/static-files.ts';
import {
  createJobs,
  dailyAt,
  keepingOfJobs,
  type JobDefinition,
  type Schedule,
} from './platform/jobs/index.ts';
import type { Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { createVault } from './platform/vault/index.ts';
import { tables } from './tables.ts';
import { createCallbackCrypto } from './wecom/callback/index.ts';
import { createWeCom } from './wecom/index.ts';

export interface AppOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Where `config/` lies; the working directory by default. */
  readonly root?: string;
  /** Origins besides our own that may frame the pages: the sandbox phone. */
  readonly frameAncestors?: readonly string[];
}

export type App = Awaited<ReturnType<typeof createApp>>;

const APP_NAME = '办公助手';
const ANCHOR_JOB = 'audit.anchor';
/** Three years after somebody left: disputes about work are over, and so is the account's whole story. */
const KEEP_PERSONAL_DAYS = 1_096;

/**
 * Composes the rooms bottom to top; the order of lines is the dependency order. Opens and migrates the database,
 * but neither listens nor runs jobs yet.
 */
export async function createApp(options: AppOptions) {
  const { config, clock, log } = options;
  const root = options.root ?? process.cwd();
  const metrics = createMetrics();
  const onAlarm = (kind: string): void => metrics.alarm.inc({ kind });

  // ── platform ──
  const { db, source } = await openDb({ url: config.databaseUrl, tables, migrations, clock, log });
  await runMigrations(source);
  const vault = createVault({
    secrets: config.vaultKeys,
    fingerprintSecret: config.fingerprintKey,
  });
  keepPersonalParts(db, vault);
  const anchorFile = join(config.dataDir, 'audit-heads.jsonl');
  const openPersonal = createOpenPersonal(vault);
  const sessions = createSessions({
    keys: config.sessionKeys,
    clock,
    secure: config.publicUrl.startsWith('https:'),
  });
  const blobs = config.s3 ? createS3Store(config.s3) : createFolderStore(join(config.dataDir, 'files'));
  const files = createFiles(db, blobs);
  const sealer = createSealer(db, (error) => log.error({ err: error }, 'audit entries not sealed'));

  // ── connector ──
  const wecom = createWeCom({
    apiBase: config.wecom.apiBase,
    authorizeBase: config.wecom.authorizeBase,
    loginBase: config.wecom.loginBase,
    corpId: config.wecom.corpId,
    agentId: config.wecom.agentId,
    secrets: {
      agent: config.wecom.agentSecret,
      ...(config.wecom.contactsSecret === null ? {} : { contacts: config.wecom.contactsSecret }),
    },
    clock,
    tokenStore: createTokenStore(db, vault),
    quotaStore: createQuotaStore(db),
    quotas: { accountCeiling: config.wecom.seats },
    onAlarm: ({ secret, state, error }) => {
      if (state === 'stopped') onAlarm('wecom_stopped');
      log.error({ secret, state, errcode: error.errcode, ip: error.ip }, 'wecom credential alarm');
    },
    onCall: ({ api, errcode, outcome, ms }) =>
      metrics.wecom.observe({ api, errcode: String(errcode ?? outcome) }, ms / 1000),
    log,
  });

  // ── floor 0 ──
  const roles = parseRoles(JSON.parse(await readFile(join(root, 'config/roles.json'), 'utf8')));
  const directory = createDirectory({ db, vault, wecom, pushes: config.wecom.contactsSecret !== null });
  const access = createAccess({
    db,
    directory,
    sessions,
    wecom,
    corpId: config.wecom.corpId,
    agentId: config.wecom.agentId,
    publicUrl: config.publicUrl,
    roles,
    modules: parseModules(JSON.parse(await readFile(join(root, 'config/modules.json'), 'utf8'))),
    onAlarm,
    appName: APP_NAME,
    sandbox: config.sandbox,
    openPersonal,
  });

  const superAdmins = async (reads: Reads): Promise<string[]> =>
    (await access.orgOf(reads)).roleHolders('superAdmin', null).map((holder) => holder.personId);

  const maintainerIds = async (reads: Reads): Promise<string[]> =>
    (await access.orgOf(reads)).roleHolders('hrMaintainer', null).map((holder) => holder.personId);

  // ── floor 1 ──
  const messaging = createMessaging({
    db,
    clock,
    log,
    metrics,
    port: createMessagePort(wecom),
    corpId: config.wecom.corpId,
    entrances: entrancesOf(config),
    maxSkewMs: config.callbackMaxSkewMs,
    publicUrl: config.publicUrl,
    useridOf: (personId) =>
      db.read(async (reads) => {
        const person = (await directory.orgOf(reads)).person(personId);
        return person?.active ? person.userid : null;
      }),
    actorOf: (userid, via) => db.read((reads) => access.actorByUserid(reads, userid, { via })),
  });

  tellOfRights({ access, adminIds: superAdmins, publicUrl: config.publicUrl });

  // ── floor 2 ──
  const calendar = createCalendar(loadHolidayYears(join(root, 'config/holidays')));
  const supervision = createSupervision({ db, log, metrics, calendar });

  const drift = createDrift(
    {
      db,
      vault,
      wecom,
      pushes: config.wecom.contactsSecret !== null,
      directory,
      scopeOf: access.scopeOf,
      sockets: {
        ...driftQuestions(supervision, maintainerIds),
        ...tellOfDrift(config.publicUrl, maintainerIds, superAdmins),
      },
    },
    (code) => wordsFor(code, {}, 'zh'),
  );
  messaging.onContactChanged(drift.onContactChanged);

  // ── floor 3 ──
  const approvals = createApprovals({
    db,
    clock,
    orgOf: access.orgOf,
    messaging,
    supervision,
    files,
    publicUrl: config.publicUrl,
    adminIds: superAdmins,
    onAlarm,
  });
  directory.onPersonChanged(approvals.onPersonChanged);

  // ── floor 4 ──
  const hr = createHr(
    {
      db,
      clock,
      log,
      vault,
      blobs,
      directory,
      calendar,
      limits: DEFAULT_LIMITS,
      consequencesOf: async (reads, personIds) => [
        { words: '件待办要换人', count: await approvals.openTasksOf(reads, personIds) },
      ],
    },
    (code, data = {}) => wordsFor(code, data, 'zh'),
    {
      networks: config.hrSourceNetworks,
      troubles: tellOfSources(supervision, maintainerIds),
    },
  );

  const limits = createRateLimits(config.perMinute);
  const scim = createScim({
    db,
    log,
    words: wordsFor,
    directory,
    rates: limits,
    limits: DEFAULT_LIMITS,
    plansToday,
    holdsGiven: access.holdsGiven,
    publicUrl: config.publicUrl,
    onRefused: tellOfScim({ orgOf: access.orgOf, publicUrl: config.publicUrl, onAlarm }),
  });

  const settings = parseAccountsSettings(
    JSON.parse(await readFile(join(root, 'config/accounts.json'), 'utf8')),
  );
  const accounts = createAccounts({
    db,
    clock,
    vault,
    supervision,
    settings,
    orgOf: access.orgOf,
    lockPeople: directory.lock,
    connectors: [accountsInWeCom(directory)],
    claimFiles: async (tx, fileIds, owner) => {
      const known = new Set((await files.ofOwner(tx, owner)).map(({ fileId }) => fileId));
      await files.claim(
        tx,
        fileIds.filter((id) => !known.has(id)),
        owner,
      );
    },
    sendFile: files.send,
    newsOf: newsOfPersonnel(directory),
    memberLog: memberLogOfWeCom(db, directory, wecom),
    notify: tellOfAccounts(config.publicUrl),
    onTrouble: (fields, message) => log.error(fields, message),
  });
  directory.onPersonChanged(accounts.onPersonChanged);
  for (const source of ownEvidence('wecom')) accounts.onEvidence(source);
  accounts.onLeaves(leavesOfApprovals(approvals));
  const isActive = async (reads: Reads, personId: string): Promise<boolean> =>
    (await directory.orgOf(reads)).person(personId)?.active ?? false;
  for (const provider of holdingsOfApprovals(approvals, isActive)) accounts.onHoldings(provider);
  approvals.nameSuccessors((tx, personId, instanceId) =>
    accounts.chosenSuccessor(tx, personId, TASKS, instanceId),
  );

  const corrections = createCorrections({
    db,
    settings: parseCorrectionsSettings(
      JSON.parse(await readFile(join(root, 'config/corrections.json'), 'utf8')),
    ),
    orgOf: access.orgOf,
    directory,
    supervision,
    vault,
    files,
    notify: tellOfCorrections(config.publicUrl),
  });
  directory.onPersonChanged(corrections.onPersonChanged);

  // ── floor 5 ──
  const portal = createPortal({ db, approvals, supervision, calendar, publicUrl: config.publicUrl });

  const admin = createAdmin({
    db,
    clock,
    vault,
    access,
    directory,
    accounts,
    supervision,
    openPersonal,
    roleName: (code) => roles.get(code)?.name ?? code,
    anchorFile,
    keepPersonalDays: KEEP_PERSONAL_DAYS,
    onAlarm,
  });

  for (const section of [
    ...accountsPersonData((code) => settings.systems.find((one) => one.code === code)?.name ?? code),
    ...approvalsPersonData,
    messagingPersonData,
    supervisionPersonData,
  ])
    access.onPersonData(section);

  directory.onForgetting(accounts.notFinishedOf);
  const keeping = createKeeping({
    db,
    config: JSON.parse(await readFile(join(root, 'config/keeping.json'), 'utf8')),
    keepings: [
      keepingOfJobs(db),
      keepingOfQuotas(db),
      ...files.keepings,
      ...directory.keepings,
      ...drift.keepings,
      ...messaging.keepings,
      ...hr.keepings,
      ...accounts.keepings,
    ],
    onFailed: (kind, error) => {
      onAlarm('keeping_failed');
      log.error({ kind, err: error }, 'what is past its keeping period was not ended');
    },
  });

  messaging.onChat({
    words: ['请假', '申请'],
    describe: '填一份请假申请',
    answer: () => Promise.resolve(`<a href="${config.publicUrl}/apply/leave">打开请假申请</a>`),
  });
  messaging.onMenu(HELP_KEY, '帮助');

  const routes: Route[] = [
    ...access.routes,
    ...directory.routes,
    ...drift.routes,
    ...supervision.routes,
    ...fileRoutes(files),
    ...approvals.routes,
    ...hr.routes,
    ...scim.routes,
    ...accounts.routes,
    ...corrections.routes,
    ...portal.routes,
    ...admin.routes,
    ...keeping.routes,
  ];
  routes.push(apiDocument(routes));

  const definitions: JobDefinition[] = [
    ...directory.jobs,
    ...drift.jobs,
    ...access.jobs,
    ...messaging.jobs,
    menuJob(wecom, config.publicUrl),
    ...supervision.jobs,
    ...accounts.jobs,
    ...corrections.jobs,
    ...hr.jobs,
    ...portal.jobs,
    ...admin.jobs,
    ...keeping.jobs,
    {
      name: ANCHOR_JOB,
      handle: ({ now }) => writeAnchor(db, anchorFile, now),
    },
  ];
  const schedules: Schedule[] = [
    ...directory.schedules,
    ...drift.schedules,
    ...access.schedules,
    ...messaging.schedules,
    ...supervision.schedules,
    ...accounts.schedules,
    ...corrections.schedules,
    ...hr.schedules,
    ...portal.schedules,
    ...admin.schedules,
    ...keeping.schedules,
    dailyAt(ANCHOR_JOB, 0, 30),
  ];
  const jobs = createJobs({
    db,
    clock,
    log,
    definitions,
    schedules,
    onGivenUp: (tx, job) => givenUp(tx, job),
    onRun: ({ name, outcome, ms }) => metrics.job.observe({ name, outcome }, ms / 1000),
  });

  /** After five failures a job is somebody's business: the operator's clock runs until it is run again. */
  async function givenUp(tx: Tx, job: { id: string; name: string; lastError: string }): Promise<void> {
    tx.afterCommit(() => onAlarm('job_given_up'));
    const [operator] = (await access.orgOf(tx)).roleHolders('superAdmin', null);
    supervision.openObligation(tx, {
      kind: 'operator.job',
      subjectType: 'job',
      subjectId: job.id,
      stepRef: job.id,
      title: `后台任务 ${job.name} 多次失败`,
      path: '/me',
      holderPersonId: operator?.personId ?? null,
      holderUnitId: null,
      budget: { workdays: 1 },
    });
  }

  const templates = await loadTemplateFiles(join(root, 'config/templates'), {
    roles: [...roles.keys()],
  });
  const putInForce = () =>
    db.write(systemActor('start'), async (tx) => {
      await approvals.publish(tx, templates);
      supervision.noteCalendar(tx);
      enqueueMenu(tx, config.publicUrl);
    });
  // Another instance that starts at the same moment may have published first.
  await putInForce().catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    return putInForce();
  });
  await db.read((reads) => approvals.learnLooks(reads));

  const statics = await loadStaticFiles(join(root, 'dist/webapp'));
  const http: Koa = createHttp({
    routes,
    entrances: [messaging.entrance, scim.entrance, domainProof(join(config.dataDir, 'domain-proof'))],
    sessions,
    authenticate: access.authenticate,
    words: wordsFor,
    log,
    metrics,
    limits,
    statics,
    page: pageOf,
    ready: async () => {
      const migrated = await migrationState(source).then(
        (state) => state.pending === 0,
        () => null,
      );
      const parts = {
        database: migrated !== null,
        migrations: migrated === true,
        jobs: config.role === 'web' || jobs.running,
      };
      return { ok: Object.values(parts).every(Boolean), parts };
    },
    trustedHops: config.trustedHops,
    secure: config.publicUrl.startsWith('https:'),
    frameAncestors: options.frameAncestors ?? [],
    strictAnswers: config.strictAnswers,
  });

  return {
    http,
    routes,
    db,
    source,
    jobs,
    definitions,
    schedules,
    sealer,
    metrics,
    wecom,
    directory,
    access,
    messaging,
    supervision,
    approvals,
    hr,
    accounts,
    statics,
    /** Let go of everything, last opened first. Callbacks and jobs must have been drained. */
    async close(): Promise<void> {
      await wecom.close();
      await db.close();
    },
  };
}

/** Two pages: the H5, and the console for PCs. */
function pageOf(path: string): string | null {
  if (path.startsWith('/assets/') || path.includes('.')) return null;
  return path === '/console' || path.startsWith('/console/') ? '/console.html' : '/index.html';
}

function entrancesOf({ wecom }: Config): Entrance[] {
  const open = (name: string, keys: { token: string; aesKey: string } | null): Entrance[] =>
    keys === null
      ? []
      : [
          {
            name,
            crypto: createCallbackCrypto({
              token: keys.token,
              encodingAesKey: keys.aesKey,
              receiveId: wecom.corpId,
            }),
          },
        ];
  return [...open('app', wecom.callback), ...open('contacts', wecom.contactsCallback)];
}

function apiDocument(routes: readonly Route[]): Route {
  const document = JSON.stringify(openApi(routes, { title: 'WeCom Steward', version: '1' }));
  return route({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    auth: 'none',
    handle: async ({ ctx }) => {
      ctx.type = 'application/json';
      ctx.body = document;
    },
  });
}
