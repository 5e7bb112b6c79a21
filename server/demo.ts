import { join } from 'node:path';
import { seedDemo } from '../scripts/seed.ts';
import { demoStory } from '../scripts/demo/story.ts';
import type { App } from './app.ts';
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

/** Once the whole college has reached the sandbox. */
function whenPushed(app: App, then: () => void): void {
  const timer = setInterval(() => {
    void app.db.read(app.directory.pushState).then(({ people, written, failed }) => {
      if (written + failed.length < people) return;
      clearInterval(timer);
      then();
    });
  }, LOOK_EVERY_MS);
  timer.unref();
}

export async function startSandbox(config: Config, clock: OffsetClock, log: Log): Promise<Demo> {
  const { wecom } = config;
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
    log: (message, data) => log.warn(data ?? {}, message),
  });
  await sandbox.start();
  return {
    url: sandbox.url,
    async fill(app) {
      const seeded = await seedDemo(join(config.dataDir, 'demo/roster.xlsx'), app);
      if (!seeded) return;
      log.info({ people: seeded.roster }, 'demo college loaded');
      whenPushed(app, () => {
        sandbox.control.activate();
        // The story begins with an empty drawer, not with 1,300 calls that filled the directory.
        sandbox.control.reset({ scope: 'messages' });
      });
    },
    banner: (publicUrl) =>
      [
        '',
        `  企微管家 WeCom Steward is ready. Everything in it is invented.`,
        '',
        `    沙箱手机  the phone   ${sandbox.url}/phone   ← start here`,
        `    办公助手  the H5      ${publicUrl}/`,
        '',
        '',
      ].join('\n'),
    stop: () => sandbox.stop(),
  };
}
