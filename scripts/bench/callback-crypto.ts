/**
 * Bar of issue 2: verify + decrypt + parse of a 1 KB message takes at most two thirds of the time of
 * @wecom/crypto + fast-xml-parser (ratio >= 1.5). Both sides alternate in one process; medians of the runs.
 * Prints JSON; exits with 1 below the bar.
 *
 *   npm run build && node dist/scripts/bench/callback-crypto.js
 */
import * as official from '@wecom/crypto';
import { XMLParser } from 'fast-xml-parser';
import { createCallbackCrypto } from '../../server/wecom/callback/crypto.ts';
import { openCallback } from '../../server/wecom/callback/receive.ts';

const BAR = 1.5;
const RUNS = 7;
const ROUNDS = 20_000;
const KB = 1024;

const settings = {
  token: 'SandboxToken01',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  receiveId: 'wwsandbox0000000001',
};
const [timestamp, nonce] = ['1700000000', '884422'];
const crypto = createCallbackCrypto(settings);

interface Sample {
  readonly name: string;
  readonly bytes: number;
  readonly query: string;
  readonly signature: string;
  readonly body: Buffer;
}

function sample(name: string, xml: string): Sample {
  const encrypted = crypto.encrypt(xml);
  const signature = crypto.signature(timestamp, nonce, encrypted);
  const body =
    `<xml><ToUserName><![CDATA[${settings.receiveId}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID>` +
    `<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
  return { name, bytes: Buffer.byteLength(xml), query, signature, body: Buffer.from(body) };
}

const head =
  `<xml><ToUserName><![CDATA[${settings.receiveId}]]></ToUserName><FromUserName><![CDATA[ada]]></FromUserName>` +
  '<CreateTime>1700000000</CreateTime>';

/** A text of exactly 1 KB: few elements, the harder case for a fast parser to win. */
function textMessage(): string {
  const tail = '<MsgId>7300000000000000001</MsgId><AgentID>1000002</AgentID></xml>';
  const open = `${head}<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[`;
  const room = KB - Buffer.byteLength(`${open}]]></Content>${tail}`);
  return `${open}${'请假'.repeat(Math.floor(room / 6))}${'a'.repeat(room % 6)}]]></Content>${tail}`;
}

/** A card tap of about 1 KB: many elements, and the content hash on top. */
function cardTap(): string {
  const item = (i: number): string =>
    `<SelectedItem><QuestionKey><![CDATA[q${i}]]></QuestionKey><OptionIds><OptionId><![CDATA[o1]]></OptionId>` +
    '<OptionId><![CDATA[o2]]></OptionId></OptionIds></SelectedItem>';
  return (
    `${head}<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[template_card_event]]></Event>` +
    '<EventKey><![CDATA[approve]]></EventKey><TaskId><![CDATA[0193a1b2c3d4e5f60718293a4b5c6d7e]]></TaskId>' +
    `<CardType><![CDATA[multiple_interaction]]></CardType><ResponseCode><![CDATA[${'R'.repeat(64)}]]></ResponseCode>` +
    `<AgentID>1000002</AgentID><SelectedItems>${item(1)}${item(2)}</SelectedItems></xml>`
  );
}

// Hardened as it would have to be in production.
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
  maxNestedTags: 16,
});

function theirs(one: Sample): unknown {
  const encrypted = String(parser.parse(one.body.toString('utf8')).xml.Encrypt);
  if (official.getSignature(settings.token, timestamp, nonce, encrypted) !== one.signature)
    throw new Error('signature');
  const { message, id } = official.decrypt(settings.encodingAesKey, encrypted);
  if (id !== settings.receiveId) throw new Error('receive id');
  return parser.parse(message);
}

/** All of openCallback: query and envelope too, the typed event and its key. */
function ours(one: Sample): unknown {
  const request = { method: 'POST', query: one.query, body: one.body, contentType: 'text/xml' };
  return openCallback(request, { crypto, now: 1_700_000_000_000 });
}

/** Microseconds per call. */
function time(run: (one: Sample) => unknown, one: Sample): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < ROUNDS; i++) run(one);
  return Number(process.hrtime.bigint() - start) / ROUNDS / 1000;
}

const median = (values: readonly number[]): number =>
  values.toSorted((x, y) => x - y)[values.length >> 1] ?? Number.NaN;

function measure(one: Sample) {
  for (const run of [theirs, ours]) time(run, one);
  const times: { theirs: number[]; ours: number[] } = { theirs: [], ours: [] };
  for (let i = 0; i < RUNS; i++) {
    times.theirs.push(time(theirs, one));
    times.ours.push(time(ours, one));
  }
  const [reference, own] = [median(times.theirs), median(times.ours)];
  return {
    message: one.name,
    bytes: one.bytes,
    referenceMicros: Number(reference.toFixed(2)),
    oursMicros: Number(own.toFixed(2)),
    ratio: Number((reference / own).toFixed(2)),
  };
}

const results = [sample('text', textMessage()), sample('card tap', cardTap())].map(measure);
console.log(JSON.stringify({ bench: 'callback-crypto', bar: BAR, runs: RUNS, results }, null, 2));
if (results.some((result) => !(result.ratio >= BAR))) process.exitCode = 1;
