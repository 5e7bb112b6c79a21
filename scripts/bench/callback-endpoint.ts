/**
 * Bar of issue 2: POST /wecom/callback/app of the real server, on MariaDB, with 20 connections, reaches at least
 * half of what a bare Koa endpoint does that writes one row as long with mysql2; p99 below 100 ms. Both servers
 * are processes of their own and take turns; medians of the runs. A text, which is also answered, is shown beside.
 *
 *   npm run build && node dist/scripts/bench/callback-endpoint.js
 */
import mysql from 'mysql2/promise';
import { createCallbackCrypto } from '../../server/wecom/callback/index.ts';
import { startBare } from './support/bare.ts';
import { withCpu } from './support/cpu.ts';
import { alternate, atLeast, atMost, median, report, round } from './support/figures.ts';
import { load, requestBytes } from './support/load.ts';
import { withMariadb } from './support/mariadb.ts';
import { benchEnv, startServer, type Server } from './support/product.ts';

const RUNS = 5;
const REQUESTS = 4_000;
const WARM_UP = 2_000;
const CONNECTIONS = 20;

const corpId = benchEnv.WECOM_CORP_ID;
const crypto = createCallbackCrypto({
  token: benchEnv.WECOM_CALLBACK_TOKEN,
  encodingAesKey: benchEnv.WECOM_CALLBACK_AES_KEY,
  receiveId: corpId,
});

type Target = Pick<Server, 'port' | 'child'>;

let serial = 0;

const head = (n: number): string =>
  `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[member${n}]]></FromUserName>` +
  `<CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime>`;

const enterAgent = (n: number): string =>
  `${head(n)}<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[enter_agent]]></Event>` +
  '<EventKey><![CDATA[]]></EventKey><AgentID>1000002</AgentID></xml>';

const text = (n: number): string =>
  `${head(n)}<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[待办]]></Content>` +
  `<MsgId>${7_300_000_000_000_000_000n + BigInt(n)}</MsgId><AgentID>1000002</AgentID></xml>`;

/** Distinct messages, encrypted and signed as 企业微信 does. */
function messages(count: number, xmlOf: (n: number) => string): Buffer[] {
  return Array.from({ length: count }, () => {
    const encrypted = crypto.encrypt(xmlOf((serial += 1)));
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = crypto.signature(timestamp, String(serial), encrypted);
    const body =
      `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt>` +
      '<AgentID><![CDATA[1000002]]></AgentID></xml>';
    const path = `/wecom/callback/app?msg_signature=${signature}&timestamp=${timestamp}&nonce=${serial}`;
    return requestBytes('POST', path, { 'content-type': 'text/xml' }, body);
  });
}

await withMariadb(async (mariadb) => {
  const url = await mariadb.newDatabase();
  const ours = await startServer(url);
  const sql = await mysql.createConnection({ uri: url });
  await sql.query('create table bare_event like received_event');
  const bare = await startBare(url, { BARE: 'insert', BARE_BODY: enterAgent(1) });
  const run = (server: Target, count = REQUESTS, xmlOf = enterAgent) =>
    withCpu(server.child, count, () => load(server.port, messages(count, xmlOf), CONNECTIONS));

  await alternate(
    1,
    () => run(ours, WARM_UP),
    () => run(bare, WARM_UP),
  );
  const { one, other } = await alternate(
    RUNS,
    () => run(ours),
    () => run(bare),
  );
  const texts = [await run(ours, REQUESTS / 2, text), await run(ours, REQUESTS / 2, text)];
  const [kept] = (await sql.query('select count(*) as n from received_event'))[0] as { n: number }[];
  await sql.end();
  bare.stop();
  await ours.stop();

  const refused = [...one, ...other, ...texts].filter(
    ({ statuses }) => Object.keys(statuses).join() !== '200',
  );
  const sent = WARM_UP + (RUNS + 1) * REQUESTS;
  const [own, reference] = [one, other].map((side) => median(side.map(({ perSecond }) => perSecond)));
  const ratio = (own ?? 0) / (reference ?? Number.NaN);
  report(
    'callback-endpoint',
    {
      mariadb: mariadb.version,
      connections: CONNECTIONS,
      requestsPerRun: REQUESTS,
      oursPerSecond: own,
      barePerSecond: reference,
      ratio: round(ratio),
      cpuMicrosPerRequest: {
        ours: median(one.map(({ cpuMicros }) => cpuMicros)),
        bare: median(other.map(({ cpuMicros }) => cpuMicros)),
      },
      runs: { ours: one, bare: other },
      textAnswered: texts,
      storedRows: `${kept?.n} of ${sent}`,
    },
    [
      atLeast('ours / bare', ratio, 0.5),
      atMost('p99 ms', median(one.map(({ p99 }) => p99)), 100),
      atMost('answers other than 200', refused.length, 0),
      atMost('events acknowledged but not stored', sent - Number(kept?.n), 0),
    ],
  );
});
