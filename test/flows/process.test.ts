import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/kernel/clock.ts';
import { migrations } from '../../server/migrations/index.ts';
import { openDb, type OpenedDb } from '../../server/platform/db/open.ts';
import { runMigrations } from '../../server/platform/db/migrate.ts';
import { tables } from '../../server/tables.ts';
import { createCallbackCrypto } from '../../server/wecom/callback/index.ts';
import { buildServer, freePort, run, type Running, untilReady } from '../support/built-server.ts';
import { newPlace } from '../support/test-db.ts';

const CORP = 'ww0123456789abcdef';
const KEYS = { token: 'Token0123456789', aesKey: 'a'.repeat(43) };
const crypto = createCallbackCrypto({ token: KEYS.token, encodingAesKey: KEYS.aesKey, receiveId: CORP });

let entry: string;
let place: Awaited<ReturnType<typeof newPlace>>;
let dataDir: string;
let url: string;
let env: Record<string, string>;
const started: Running[] = [];

beforeAll(async () => {
  entry = await buildServer();
}, 120_000);
beforeEach(async () => {
  place = await newPlace();
  dataDir = mkdtempSync(join(tmpdir(), 'steward-process-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  env = {
    SANDBOX: 'off',
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: place.url,
    DATA_DIR: dataDir,
    SESSION_KEYS: 's'.repeat(40),
    VAULT_KEYS: 'v'.repeat(40),
    VAULT_FINGERPRINT_KEY: 'f'.repeat(40),
    // Nobody listens there: 企业微信 is down for the whole test.
    WECOM_API_BASE: 'http://127.0.0.1:9',
    WECOM_CORP_ID: CORP,
    WECOM_AGENT_ID: '1000002',
    WECOM_AGENT_SECRET: 'secret',
    WECOM_CALLBACK_TOKEN: KEYS.token,
    WECOM_CALLBACK_AES_KEY: KEYS.aesKey,
    LOG_LEVEL: 'info',
  };
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await place.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(more: Record<string, string> = {}): Promise<Running> {
  const running = run(entry, { ...env, ...more });
  started.push(running);
  await untilReady(url, running);
  return running;
}
const open = (): Promise<OpenedDb> => openDb({ url: place.url, tables, migrations, clock: systemClock });

async function keptIds(): Promise<string[]> {
  const { db } = await open();
  const rows = await db.read((r) =>
    r.em.query<{ eventKey: string }[]>('select eventKey from received_event'),
  );
  await db.close();
  return rows.map((row) => row.eventKey.replace('message:', ''));
}

/** A text message of a member, signed: path and body. */
function message(msgId: string) {
  const at = String(Math.floor(Date.now() / 1000));
  const encrypted = crypto.encrypt(
    `<xml><ToUserName><![CDATA[${CORP}]]></ToUserName><FromUserName><![CDATA[ada]]></FromUserName>` +
      `<CreateTime>${at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[帮助]]></Content>` +
      `<MsgId>${msgId}</MsgId><AgentID>1000002</AgentID></xml>`,
  );
  const signature = crypto.signature(at, '1', encrypted);
  return {
    path: `/wecom/callback/app?msg_signature=${signature}&timestamp=${at}&nonce=1`,
    body: `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

/** Post over connections that stay open, as a proxy does. Null when the connection was refused or went away. */
function post(agent: Agent, msgId: string): Promise<number | null> {
  const { path, body } = message(msgId);
  const { port } = new URL(url);
  return new Promise((resolve) => {
    const sent = request(
      { port, path, method: 'POST', agent, headers: { 'content-type': 'text/xml' } },
      (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', () => resolve(null));
    sent.end(body);
  });
}

/** A request of which half is under way: `finish` sends the rest and resolves with the answer. */
function halfSent(msgId: string) {
  const { path, body } = message(msgId);
  const { port } = new URL(url);
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n`;
  const began = new Promise<void>((resolve) => socket.write(head + body.slice(0, 20), () => resolve()));
  return {
    began,
    finish: () =>
      new Promise<string>((resolve) => {
        socket.on('close', () => resolve(answer));
        socket.write(body.slice(20));
      }),
  };
}

describe('SIGTERM', () => {
  it('loses no accepted request, ends connections that are kept busy, and exits with 0', async () => {
    const server = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 10 });
    const acknowledged: string[] = [];
    let count = 0;
    let signalled = false;
    const client = async () => {
      for (;;) {
        const msgId = String((count += 1));
        const status = await post(agent, msgId);
        if (status === 200) acknowledged.push(msgId);
        else if (signalled) return;
        else throw new Error(`answered ${String(status)} before it was asked to stop`);
        if (acknowledged.length === 150) {
          signalled = true;
          server.child.kill('SIGTERM');
        }
      }
    };
    await Promise.all(Array.from({ length: 10 }, client));
    expect(await server.ended).toBe(0);
    agent.destroy();
    const kept = new Set(await keptIds());
    expect(acknowledged.length).toBeGreaterThanOrEqual(150);
    expect(acknowledged.filter((msgId) => !kept.has(msgId))).toEqual([]);
  });

  it('answers what is half sent, and a second signal changes nothing', async () => {
    const server = await start();
    const half = halfSent('7');
    await half.began;
    // It is in the server's hands once another request on a later connection was answered.
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    server.child.kill('SIGTERM');
    await expect.poll(() => server.output.out).toContain('stopping');
    server.child.kill('SIGTERM');
    server.child.kill('SIGINT');
    await expect.poll(() => fetch(`${url}/healthz`).catch(() => 'closed')).toBe('closed');
    expect(await half.finish()).toMatch(/^HTTP\/1\.1 200 /);
    expect(await server.ended).toBe(0);
    expect(await keptIds()).toEqual(['7']);
  });

  it('what was accepted but not handled when a process died is handled by the next one', async () => {
    const { db, source } = await open();
    await runMigrations(source);
    await db.write({ kind: 'system', name: 'test' }, (tx) =>
      tx.em.query(
        `insert into received_event (id, entrance, eventKey, kind, fromUser, body, receivedAt, handledAt, attempts)
         values ('${'0'.repeat(32)}', 'app', 'message:9', 'text', 'ada', ?, ?, null, 0)`,
        [
          `<xml><ToUserName>${CORP}</ToUserName><FromUserName>ada</FromUserName><CreateTime>1700000000</CreateTime>` +
            `<MsgType>text</MsgType><Content>帮助</Content><MsgId>9</MsgId><AgentID>1000002</AgentID></xml>`,
          Date.now() - 60_000,
        ],
      ),
    );
    await start();
    const handledAt = async () => {
      const [row] = await db.read((r) =>
        r.em.query<{ handledAt: unknown }[]>('select handledAt from received_event'),
      );
      return row?.handledAt ?? null;
    };
    await expect.poll(handledAt, { timeout: 15_000 }).not.toBeNull();
    await db.close();
  });
});

describe('starting', () => {
  it('tells every fault of the configuration at once, each with its cure, and exits with 1', async () => {
    const server = run(entry, {
      ...env,
      PORT: 'eighty',
      SESSION_KEYS: 'short',
      WECOM_CORP_ID: '',
      PUBLIC_URL: 'x',
    });
    started.push(server);
    expect(await server.ended).toBe(1);
    for (const words of [
      'PORT must be a whole number',
      'PUBLIC_URL must be an address',
      'WECOM_CORP_ID is missing',
      'openssl rand -hex 32',
    ])
      expect(server.output.err).toContain(words);
    expect(server.output.err).not.toMatch(/\n\s+at /);
    expect(server.output.err).not.toContain('secret');
  });

  it('refuses a sandbox that would talk to somebody else’s 企业微信', async () => {
    const server = run(entry, { ...env, SANDBOX: 'on', WECOM_API_BASE: 'https://qyapi.weixin.qq.com' });
    started.push(server);
    expect(await server.ended).toBe(1);
    expect(server.output.err).toContain('WECOM_API_BASE is not on this machine while SANDBOX is on');
  });

  it('refuses a database that is newer than the program, and leaves it alone', async () => {
    const { db, source } = await open();
    await runMigrations(source);
    await source.query(`insert into migration (timestamp, name) values (9, 'FromTheFuture9')`);
    const server = run(entry, env);
    started.push(server);
    expect(await server.ended).toBe(1);
    expect(server.output.err).toMatch(
      /^The database has migrations this program does not know \(FromTheFuture9\)/,
    );
    expect(server.output.err).not.toMatch(/\n\s+at /);
    expect(await source.query('select id from audit_entry')).toEqual([]);
    await db.close();
  });

  it('says so when its port is taken', async () => {
    await start();
    const second = run(entry, env);
    started.push(second);
    expect(await second.ended).toBe(1);
    expect(second.output.err).toMatch(/^Port \d+ is taken/);
  });
});
