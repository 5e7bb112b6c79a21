import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CardFault, type ButtonCard } from '../cards/content.ts';
import { createCallbackCrypto } from './crypto.ts';
import { MAX_REPLY_TEXT_BYTES, passiveReply, replyXml, sealReply } from './reply.ts';
import { testCrypto } from './testing/forge.ts';
import { setC } from './testing/vectors.ts';
import { readXml, type XmlElement } from './xml.ts';

const address = { toUser: 'ada', corpId: 'wwsandbox0000000001', now: 1_700_000_000_999 };

const field = (root: XmlElement, name: string): string =>
  root.children.find((child) => child.name === name)?.text ?? 'absent';

/** What the member's 企业微信 would read. */
function received(body: string): XmlElement {
  const envelope = readXml(body);
  const [encrypted, signature] = [field(envelope, 'Encrypt'), field(envelope, 'MsgSignature')];
  const [timestamp, nonce] = [field(envelope, 'TimeStamp'), field(envelope, 'Nonce')];
  expect(testCrypto.verify(signature, timestamp, nonce, encrypted)).toBe(true);
  return readXml(testCrypto.decrypt(encrypted));
}

const contentOf = (content: string): string =>
  field(received(passiveReply(testCrypto, { kind: 'text', content }, address)), 'Content');

describe('passive replies: envelope', () => {
  it('C1: reproduces the known ciphertext and signature', () => {
    const xml = replyXml({ kind: 'text', content: '收到' }, address);
    expect(xml).toBe(setC.reply.plaintext);
    const { timestamp, nonce, random, encrypted, signature } = setC.reply;
    expect(sealReply(testCrypto, xml, { timestamp, nonce, random: Buffer.from(random) })).toBe(
      `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
        `<TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[884422]]></Nonce></xml>`,
    );
  });

  it('swaps sender and receiver, and signs with its own time and a fresh nonce', () => {
    const send = () => passiveReply(testCrypto, { kind: 'text', content: 'x' }, address);
    const read = received(send());
    expect([field(read, 'ToUserName'), field(read, 'FromUserName')]).toEqual(['ada', 'wwsandbox0000000001']);
    expect(field(readXml(send()), 'TimeStamp')).toBe('1700000000');
    expect(field(readXml(send()), 'Nonce')).not.toBe(field(readXml(send()), 'Nonce'));
  });

  it('is read only with the right key and receive id', () => {
    const encrypted = field(
      readXml(passiveReply(testCrypto, { kind: 'text', content: 'x' }, address)),
      'Encrypt',
    );
    const other = createCallbackCrypto({ ...setC.settings, receiveId: 'wwother' });
    expect(() => other.decrypt(encrypted)).toThrow('callback not decrypted');
  });
});

describe('passive replies: text', () => {
  it.each([']]>', ']]]]>>', '<![CDATA[x]]>', '</Content></xml>', '&lt;', 'a\nb', '😀'])(
    'carries %j whole',
    (text) => {
      expect(contentOf(text)).toBe(text);
    },
  );

  it('any text arrives, but for characters XML cannot carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (text) => {
        // Written as the complement, so that it is not a copy of the code under test.
        const kept = text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
        expect(contentOf(`.${text}`)).toBe(`.${kept}`.replaceAll(/\r\n?/g, '\n'));
      }),
      { numRuns: 500 },
    );
  });

  it('is cut to 2,048 bytes between code points', () => {
    expect(contentOf('a'.repeat(2048))).toHaveLength(2048);
    expect(contentOf('a'.repeat(2049))).toHaveLength(MAX_REPLY_TEXT_BYTES);
    expect(contentOf('中'.repeat(683))).toBe('中'.repeat(682));
    expect(contentOf(`a${'😀'.repeat(512)}`)).toBe(`a${'😀'.repeat(511)}`);
  });

  it('is never empty', () => {
    expect(() => contentOf('')).toThrow(CardFault);
  });
});

describe('passive replies: cards', () => {
  it('update_button', () => {
    const xml = replyXml({ kind: 'updateButton', replaceName: '已同意' }, address);
    expect(xml).toContain('<MsgType><![CDATA[update_button]]></MsgType>');
    expect(xml).toContain('<Button><ReplaceName><![CDATA[已同意]]></ReplaceName></Button></xml>');
    expect(() => replyXml({ kind: 'updateButton', replaceName: ' ' }, address)).toThrow(CardFault);
  });

  it('update_template_card, as the example of page 90241', () => {
    const card: ButtonCard = {
      cardType: 'button_interaction',
      taskId: 'order-1001@v1',
      title: '采购单 1001',
      rows: [{ label: '状态', value: '已同意' }],
      buttons: [{ text: '同意', style: 1, key: 'approve' }],
      replaceText: '已处理',
    };
    expect(replyXml({ kind: 'updateCard', card }, { ...address, now: 1_767_225_602_000 })).toBe(
      '<xml><ToUserName><![CDATA[ada]]></ToUserName><FromUserName><![CDATA[wwsandbox0000000001]]></FromUserName>' +
        '<CreateTime>1767225602</CreateTime><MsgType><![CDATA[update_template_card]]></MsgType>' +
        '<TemplateCard><CardType><![CDATA[button_interaction]]></CardType>' +
        '<MainTitle><Title><![CDATA[采购单 1001]]></Title></MainTitle>' +
        '<HorizontalContentList><KeyName><![CDATA[状态]]></KeyName><Value><![CDATA[已同意]]></Value></HorizontalContentList>' +
        '<ButtonList><Text><![CDATA[同意]]></Text><Style>1</Style><Key><![CDATA[approve]]></Key></ButtonList>' +
        '<ReplaceText><![CDATA[已处理]]></ReplaceText></TemplateCard></xml>',
    );
  });
});
