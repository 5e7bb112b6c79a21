import { join } from 'node:path';
import type Koa from 'koa';
import { openConnector } from './compose/connector.ts';
import { openGroundFloors } from './compose/ground-floors.ts';
import { openPlatform, type AppOptions } from './compose/platform.ts';
import { openRooms } from './compose/rooms.ts';
import { openTopFloor } from './compose/top-floor.ts';
import { loadTemplateFiles } from './features/approvals/index.ts';
import {
  appSettingsJob,
  enqueueAppSettings,
  enqueueMenu,
  HELP_KEY,
  menuJob,
} from './features/messaging/index.ts';
import { enqueueWorkbench } from './features/portal/index.ts';
import { readTextFiles } from './features/undertakings/index.ts';
import { fileRoutes } from './platform/files/index.ts';
import { systemActor } from './kernel/actor.ts';
import { wordsFor } from './phrases/index.ts';
import { writeAnchor } from './platform/audit/index.ts';
import { migrationState } from './platform/db/migrate.ts';
import { isUniqueViolation } from './platform/db/rows.ts';
import type { Tx } from './platform/db/unit-of-work.ts';
import { domainProof } from './platform/http/domain-proof.ts';
import { openApi } from './platform/http/openapi.ts';
import { route, type Route } from './platform/http/route.ts';
import { createHttp } from './platform/http/server.ts';
import { loadStaticFiles } from './platform/http/static-files.ts';
import { createJobs, dailyAt, type JobDefinition, type Schedule } from './platform/jobs/index.ts';

export type { AppOptions } from './compose/platform.ts';

export type App = Awaited<ReturnType<typeof createApp>>;

const ANCHOR_JOB = 'audit.anchor';

/**
 * Composes the rooms bottom to top; the order of lines is the dependency order. Opens and migrates the database,
 * but neither listens nor runs jobs yet.
 */
export async function createApp(options: AppOptions) {
  const platform = await openPlatform(options);
  const wecom = openConnector(platform);
  const ground = await openGroundFloors(platform, wecom);
  const rooms = await openRooms(platform, wecom, ground);
  const top = await openTopFloor(platform, wecom, ground, rooms);
  const { config, clock, log, root, metrics, onAlarm, db, source, sessions, files, sealer, anchorFile } =
    platform;
  const { access, approvals, directory, drift, messaging, roles, supervision } = ground;
  const {
    hr,
    scim,
    limits,
    accounts,
    corrections,
    accountSigns,
    undertakings,
    fileAudits,
    delegations,
    repairs,
    seals,
    meetingRooms,
    nativeApprovals,
    leave,
  } = rooms;
  const { portal, admin, keeping } = top;

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
    ...accountSigns.routes,
    ...undertakings.routes,
    ...fileAudits.routes,
    ...delegations.routes,
    ...repairs.routes,
    ...seals.routes,
    ...meetingRooms.routes,
    ...nativeApprovals.routes,
    ...leave.routes,
    ...portal.routes,
    ...admin.routes,
    ...keeping.routes,
  ];
  routes.push(apiDocument([...routes]));

  const definitions: JobDefinition[] = [
    ...directory.jobs,
    ...drift.jobs,
    ...access.jobs,
    ...messaging.jobs,
    menuJob(wecom, config.publicUrl),
    appSettingsJob(wecom),
    ...supervision.jobs,
    ...approvals.jobs,
    ...accounts.jobs,
    ...corrections.jobs,
    ...accountSigns.jobs,
    ...undertakings.jobs,
    ...fileAudits.jobs,
    ...delegations.jobs,
    ...repairs.jobs,
    ...seals.jobs,
    ...meetingRooms.jobs,
    ...nativeApprovals.jobs,
    ...leave.jobs,
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
    ...approvals.schedules,
    ...accounts.schedules,
    ...corrections.schedules,
    ...accountSigns.schedules,
    ...undertakings.schedules,
    ...fileAudits.schedules,
    ...repairs.schedules,
    ...seals.schedules,
    ...meetingRooms.schedules,
    ...nativeApprovals.schedules,
    ...leave.schedules,
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
      await approvals.putFilesInForce(tx, templates);
      supervision.noteCalendar(tx);
      enqueueMenu(tx, config.publicUrl);
      enqueueAppSettings(tx);
      enqueueWorkbench(tx, config.publicUrl);
    });
  // Another instance that starts at the same moment may have published first.
  await putInForce().catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    return putInForce();
  });
  await db.read((reads) => approvals.learnLooks(reads));
  await undertakings.putInForce(await readTextFiles(join(root, 'config/undertakings')));

  const statics = loadStaticFiles(join(root, 'dist/webapp'));
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
    undertakings,
    files,
    repairs,
    seals,
    meetingRooms,
    nativeApprovals,
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

/** Made when first asked for: turning every contract into a schema is a good part of a start. */
function apiDocument(routes: readonly Route[]): Route {
  let document: string | undefined;
  return route({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    auth: 'none',
    handle: async ({ ctx }) => {
      ctx.type = 'application/json';
      document ??= JSON.stringify(openApi(routes, { title: 'WeCom Steward', version: '1' }));
      ctx.body = document;
    },
  });
}
