import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallbackCrypto } from '../../server/wecom/callback/index.ts';
import {
  cryptoOf,
  type Forgery,
  frame,
  keysOf,
  padded,
  postCallback,
  sealBytes,
  signed,
  textXml,
} from '../support/forged-callback.ts';
import { drip, type RawAnswer, rawRequest } from '../support/raw-http.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { userid } from '../support/story.ts';

let s: Started;
let xml: string;
beforeAll(async () => {
  s = await startApp();
  xml = textXml(s, { from: userid.applicant, content: '待办', msgId: '1', at: seconds() });
});
afterAll(() => s.close());

const seconds = () => Math.floor(s.clock.now() / 1000);
const storedEvents = async (): Promise<number> => {
  const [row] = await s.app.db.read((r) =>
    r.em.query<{ n: number }[]>('select count(*) as n from received_event'),
  );
  return Number(row?.n);
};

/** Refused without a word: nothing in the body, nothing kept, nothing failed inside. */
async function refusedWith(status: number, send: () => Promise<RawAnswer>): Promise<RawAnswer> {
  const [events, lines] = [await storedEvents(), s.log.length];
  const answer = await send();
  expect([answer.status, answer.body]).toEqual([status, '']);
  expect(await storedEvents()).toBe(events);
  expect(s.log.slice(lines).filter((line) => line.includes('"level":"error"'))).toEqual([]);
  return answer;
}
const refused = (status: number, content: string, forgery: Forgery = {}) =>
  refusedWith(status, () => postCallback(s, content, forgery));

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels);
const inside = (extra: string) => xml.replace('</xml>', `${extra}</xml>`);
const envelope = (change: (body: string) => string | Uint8Array): Forgery => ({ body: change });

it('the forged message itself is a good one: whatever is refused below is refused for its one fault', async () => {
  const before = await storedEvents();
  expect((await postCallback(s, xml)).status).toBe(200);
  expect(await storedEvents()).toBe(before + 1);
});

describe('a callback with a bad signature or query', () => {
  it.each<[string, number, (query: string) => string]>([
    [
      'one digit of the signature changed',
      403,
      (q) => q.replace(/=(.)/, (_, c) => `=${c === 'a' ? 'b' : 'a'}`),
    ],
    ['no signature', 400, (q) => q.replace(/msg_signature=\w+&/, '')],
    ['a signature in capitals', 400, (q) => q.replace(/=(\w+)&/, (m) => m.toUpperCase())],
    ['the nonce changed', 403, (q) => q.replace('884422', '884423')],
    ['the signature twice', 400, (q) => `${q}&${q.split('&')[0]}`],
    ['the timestamp twice', 400, (q) => `${q}&timestamp=1`],
    ['the nonce twice, once escaped', 400, (q) => `${q}&n%6fnce=884422`],
    ['wrong escapes', 400, (q) => `${q}&x=%E4%B8`],
    ['a NUL', 400, (q) => q.replace('884422', '%00')],
    ['no query', 400, () => ''],
    ['20 more parameters', 400, (q) => `${q}${'&a=1'.repeat(20)}`],
    ['10,000 characters', 400, (q) => `${q}&x=${'y'.repeat(10_000)}`],
  ])('%s: %i', async (_what, status, query) => {
    await refused(status, xml, { query });
  });

  it('a parameter named __proto__ is no parameter of ours and poisons nothing', async () => {
    const answer = await postCallback(s, xml, {
      query: (q) => `${q}&__proto__=x&constructor=y&__proto__[status]=500`,
    });
    expect(answer.status).toBe(200);
    expect(({} as Record<string, unknown>).status).toBeUndefined();
  });

  it.each([-360, 360, -86_400, 31_536_000])('a timestamp %i s away: 403', async (skewSeconds) => {
    await refused(403, xml, { skewSeconds });
  });

  it.each([-240, 240])('a timestamp %i s away is taken', async (skewSeconds) => {
    expect((await postCallback(s, xml, { skewSeconds })).status).toBe(200);
  });
});

describe('signed ciphertext that is no good', () => {
  const keys = () => keysOf(s, 'app');
  const corp = () => s.config.wecom.corpId;
  const cases: [string, number, () => string][] = [
    ["another corporation's receive id", 403, () => cryptoOf(s, 'app', 'wwother0000000001').encrypt(xml)],
    ['no receive id', 403, () => sealBytes(keys(), padded(frame(xml, '')))],
    ['a longer receive id', 403, () => sealBytes(keys(), padded(frame(xml, `${corp()}x`)))],
    ['cut to half', 400, () => cryptoOf(s, 'app').encrypt(xml).slice(0, 256)],
    ['cut inside a block', 400, () => cryptoOf(s, 'app').encrypt(xml).slice(0, -8)],
    ['nothing', 400, () => ''],
    ['no base64', 400, () => '请假'],
    ['random bytes', 400, () => Buffer.alloc(64, 7).toString('base64')],
    ['padding of 0', 400, () => sealBytes(keys(), evenly(frame(xml, corp()), 0))],
    ['padding above 32', 400, () => sealBytes(keys(), padded(frame(xml, corp()), 33 + rest(xml)))],
    ['unequal padding', 400, () => sealBytes(keys(), uneven(padded(frame(xml, corp()))))],
    ['a length far beyond the end', 403, () => sealBytes(keys(), padded(frame(xml, corp(), 0x7fff_ffff)))],
    ['a length of 2^32 − 1', 403, () => sealBytes(keys(), padded(frame(xml, corp(), 0xffff_ffff)))],
    ['a length of 0', 403, () => sealBytes(keys(), padded(frame(xml, corp(), 0)))],
    ['a length one too short', 403, () => sealBytes(keys(), padded(frame(xml, corp(), xml.length - 1)))],
    ['a frame too short for a length', 400, () => sealBytes(keys(), padded(Buffer.alloc(10)))],
    ['bytes that are not UTF-8', 400, () => sealBytes(keys(), padded(frame(GBK, corp())))],
    ['another key', 400, () => createCallbackCrypto({ ...other(), receiveId: corp() }).encrypt(xml)],
  ];
  const GBK = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
  const other = () => ({ token: keys().token, encodingAesKey: 'k'.repeat(43) });
  const rest = (text: string) => 31 - ((frame(text, corp()).length + 32) % 32);
  const evenly = (bytes: Buffer, fill: number) =>
    Buffer.concat([bytes, Buffer.alloc(32 - (bytes.length % 32), fill)]);
  const uneven = (bytes: Buffer) => {
    bytes[bytes.length - 2] = 0;
    return bytes;
  };

  it.each(cases)('%s', async (_what, status, encrypted) => {
    const answer = await postCallback(s, xml, { encrypted: encrypted() });
    // Which of the two it is tells nobody anything about the plaintext: both are empty refusals.
    expect([status, 400]).toContain(answer.status);
    await refused(answer.status, xml, { encrypted: encrypted() });
  });
});

describe('envelopes that are no XML of ours', () => {
  it.each<[string, number, Forgery]>([
    ['no body', 400, envelope(() => '')],
    ['JSON', 400, envelope(() => '{"encrypt":"x"}')],
    ['half of it', 400, envelope((b) => b.slice(0, b.length / 2))],
    ['a document type', 400, envelope((b) => `<!DOCTYPE xml>${b}`)],
    [
      'an external entity',
      400,
      envelope((b) => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${b.replace('1000002', '&e;')}`),
    ],
    [
      'a bomb of entities',
      400,
      envelope((b) => `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${b}`),
    ],
    ['20,000 levels', 400, envelope(() => deep(15_000))],
    ['an attribute of 100 KB', 400, envelope((b) => b.replace('<xml>', `<xml a="${'x'.repeat(100_000)}">`))],
    [
      'Encrypt twice',
      400,
      envelope((b) => b.replace('</xml>', `${b.match(/<Encrypt>.*<\/Encrypt>/)?.[0]}</xml>`)),
    ],
    ['ToUserName twice', 400, envelope((b) => b.replace('</xml>', '<ToUserName>x</ToUserName></xml>'))],
    ['__proto__', 400, envelope((b) => b.replace('</xml>', '<__proto__>x</__proto__></xml>'))],
    ['UTF-16', 400, envelope(utf16)],
    ['a byte order mark', 400, envelope((b) => `\uFEFF${b}`)],
    ['GBK declared', 400, envelope((b) => `<?xml version="1.0" encoding="GBK"?>${b}`)],
    ['bytes of GBK', 400, envelope((b) => Buffer.from(b.replace('1000002', '\xc4\xe3'), 'latin1'))],
    ['JSON by its type', 415, { headers: { 'content-type': 'application/json' } }],
    ['a form by its type', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['charset=gbk', 415, { headers: { 'content-type': 'text/xml; charset=gbk' } }],
    ['gzip', 415, { body: (b) => gzipSync(b), headers: { 'content-encoding': 'gzip' } }],
    ['brotli by its word only', 415, { headers: { 'content-encoding': 'br' } }],
  ])('%s: %i', async (_what, status, forgery) => {
    await refused(status, xml, forgery);
  });

  it('200 KB: 413, told in the head or found while reading', async () => {
    await refused(
      413,
      xml,
      envelope((b) => b + ' '.repeat(200_000)),
    );
    const { path, query, body } = signed(s, xml);
    await refusedWith(413, () =>
      rawRequest(s.url, `${path}?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml', 'transfer-encoding': 'chunked' },
        body: body + ' '.repeat(200_000),
      }),
    );
  });

  it('a body that drips is cut off within seconds, and the entrance goes on', async () => {
    const before = await storedEvents();
    const { path, query } = signed(s, xml);
    const head = `POST ${path}?${query} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 5000\r\n\r\n`;
    const dripping = drip(s.url, head, 100);
    expect((await postCallback(s, xml)).status).toBe(200);
    expect(await dripping).toMatch(/^HTTP\/1\.1 408 /);
    expect(await storedEvents()).toBe(before);
  }, 9_000);

  it('a sender that hangs up in the middle leaves nothing behind', async () => {
    const before = await storedEvents();
    const { path, query } = signed(s, xml);
    const controller = new AbortController();
    const body = new ReadableStream({ start: (c) => c.enqueue(Buffer.from('<xml>')) });
    const sending = fetch(`${s.url}${path}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      duplex: 'half',
      signal: controller.signal,
    } as RequestInit);
    setTimeout(() => controller.abort(), 50);
    await expect(sending).rejects.toThrow();
    expect((await postCallback(s, xml)).status).toBe(200);
    expect(await storedEvents()).toBe(before);
  });
});

describe('signed contents that are no event', () => {
  it.each<[string, () => string]>([
    ['a document type', () => `<!DOCTYPE xml>${xml}`],
    ['an entity', () => xml.replace('<![CDATA[待办]]>', '&xxe;')],
    ['20 levels', () => inside(deep(20))],
    ['an attribute of 100 KB', () => xml.replace('<Content>', `<Content a="${'x'.repeat(60_000)}">`)],
    ['Content twice', () => inside('<Content>x</Content>')],
    ['FromUserName twice', () => inside('<FromUserName>boss</FromUserName>')],
    ['__proto__', () => inside('<__proto__><isAdmin>1</isAdmin></__proto__>')],
    ['constructor', () => inside('<constructor>x</constructor>')],
    ['another encoding', () => `<?xml version="1.0" encoding="GB2312"?>${xml}`],
    ['no MsgId', () => xml.replace(/<MsgId>.*<\/MsgId>/, '')],
    ['plain text', () => 'hello'],
    ['nothing', () => ''],
  ])('%s: 400', async (_what, content) => {
    await refused(400, content());
  });
});

describe('methods and addresses', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'])('%s: 405 with Allow', async (method) => {
    const answer = await refused(405, xml, { method });
    expect(answer.headers.allow).toBe('GET, POST');
  });

  it.each(['', 'unknown', 'APP', 'app/', 'app/x', '__proto__', 'constructor', '..%2fapp', '%61pp'])(
    'there is no entrance “%s”: 404',
    async (name) => {
      await refused(404, xml, { path: `/wecom/callback/${name}` });
    },
  );

  it('each entrance has keys of its own', async () => {
    const contacts = cryptoOf(s, 'contacts');
    const app = cryptoOf(s, 'app');
    await refused(403, xml, { crypto: contacts });
    await refused(403, xml, { entrance: 'contacts', crypto: app });
    expect((await postCallback(s, xml, { entrance: 'contacts' })).status).toBe(200);
  });
});

describe('address verification', () => {
  const verify = (entrance: 'app' | 'contacts', echo: string, forgery: Forgery = {}) => {
    const crypto = forgery.crypto ?? cryptoOf(s, entrance);
    const encrypted = crypto.encrypt(echo);
    const { path, query } = signed(s, '', { ...forgery, entrance, crypto, encrypted });
    return rawRequest(s.url, `${path}?${query}&echostr=${encodeURIComponent(encrypted)}`);
  };

  it('answers the echo and nothing else, at both entrances', async () => {
    for (const entrance of ['app', 'contacts'] as const) {
      const answer = await verify(entrance, '1616140317555161061');
      expect([answer.status, answer.body]).toEqual([200, '1616140317555161061']);
      expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    }
    expect(await s.sandbox.control.verifyCallbacks()).toMatchObject({
      app: { ok: true },
      contacts: { ok: true },
    });
  });

  it('refuses the other entrance’s keys, an old one, and a caught message sent as echo', async () => {
    await refusedWith(403, () => verify('app', '1', { crypto: cryptoOf(s, 'contacts') }));
    await refusedWith(403, () => verify('app', '1', { skewSeconds: -360 }));
    await refusedWith(400, () => verify('app', xml.slice(0, 300)));
    await refusedWith(400, () => rawRequest(s.url, '/wecom/callback/app'));
  });
});

it('whatever was refused above left no trace of content in the log', () => {
  expect(s.log.length).toBeGreaterThan(50);
  for (const line of s.log) expect(line).not.toMatch(/待办|zhangyutong|<xml>|msg_signature/);
});
