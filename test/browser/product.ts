import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../support/chromium.ts';
import { newPlace } from '../support/test-db.ts';

const CHROMIUM = chromiumPath();

/** Without Chromium the stories cannot run; where they are required that is a failure, not a skip. */
export const canBrowse = CHROMIUM !== null || process.env.REQUIRE_BROWSER === '1';

export interface Product {
  readonly h5: string;
  readonly phone: string;
  /** Output of the process so far. */
  output(): string;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** The product as `npm start` runs it, on ports and data of its own, at ten past ten on a Monday. */
export async function startProduct(): Promise<Product> {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const dataDir = mkdtempSync(join(tmpdir(), 'steward-browser-'));
  const place = await newPlace();
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      DATA_DIR: dataDir,
      DATABASE_URL: place.url,
      LOG_LEVEL: 'warn',
      SANDBOX_NOW: '2026-11-23T10:10:00+08:00',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const h5 = `http://localhost:${port}`;
  const phone = `http://localhost:${sandboxPort}`;
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${phone}/sandbox${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  };
  await until(
    async () => (await fetch(`${h5}/readyz`)).ok,
    () => `not ready:\n${output}`,
  );
  await until(
    async () => {
      const { members } = await control<{ members: { status: number }[] }>('GET', '/state');
      return members.length >= 600 && members.every((member) => member.status === 1);
    },
    () => `the college did not reach the sandbox:\n${output}`,
  );
  await control('POST', '/clock', { set: '2026-11-23T10:20:00+08:00' });
  return {
    h5,
    phone,
    output: () => output,
    control,
    async stop() {
      await ended(child);
      await place.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function until(holds: () => Promise<boolean>, why: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await holds().catch(() => false)) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(why());
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  /** Touch, as on a phone. */
  readonly touch?: boolean;
  /** Root font size in percent. */
  readonly font?: number;
}

/** A Chromium of its own, with nothing remembered. */
export async function openBrowser(look: Look): Promise<BrowserContext> {
  return chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'steward-chromium-')), {
    executablePath: CHROMIUM ?? '',
    viewport: { width: look.width, height: look.height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: look.dark ? 'dark' : 'light',
    hasTouch: look.touch ?? false,
    deviceScaleFactor: process.env.PICTURES ? 2 : 1,
    env: { ...process.env, LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' },
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=zh-CN',
    ],
  });
}

/** Everything the page complained about; a story ends with none. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  return complaints;
}

/** Keep a picture: in docs/pictures when PICTURES=1, else in the test's own folder to look at after a failure. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES ? 'docs/pictures' : 'test/.tmp/pictures';
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
