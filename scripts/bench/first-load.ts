import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { chromium, type CDPSession, type Page } from 'playwright-core';
import { seedDemo } from '../seed.ts';
import { demoCast } from '../demo/cast.ts';
import { atMost, median, report, round } from './support/figures.ts';
import { openProduct, signedIn, startServer } from './support/product.ts';

// The H5's first load on a slow phone: 375×667, 4× CPU slowdown, 1.6 Mbit/s, 150 ms round trip, empty cache.
const RUNS = Number(process.env.RUNS ?? 5);
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const BYTES_PER_SECOND = (1.6 * 1024 * 1024) / 8;
/** The first to-do, as a link to its request. */
const ROW = 'a[href^="/approvals/"]';
const PAGES = { '/': ROW, '/todo': ROW } as const;

interface Load {
  readonly paintMs: number;
  readonly listMs: number;
  readonly bytes: number;
}

const folder = mkdtempSync(join(tmpdir(), 'steward-first-load-'));
const databaseUrl = `sqlite:${join(folder, 'bench.db')}`;
const headId = await fill();
const server = await startServer(databaseUrl);
try {
  const figures: Record<string, unknown> = {};
  const bars = [];
  for (const path of Object.keys(PAGES)) {
    const loads: Load[] = [];
    for (let run = 0; run < RUNS; run += 1) loads.push(await load(path));
    const [paint, list] = [median(loads.map((l) => l.paintMs)), median(loads.map((l) => l.listMs))];
    figures[path] = {
      paintMs: loads.map((l) => round(l.paintMs, 0)),
      listMs: loads.map((l) => round(l.listMs, 0)),
    };
    bars.push(
      atMost(`${path}: HTML + JS + CSS over the wire (KB)`, median(loads.map((l) => l.bytes)) / 1024, 80),
    );
    bars.push(
      atMost(`${path}: first paint (ms)`, paint, 700),
      atMost(`${path}: list visible (ms)`, list, 1500),
    );
  }
  report('first-load', figures, bars);
} finally {
  await server.stop();
}

/** The demo college with a handful of to-dos for one head of department. */
async function fill(): Promise<string> {
  const { app, close } = await openProduct(databaseUrl);
  await seedDemo(join(folder, 'roster.xlsx'), app);
  const org = await app.db.read(app.access.orgOf);
  const head = org.personByUserid(demoCast.unitHead.userid);
  const people = org
    .people()
    .filter(
      (p) =>
        org.assignmentsOf(p.personId)[0]?.unitId ===
        org.assignmentsOf(org.personByUserid(demoCast.applicant.userid)?.personId ?? '')[0]?.unitId,
    );
  for (const person of people.slice(0, 6)) {
    if (person.personId === head?.personId) continue;
    await app.approvals.submit(
      { kind: 'person', personId: person.personId, name: person.name, roles: ['staff'], via: 'h5' },
      {
        templateKey: 'leave',
        version: 1,
        assignmentId: org.assignmentsOf(person.personId)[0]?.assignmentId ?? '',
        form: {
          type: 'annual',
          range: { from: '2026-12-08', fromHalf: 'am', to: '2026-12-08', toHalf: 'pm' },
          reason: '家中有事',
        },
        clientKey: randomUUID(),
      },
    );
  }
  await close();
  return head?.personId ?? '';
}

async function load(path: string): Promise<Load> {
  const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'steward-chromium-')), {
    executablePath: CHROMIUM,
    viewport: { width: 375, height: 667 },
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = await context.newPage();
    const [name, value] = signedIn(headId).cookie.split(/=(.*)/s);
    await context.addCookies([{ name: name ?? '', value: value ?? '', url: server.url }]);
    const session = await context.newCDPSession(page);
    const bytes = await slowDown(session);
    await page.addInitScript(watcher(PAGES[path as keyof typeof PAGES]));
    await page.goto(`${server.url}${path}`, { waitUntil: 'commit' });
    const listMs = await seenAt(page);
    const paintMs = await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    return { paintMs, listMs, bytes: bytes() };
  } finally {
    await context.close();
  }
}

/** Note when the first row of the list can be seen, in the page's own time. */
function watcher(selector: string): string {
  return `{
  const look = () => {
    const row = document.querySelector(${JSON.stringify(selector)});
    if (row && row.getBoundingClientRect().height > 0) {
      requestAnimationFrame(() => { window.__listAt ??= performance.now(); });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}`;
}

async function seenAt(page: Page): Promise<number> {
  for (let tries = 0; tries < 300; tries += 1) {
    const at = await page.evaluate<number | undefined>('window.__listAt');
    if (at !== undefined) return at;
    await page.waitForTimeout(100);
  }
  throw new Error('the list did not appear within 30 s');
}

async function slowDown(session: CDPSession): Promise<() => number> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const kinds = new Map<string, string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (['Document', 'Script', 'Stylesheet'].includes(kinds.get(requestId) ?? '')) bytes += encodedDataLength;
  });
  return () => bytes;
}
