import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { App } from '../../server/app.ts';
import { OffsetClock } from '../../server/kernel/clock.ts';
import { sealAll, verifyAudit } from '../../server/platform/audit/index.ts';
import type { Sandbox } from '../../server/sandbox/index.ts';
import { seedDemo } from '../seed.ts';
import { exactly, report } from './support/figures.ts';
import { withMariadb } from './support/mariadb.ts';
import { freePort } from './support/ports.ts';
import { benchEnv, openProduct, ROOT, signedIn, untilReady } from './support/product.ts';
import { startBenchSandbox } from './support/sandbox.ts';

// kill -9 at random moments under load: what was answered 200 must be there, no card twice, the audit chain whole.
const KILLS = Number(process.env.KILLS ?? 50);
const DATABASES = (process.env.DATABASES ?? 'sqlite,mariadb').split(',');
const WORKERS = 6;
const LOOK_AGAIN_MS = 100;
const MAIN = fileURLToPath(new URL('../../server/main.js', import.meta.url));
/** Working days of the weeks after the bench's Monday; a person asks for each of them at most once. */
const DAYS = [
  '2026-11-25',
  '2026-11-26',
  '2026-11-27',
  '2026-11-30',
  '2026-12-01',
  '2026-12-02',
  '2026-12-03',
];

interface Stage {
  readonly url: string;
  readonly env: Record<string, string>;
  readonly sandbox: Sandbox;
  readonly databaseUrl: string;
  /** personId → post, of everybody whose request goes to a head. */
  readonly applicants: readonly { readonly personId: string; readonly assignmentId: string }[];
}

interface Accepted {
  readonly instances: Set<string>;
  readonly approvedTasks: Set<string>;
  refused: number;
}

for (const database of DATABASES) {
  if (database === 'mariadb') await withMariadb(async (m) => attack('mariadb', await m.newDatabase()));
  else {
    const folder = mkdtempSync(join(tmpdir(), 'steward-kill-'));
    await attack('sqlite', `sqlite:${join(folder, 'bench.db')}`);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attack(name: string, databaseUrl: string): Promise<void> {
  const stage = await prepare(databaseUrl);
  const accepted: Accepted = { instances: new Set(), approvedTasks: new Set(), refused: 0 };
  const state = { running: true };
  let child = await start(stage);
  const load = Array.from({ length: WORKERS }, (_, n) => work(stage, accepted, state, n));
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(randomInt(150, 900));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    child = await start(stage);
  }
  state.running = false;
  await Promise.all(load);
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  await judge(name, stage, accepted);
  await stage.sandbox.stop();
}

async function prepare(databaseUrl: string): Promise<Stage> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const clock = new OffsetClock();
  const { sandbox, env: wecom } = await startBenchSandbox(url, clock);
  const env = {
    ...benchEnv,
    ...wecom,
    PATH: process.env.PATH ?? '',
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    DATA_DIR: mkdtempSync(join(tmpdir(), 'steward-kill-data-')),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  };
  const { app, close } = await openProduct(databaseUrl, { env });
  await seedDemo(join(env.DATA_DIR, 'roster.xlsx'), app);
  await app.jobs.tick();
  // The college goes by sheet, and an import takes its time.
  while ((await app.jobs.runDue()) > 0 || (await waiting(app)) > 0) await pause(LOOK_AGAIN_MS);
  sandbox.control.activate();
  const org = await app.db.read(app.access.orgOf);
  const applicants = org.people().flatMap(({ personId, active }) => {
    const [post] = org.assignmentsOf(personId);
    return active && post && !post.isHead ? [{ personId, assignmentId: post.assignmentId }] : [];
  });
  await close();
  return { url, env, sandbox, databaseUrl, applicants };
}

const waiting = async (app: App): Promise<number> =>
  (await app.db.read((reads) => app.directory.pushBacklog(reads))).waiting;

async function start({ url, env }: Stage): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  await untilReady(url, child);
  return child;
}

/** One client: asks for leave, then has the task approved by its holder, in the H5 or on the card. */
async function work(
  stage: Stage,
  accepted: Accepted,
  state: { running: boolean },
  worker: number,
): Promise<void> {
  const mine = stage.applicants.filter((_, index) => index % WORKERS === worker);
  for (const on of DAYS) {
    for (const applicant of mine) {
      if (!state.running) return;
      await oneStory(stage, accepted, applicant, on).catch(() => pause(50));
    }
  }
}

async function oneStory(
  stage: Stage,
  accepted: Accepted,
  { personId, assignmentId }: Stage['applicants'][number],
  on: string,
): Promise<void> {
  const submitted = await post<{ instanceId: string }>(stage, personId, '/api/approvals/instances', {
    templateKey: 'leave',
    version: 1,
    assignmentId,
    form: { type: 'personal', range: { from: on, fromHalf: 'am', to: on, toHalf: 'pm' }, reason: '有事' },
    clientKey: randomUUID(),
  });
  if (!submitted) return void (accepted.refused += 1);
  accepted.instances.add(submitted.instanceId);
  const card = await cardOf(stage, submitted.instanceId);
  if (!card) return;
  if (randomInt(2) === 0) {
    const { reply } = await stage.sandbox.control.tap(card.userid, {
      messageId: card.messageId,
      key: 'approve',
    });
    if (reply === 'update_template_card') accepted.approvedTasks.add(submitted.instanceId);
    return;
  }
  const holder = await holderOf(stage, submitted.instanceId, personId);
  if (holder && (await post(stage, holder.personId, `/api/approvals/tasks/${holder.taskId}/approve`, {})))
    accepted.approvedTasks.add(submitted.instanceId);
}

/** The answer of an accepted write; null when it was refused. @throws when the server was gone */
async function post<T>(stage: Stage, personId: string, path: string, body: unknown): Promise<T | null> {
  const answer = await fetch(`${stage.url}${path}`, {
    method: 'POST',
    headers: { ...signedIn(personId), 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  return answer.ok ? ((await answer.json()) as T) : (await answer.text(), null);
}

/** The card of a request, when it has reached its holder. */
async function cardOf(
  stage: Stage,
  instanceId: string,
): Promise<{ userid: string; messageId: string } | null> {
  for (let tries = 0; tries < 20; tries += 1) {
    for (const { userid, message } of cards(stage.sandbox)) {
      if (JSON.stringify(message.content).includes(instanceId) && message.content.state.replacedBy === null)
        return { userid, messageId: message.id };
    }
    await pause(50);
  }
  return null;
}

function* cards(sandbox: Sandbox) {
  for (const { userid, lastMessageAt } of sandbox.control.state().members) {
    if (lastMessageAt === null) continue;
    for (const message of sandbox.control.appMessages(userid)) {
      const { content } = message;
      if (content.msgtype === 'template_card' && content.card.card_type === 'button_interaction')
        yield { userid, message: { ...message, content } };
    }
  }
}

/** The applicant sees who holds it; the task's id is on the holder's own page. */
async function holderOf(stage: Stage, instanceId: string, applicantId: string) {
  const me = stage.applicants.find((one) => one.personId === applicantId);
  const holders = me ? holdersById.get(`${stage.databaseUrl}:${me.assignmentId}`) : undefined;
  for (const personId of holders ?? (await learnHolders(stage, me?.assignmentId ?? ''))) {
    const answer = await fetch(`${stage.url}/api/approvals/instances/${instanceId}`, {
      headers: signedIn(personId),
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) continue;
    const { myTask } = (await answer.json()) as { myTask: { taskId: string } | null };
    if (myTask) return { personId, taskId: myTask.taskId };
  }
  return null;
}

const holdersById = new Map<string, readonly string[]>();

/** From the forecast: who decides on requests from this post. */
async function learnHolders(stage: Stage, assignmentId: string): Promise<readonly string[]> {
  const applicant = stage.applicants.find((one) => one.assignmentId === assignmentId);
  const forecast = await post<{ path: { people: { personId: string }[] }[] }>(
    stage,
    applicant?.personId ?? '',
    '/api/approvals/forecast',
    {
      templateKey: 'leave',
      version: 1,
      assignmentId,
      form: {
        type: 'personal',
        range: { from: '2026-12-21', fromHalf: 'am', to: '2026-12-21', toHalf: 'pm' },
        reason: '有事',
      },
    },
  );
  const holders = forecast?.path[0]?.people.map((person) => person.personId) ?? [];
  holdersById.set(`${stage.databaseUrl}:${assignmentId}`, holders);
  return holders;
}

async function judge(name: string, stage: Stage, accepted: Accepted): Promise<void> {
  const clock = new OffsetClock();
  const { app, close } = await openProduct(stage.databaseUrl, { clock, env: stage.env });
  // What a killed process left half done is taken over when its lease ends.
  for (let minutes = 0; minutes < 240; minutes += 4) {
    clock.setOffset(minutes * 60_000);
    await app.jobs.tick();
    while ((await app.jobs.runDue()) > 0);
    await stage.sandbox.control.idle();
  }
  await sealAll(app.db);
  const audit = await verifyAudit(app.db, []);
  const rows = await app.db.read((reads) =>
    reads.em.query<{ id: string; status: string }[]>('select id, status from approval_instance'),
  );
  const open = await app.db.read((reads) =>
    reads.em.query<{ n: number }[]>(
      `select count(*) as n from job where state in ('running', 'failed') or (state = 'ready' and name = 'messaging.send')`,
    ),
  );
  const status = new Map(rows.map((row) => [row.id, row.status]));
  const lostRequests = [...accepted.instances].filter((id) => !status.has(id)).length;
  const lostDecisions = [...accepted.approvedTasks].filter((id) => status.get(id) !== 'approved').length;
  const seen = new Map<string, number>();
  for (const { userid, message } of cards(stage.sandbox)) {
    const key = `${userid} ${message.content.card.card_action?.url ?? ''}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const twice = [...seen.values()].filter((count) => count > 1).length;
  await close();
  report(
    `kill-nine ${name}`,
    {
      kills: KILLS,
      accepted: accepted.instances.size,
      decided: accepted.approvedTasks.size,
      refused: accepted.refused,
      cards: seen.size,
      auditEntries: audit.sealed,
    },
    [
      exactly(`${name}: accepted requests lost`, lostRequests, 0),
      exactly(`${name}: accepted decisions lost`, lostDecisions, 0),
      exactly(`${name}: cards sent twice for one task`, twice, 0),
      exactly(`${name}: faults in the audit chain`, audit.faults.length + audit.unsealed, 0),
      exactly(`${name}: jobs left behind`, Number(open[0]?.n), 0),
    ],
  );
}
