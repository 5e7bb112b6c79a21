import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { apiHandler } from './api/http.ts';
import { forgetOldMedia } from './api/media.ts';
import { revokeTokens } from './api/tokens.ts';
import { createJobRunner } from './batch/jobs.ts';
import type { JobRunner } from './batch/types.ts';
import { createCallbackSender } from './callbacks/send.ts';
import type { CallbackSender } from './callbacks/types.ts';
import { createControl } from './control/control.ts';
import type { Control } from './control/control.ts';
import { controlRouter } from './control/routes.ts';
import { createFaults } from './faults.ts';
import { createFollowers } from './followers.ts';
import { createLimits } from './limits.ts';
import { authorize } from './oauth/authorize.ts';
import { createLaunches } from './oauth/launch.ts';
import { withDefaults } from './options.ts';
import type { SandboxOptions, Settings } from './options.ts';
import { serveAsset, serveAvatar, servePhone } from './phone.ts';
import { applySettings, emptyData } from './state/data.ts';
import type { Data } from './state/data.ts';
import { scopeOf } from './state/directory.ts';
import type { Scope } from './state/directory.ts';
import { createEventBus } from './state/events.ts';
import { createLedger } from './state/ledger.ts';
import { loadSnapshot, snapshotWriter } from './state/snapshot.ts';
import type { World } from './world.ts';

export type { Control } from './control/control.ts';
export type { NativeAct, NativeHandIn } from './contract.ts';
export type { AdjustableClock, CallbackSettings, SandboxOptions } from './options.ts';

/** A local 企业微信 for one corp with one self-built app and one 通讯录同步. */
export interface Sandbox {
  /** Base of everything: API, authorize pages, control, phone. Known after `start`. */
  readonly url: string;
  /** What the phone and tests do. */
  readonly control: Control;
  /** Everything as JSON. */
  readonly state: Control['dump'];
  start(): Promise<void>;
  /** Ends retries and streams, writes the snapshot, closes the port. */
  stop(): Promise<void>;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const settings = withDefaults(options);
  const data = startingData(settings);
  const closing = new AbortController();
  const events = createEventBus();
  const now = (): number => settings.clock.now();
  const writer =
    settings.snapshotPath === undefined
      ? null
      : snapshotWriter(
          settings.snapshotPath,
          () => data,
          (error) => settings.log('sandbox snapshot not written', { error: String(error) }),
        );
  let url = settings.publicUrl ?? `http://localhost:${settings.port}`;
  let scope: Scope | null = null;
  const holder: { callbacks?: CallbackSender; jobs?: JobRunner } = {};
  const world: World = {
    settings,
    data,
    events,
    now,
    ledger: createLedger(now, events),
    faults: createFaults(now, events, () => revokeTokens({ data })),
    limits: createLimits(now, settings.rateLimits),
    codes: { oauth: new Map(), tickets: new Map(), jsapi: new Map() },
    get callbacks() {
      return (holder.callbacks ??= createCallbackSender(world));
    },
    get jobs() {
      return (holder.jobs ??= createJobRunner(world));
    },
    get url() {
      return url;
    },
    scope: () => (scope ??= scopeOf(data, data.app)),
    touch: () => writer?.touch(),
    directoryChanged: () => {
      scope = null;
      followers.changed();
      events.directoryChanged();
      writer?.touch();
    },
  };
  const followers = createFollowers(world);
  followers.accept();
  const control = createControl(world, (members) => {
    for (const member of members) member.activated = true;
    world.directoryChanged();
    followers.accept();
  });
  const server = createServer(buildApp(world, control, closing.signal).callback());
  // Node's five seconds would close connections that the product takes up again at that very moment.
  server.keepAliveTimeout = 65_000;
  return {
    get url() {
      return url;
    },
    control,
    state: control.dump,
    start: async () => {
      forgetOldMedia(world);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(settings.port, settings.host, resolve);
      });
      const { port } = server.address() as AddressInfo;
      url = settings.publicUrl ?? `http://localhost:${port}`;
    },
    stop: async () => {
      closing.abort();
      followers.stop();
      world.jobs.stop();
      world.callbacks.stop();
      events.close();
      await writer?.flush();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function startingData(settings: Settings): Data {
  const kept = settings.snapshotPath === undefined ? null : loadSnapshot(settings.snapshotPath);
  if (kept === null) return emptyData(settings);
  applySettings(kept, settings);
  return kept;
}

function buildApp(world: World, control: Control, closing: AbortSignal): Koa {
  const app = new Koa();
  const api = apiHandler(world);
  const launches = createLaunches(world);
  const router = controlRouter(world, control, closing);
  app.on('error', (error: unknown) => world.settings.log('sandbox request failed', { error: String(error) }));
  const fixed = new Map<string, (ctx: Koa.Context) => unknown>([
    ['/connect/oauth2/authorize', (ctx) => authorize(world, launches, 'oauth', ctx)],
    ['/wwopen/sso/qrConnect', (ctx) => authorize(world, launches, 'qrConnect', ctx)],
    ['/wwlogin/sso/login', (ctx) => authorize(world, launches, 'sso', ctx)],
    ['/phone', (ctx) => servePhone(world, ctx)],
    ['/phone/', (ctx) => servePhone(world, ctx)],
    ['/phone/h5', (ctx) => launches.open(ctx)],
    ['/phone/logo', (ctx) => serveAvatar(world, ctx)],
    ['/', (ctx) => ctx.redirect('/phone')],
  ]);
  app.use(async (ctx, next) => {
    const { path } = ctx;
    const handle = fixed.get(path);
    if (handle !== undefined) await handle(ctx);
    else if (path.startsWith('/cgi-bin/')) await api(ctx);
    else if (path.startsWith('/assets/')) await serveAsset(world, ctx);
    else if (/^\/phone\/(avatar|qr)(\/|$)/.test(path)) serveAvatar(world, ctx);
    else await next();
  });
  app.use(router.routes());
  return app;
}
