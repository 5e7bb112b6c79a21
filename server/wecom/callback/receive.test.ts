import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallbackCrypto } from './crypto.ts';
import { MAX_BODY_BYTES, openCallback, type CallbackRequest } from './receive.ts';
import { CallbackRefused, type RefusalReason } from './refused.ts';
import { forgeGet, forgePost, testCrypto, TEST_NOW } from './testing/forge.ts';
import { setA, setB, setC } from './testing/vectors.ts';

const XML =
  '<xml><ToUserName><![CDATA[wwsandbox0000000001]]></ToUserName><FromUserName><![CDATA[ada]]></FromUserName>' +
  '<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[请假]]></Content>' +
  '<MsgId>7300000000000000001</MsgId><AgentID>1000002</AgentID></xml>';
const settings = { crypto: testCrypto, now: TEST_NOW };
const open = (request: CallbackRequest) => openCallback(request, settings);

function refusal(run: () => unknown): CallbackRefused {
  try {
    run();
  } catch (error) {
    if (error instanceof CallbackRefused) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const reasonOf = (request: CallbackRequest): RefusalReason => refusal(() => open(request)).reason;

describe('openCallback: known vectors', () => {
  it.each([
    ['A1', setA.settings, setA.verification],
    ['B1', setB.settings, setB.verification],
  ])('%s: address verification', (_name, keys, v) => {
    const request = {
      method: 'GET',
      query:
        `msg_signature=${v.signature}&timestamp=${v.timestamp}&nonce=${v.nonce}` +
        `&echostr=${encodeURIComponent(v.encrypted)}`,
      body: null,
      contentType: null,
    };
    const opened = openCallback(request, {
      crypto: createCallbackCrypto(keys),
      now: Number(v.timestamp) * 1000,
    });
    expect(opened).toEqual({ kind: 'verify', echo: v.plaintext });
  });

  it('A1 in the encoding of the official sample, and with its plus signs unescaped', () => {
    const v = setA.verification;
    expect(v.urlEncoded).toBe(encodeURIComponent(v.encrypted));
    const own = { crypto: createCallbackCrypto(setA.settings), now: 1_409_659_589_000 };
    const query = `msg_signature=${v.signature}&timestamp=${v.timestamp}&nonce=${v.nonce}&echostr=${v.encrypted}`;
    const opened = openCallback({ method: 'GET', query, body: null, contentType: null }, own);
    expect(opened).toEqual({ kind: 'verify', echo: '1616140317555161061' });
  });

  it.each([
    ['A2', setA, { fromUser: 'mycreate', content: 'hello', msgId: '4561255354251345929', agentId: '218' }],
    ['B2', setB, { fromUser: 'ChenJiaShun', content: '你好', msgId: '1456453720', agentId: '1000002' }],
  ])('%s: message', (_name, set, fields) => {
    const v = set.message;
    const request = {
      method: 'POST',
      query: `msg_signature=${v.signature}&timestamp=${v.timestamp}&nonce=${v.nonce}`,
      body: Buffer.from(
        `<xml>\n<Encrypt><![CDATA[${v.encrypted}]]></Encrypt>\n<ToUserName>x</ToUserName></xml>`,
      ),
      contentType: null,
    };
    const crypto = createCallbackCrypto(set.settings);
    const opened = openCallback(request, { crypto, now: Number(v.timestamp) * 1000 });
    expect(opened).toMatchObject({
      kind: 'event',
      event: { kind: 'text', ...fields },
      receivedKey: `message:${fields.msgId}`,
    });
  });
});

describe('openCallback: accepted', () => {
  it('a message, with its decrypted text and its key', () => {
    expect(open(forgePost(XML))).toMatchObject({
      kind: 'event',
      event: { kind: 'text', content: '请假' },
      raw: XML,
      receivedKey: 'message:7300000000000000001',
    });
  });

  it.each([null, '', 'text/xml', 'application/xml; charset=UTF-8', 'TEXT/XML;charset="utf-8"', 'text/plain'])(
    'content type %s',
    (contentType) => {
      expect(open({ ...forgePost(XML), contentType })).toMatchObject({ kind: 'event' });
    },
  );

  it('parameters of the configured address itself', () => {
    const request = forgePost(XML);
    expect(open({ ...request, query: `college=hz&${request.query}&` })).toMatchObject({ kind: 'event' });
  });

  it('elements of the envelope in any order, and unknown ones', () => {
    const request = forgePost(XML);
    const body = `<xml><New>1</New><Encrypt>${request.encrypted}</Encrypt><AgentID/><ToUserName>x</ToUserName></xml>`;
    expect(open({ ...request, body: Buffer.from(body) })).toMatchObject({ kind: 'event' });
  });
});

describe('openCallback: time', () => {
  const at = (seconds: number) => forgePost(XML, { timestamp: String(1_700_000_000 + seconds) });

  it('five minutes both ways, no more', () => {
    for (const seconds of [-300, 300]) expect(open(at(seconds))).toMatchObject({ kind: 'event' });
    for (const seconds of [-301, 301, -86_400, 86_400]) expect(reasonOf(at(seconds))).toBe('timestamp');
    expect(reasonOf(forgeGet('1', { timestamp: '1700000301' }))).toBe('timestamp');
  });

  it('is a setting, and one that is no number refuses everything', () => {
    const late = () => openCallback(at(301), { ...settings, maxSkewMs: 301_000 });
    expect(late()).toMatchObject({ kind: 'event' });
    expect(refusal(() => openCallback(at(0), { ...settings, maxSkewMs: Number.NaN })).reason).toBe(
      'timestamp',
    );
  });

  it.each([
    '',
    'now',
    '1e9',
    '-1700000000',
    '17000000000',
    '170000000',
    '0700000000',
    '1700000000.0',
    '１７００００００００',
  ])('refuses the timestamp "%s"', (timestamp) => {
    expect(reasonOf(forgePost(XML, { timestamp }))).toBe('query');
  });
});

describe('openCallback: refused requests', () => {
  it.each(['PUT', 'DELETE', 'HEAD', 'OPTIONS', 'post', ''])('method "%s": 405', (method) => {
    expect(refusal(() => open({ ...forgePost(XML), method }))).toMatchObject({
      status: 405,
      reason: 'method',
    });
  });

  it('says the same nothing each time', () => {
    const message = refusal(() => open({ ...forgePost(XML), query: '' })).message;
    expect(message).toBe('callback refused');
    expect(refusal(() => open({ ...forgePost(XML), method: 'PUT' })).message).toBe(message);
  });

  it.each(['msg_signature', 'timestamp', 'nonce'])('a missing, empty or repeated %s: 400', (name) => {
    const request = forgePost(XML);
    const without = request.query.replace(new RegExp(`&?${name}=[^&]*`), '');
    const value = new URLSearchParams(request.query).get(name) ?? '';
    const queries = [
      without,
      `${without}&${name}=`,
      `${without}&${name}`,
      `${request.query}&${name}=${value}`,
      `${request.query}&${name}=x`,
      `${without}&${name}[]=${value}`,
      `${without}&${name}=${'9'.repeat(200)}`,
      `${without}&%${name}=${value}`,
      `${request.query}&${encodeURIComponent(name).replace('_', '%5F').replace('n', '%6E')}=x`,
    ];
    for (const query of queries)
      expect(refusal(() => open({ ...request, query }))).toMatchObject({ status: 400 });
  });

  it('queries that are too long, have too many parts or wrong escapes: 400', () => {
    const request = forgePost(XML);
    const many = Array.from({ length: 17 }, (_, i) => `p${i}=1`).join('&');
    for (const extra of [
      `x=${'x'.repeat(5000)}`,
      many,
      'x=%',
      'x=%ff',
      '__proto__=1&__proto__=2',
      'x=1&x=2',
    ]) {
      expect(reasonOf({ ...request, query: `${request.query}&${extra}` })).toBe('query');
    }
    expect(open({ ...request, query: `${request.query}&__proto__=1&constructor=2` })).toMatchObject({
      kind: 'event',
    });
  });

  it('a body of more than 128 KB: 413', () => {
    const body = Buffer.alloc(MAX_BODY_BYTES + 1, ' ');
    expect(refusal(() => open({ ...forgePost(XML), body }))).toMatchObject({ status: 413 });
  });

  it.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/xml; charset=gbk',
    'text/xml; charset=utf-16',
    'text/html',
  ])('content type %s: 415', (contentType) => {
    expect(refusal(() => open({ ...forgePost(XML), contentType }))).toMatchObject({ status: 415 });
  });
});

describe('openCallback: refused envelopes', () => {
  const request = forgePost(XML);
  const encrypt = `<Encrypt>${request.encrypted}</Encrypt>`;
  const utf8 = (text: string): Buffer => Buffer.from(text);

  it.each<[string, Uint8Array | null]>([
    ['no body', null],
    ['an empty body', Buffer.alloc(0)],
    ['no Encrypt', utf8('<xml><ToUserName>x</ToUserName></xml>')],
    ['two Encrypt', utf8(`<xml>${encrypt}${encrypt}</xml>`)],
    ['two ToUserName', utf8(`<xml>${encrypt}<ToUserName>x</ToUserName><ToUserName>x</ToUserName></xml>`)],
    ['two AgentID', utf8(`<xml>${encrypt}<AgentID>1</AgentID><AgentID>2</AgentID></xml>`)],
    ['elements inside Encrypt', utf8(`<xml><Encrypt><a>${request.encrypted}</a></Encrypt></xml>`)],
    ['Encrypt one level down', utf8(`<xml><a>${encrypt}</a></xml>`)],
    ['another root', utf8(`<html>${encrypt}</html>`)],
    ['JSON', utf8(JSON.stringify({ encrypt: request.encrypted }))],
    ['a document type', utf8(`<!DOCTYPE xml><xml>${encrypt}</xml>`)],
    [
      'an entity bomb',
      utf8(`<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml>${encrypt}<N>&b;</N></xml>`),
    ],
    ['an attribute of 100 KB', utf8(`<xml a="${'x'.repeat(100_000)}">${encrypt}</xml>`)],
    ['20,000 levels', utf8('<a>'.repeat(20_000))],
    ['__proto__', utf8(`<xml>${encrypt}<__proto__>x</__proto__></xml>`)],
    ['constructor', utf8(`<xml>${encrypt}<constructor><prototype/></constructor></xml>`)],
    ['text after the end', utf8(`<xml>${encrypt}</xml>x`)],
    ['half of it', request.body.subarray(0, request.body.length - 8)],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), request.body])],
    ['UTF-16', Buffer.from(request.body.toString(), 'utf16le')],
    [
      'GBK',
      Buffer.concat([utf8(`<xml>${encrypt}<N>`), Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), utf8('</N></xml>')]),
    ],
  ])('%s: 400', (_what, body) => {
    expect(refusal(() => open({ ...request, body }))).toMatchObject({ status: 400, reason: 'envelope' });
  });
});

describe('openCallback: refused contents', () => {
  it('a wrong signature: 403, before anything is decrypted', () => {
    const request = forgePost(XML);
    const flipped = `${request.encrypted[0] === 'A' ? 'B' : 'A'}${request.encrypted.slice(1)}`;
    const body = Buffer.from(request.body.toString().replace(request.encrypted, flipped));
    expect(refusal(() => open({ ...request, body }))).toMatchObject({ status: 403, reason: 'signature' });
    const other = createCallbackCrypto({ ...setC.settings, token: 'OtherToken' });
    expect(reasonOf(forgePost(XML, { crypto: other }))).toBe('signature');
    expect(reasonOf({ ...request, query: request.query.replace('884422', '884423') })).toBe('signature');
  });

  it("another corporation's receive id: 403", () => {
    const crypto = createCallbackCrypto({ ...setC.settings, receiveId: 'wwother' });
    expect(refusal(() => open(forgePost(XML, { crypto })))).toMatchObject({
      status: 403,
      reason: 'receive_id',
    });
    expect(reasonOf(forgeGet('1234', { crypto }))).toBe('receive_id');
  });

  it('signed ciphertext that is cut, badly padded, of another key or followed by garbage: 400', () => {
    const { encrypted } = forgePost(XML);
    const key = createCallbackCrypto({ ...setC.settings, encodingAesKey: 'x'.repeat(43) });
    const bad = [
      '',
      encrypted.slice(0, -4),
      encrypted.slice(0, 128),
      `${encrypted}AAAA`,
      `${encrypted}===`,
      encrypted.slice(0, 65).concat('=='),
      Buffer.alloc(64, 1).toString('base64'),
      key.encrypt(XML),
    ];
    for (const text of bad) {
      const request = forgePost(XML, { encrypted: text });
      expect(refusal(() => open(request))).toMatchObject({ status: 400, reason: 'ciphertext' });
    }
  });

  it.each([
    ['no XML', 'hello'],
    ['nothing', ''],
    ['a document type', `<!DOCTYPE xml>${XML}`],
    ['an external entity', XML.replace('<![CDATA[请假]]>', '&xxe;')],
    ['an attribute', XML.replace('<Content>', '<Content a="b">')],
    ['deep nesting', XML.replace('</xml>', `${'<a>'.repeat(20)}${'</a>'.repeat(20)}</xml>`)],
    ['a repeated element', XML.replace('</xml>', '<Content>x</Content></xml>')],
    ['__proto__', XML.replace('</xml>', '<__proto__>x</__proto__></xml>')],
    ['a byte order mark', `\uFEFF${XML}`],
    ['text after the end', `${XML}x`],
    ['a field missing', XML.replace(/<MsgId>.*<\/MsgId>/, '')],
  ])('%s inside: 400', (_what, xml) => {
    expect(refusal(() => open(forgePost(xml)))).toMatchObject({ status: 400, reason: 'content' });
  });

  it('a verification without echostr, or with one too long: 400', () => {
    expect(reasonOf({ ...forgePost(XML), method: 'GET', body: null })).toBe('query');
    expect(reasonOf(forgeGet('1'.repeat(1000)))).toBe('query');
  });

  it('a caught message sent back as a verification is not decrypted for the sender', () => {
    expect(reasonOf(forgeGet(XML.slice(0, 300)))).toBe('content');
    expect(reasonOf(forgeGet('<script>'))).toBe('content');
    expect(reasonOf(forgeGet(''))).toBe('content');
    expect(open(forgeGet('1616140317555161061'))).toEqual({ kind: 'verify', echo: '1616140317555161061' });
  });

  it('a verification sent as a message is no event', () => {
    expect(reasonOf(forgePost('1616140317555161061'))).toBe('content');
  });
});

describe('openCallback: mutated requests', () => {
  /** Replaces, inserts or removes a few bytes. */
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(3),
    put: fc.uint8Array({ maxLength: 3 }),
  });

  function mutated(bytes: Buffer, changes: readonly { at: number; drop: number; put: Uint8Array }[]): Buffer {
    return changes.reduce((now, change) => {
      const at = Math.floor(change.at * now.length);
      return Buffer.concat([now.subarray(0, at), change.put, now.subarray(at + change.drop)]);
    }, bytes);
  }

  const changes = fc.array(mutation, { minLength: 1, maxLength: 3 });
  const good = forgePost(XML);

  /** Runs it; anything but a CallbackRefused escapes and fails the property. */
  function outcome(request: CallbackRequest): 'refused' | 'opened' {
    try {
      open(request);
      return 'opened';
    } catch (error) {
      if (error instanceof CallbackRefused && error.status >= 400 && error.status < 500) return 'refused';
      throw error;
    }
  }

  it('body: refused, or the very message that was signed', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const request = { ...good, body: mutated(good.body, list) };
        if (outcome(request) === 'opened') expect(open(request)).toMatchObject({ raw: XML });
      }),
      { numRuns: 3000 },
    );
  });

  it('query: refused, or the very message that was signed', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const request = { ...good, query: mutated(Buffer.from(good.query), list).toString('latin1') };
        if (outcome(request) === 'opened') expect(open(request)).toMatchObject({ raw: XML });
      }),
      { numRuns: 3000 },
    );
  });

  it('signed content of any shape: refused or read', () => {
    const seen = { refused: 0, opened: 0 };
    fc.assert(
      fc.property(changes, (list) => {
        seen[outcome(forgePost(mutated(Buffer.from(XML), list).toString('utf8')))] += 1;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.refused, seen.opened)).toBeGreaterThan(0);
  });

  it('signed ciphertext of any shape: refused or read', () => {
    const seen = { refused: 0, opened: 0 };
    fc.assert(
      fc.property(changes, (list) => {
        const encrypted = mutated(Buffer.from(good.encrypted, 'base64'), list).toString('base64');
        seen[outcome(forgePost(XML, { encrypted }))] += 1;
      }),
      { numRuns: 2000 },
    );
    expect(seen.refused).toBeGreaterThan(seen.opened);
  });

  it('requests made of anything', () => {
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'X'),
      query: fc.oneof(fc.string(), fc.webQueryParameters()),
      body: fc.option(fc.uint8Array({ maxLength: 300 })),
      contentType: fc.option(fc.oneof(fc.string(), fc.constant('text/xml'))),
    });
    fc.assert(
      fc.property(request, (one) => {
        expect(outcome(one)).toBe('refused');
      }),
      { numRuns: 2000 },
    );
  });
});
