import { describe, expect, it } from 'vitest';
import { eventKey, parseEvent, type CallbackEvent } from './events.ts';
import { nativeChangeOf } from './approval-events.ts';
import { FieldFault } from './fields.ts';
import { readXml } from './xml.ts';

const ENVELOPE =
  '<ToUserName><![CDATA[wwsandbox0000000001]]></ToUserName><FromUserName><![CDATA[ada]]></FromUserName>' +
  '<CreateTime>1767225600</CreateTime>';
const SYS = ENVELOPE.replace('ada', 'sys');
const base = { fromUser: 'ada', createdAt: 1_767_225_600_000, agentId: '1000002' };
const AGENT = '<AgentID>1000002</AgentID>';
const hashed = expect.stringMatching(/^[0-9a-f]{64}$/);

const parse = (inner: string): CallbackEvent => parseEvent(readXml(`<xml>${inner}</xml>`));
const message = (type: string, inner: string, id = '7300000000000000001'): CallbackEvent =>
  parse(`${ENVELOPE}<MsgType><![CDATA[${type}]]></MsgType>${inner}<MsgId>${id}</MsgId>${AGENT}`);
const event = (name: string, inner = '', envelope = ENVELOPE): CallbackEvent =>
  parse(`${envelope}<MsgType>event</MsgType><Event><![CDATA[${name}]]></Event>${inner}`);

const selected = (key: string, ...options: string[]): string =>
  `<SelectedItem><QuestionKey>${key}</QuestionKey><OptionIds>` +
  `${options.map((one) => `<OptionId>${one}</OptionId>`).join('')}</OptionIds></SelectedItem>`;
const TAP =
  '<EventKey>approve</EventKey><TaskId>order-1001@v1</TaskId><CardType>button_interaction</CardType>' +
  `<ResponseCode>RC-abc</ResponseCode>${AGENT}`;
const tap = (items = '', fields = TAP): CallbackEvent =>
  event('template_card_event', fields + (items && `<SelectedItems>${items}</SelectedItems>`));

describe('events: messages', () => {
  it('text, with a MsgId above 2^53 and numbers in the text kept as they are', () => {
    const id = '18446744073709551615';
    const expected = { kind: 'text', ...base, msgId: id, content: '00731' };
    expect(message('text', '<Content>00731</Content>', id)).toEqual(expected);
  });

  it.each<[string, string, object]>([
    ['image', '<PicUrl>http://p/1</PicUrl><MediaId>M1</MediaId>', { picUrl: 'http://p/1', mediaId: 'M1' }],
    ['voice', '<MediaId>M1</MediaId><Format>amr</Format>', { mediaId: 'M1', format: 'amr' }],
    ['video', '<MediaId>M1</MediaId><ThumbMediaId>T1</ThumbMediaId>', { mediaId: 'M1', thumbMediaId: 'T1' }],
    [
      'location',
      '<Location_X>23.134</Location_X><Location_Y>113.358</Location_Y><Scale>20</Scale><Label>海州</Label>',
      { latitude: '23.134', longitude: '113.358', scale: '20', label: '海州' },
    ],
    [
      'link',
      '<Title>t</Title><Description>d</Description><Url>u</Url><PicUrl>p</PicUrl>',
      { title: 't', description: 'd', url: 'u', picUrl: 'p' },
    ],
  ])('%s', (kind, inner, fields) => {
    expect(message(kind, inner)).toEqual({ kind, ...base, msgId: '7300000000000000001', ...fields });
  });

  it('an unknown kind is kept whole', () => {
    const received = message('file', '<MediaId>M1</MediaId>');
    expect(received).toMatchObject({ kind: 'unknownEvent', name: 'message.file', contentHash: hashed });
    expect(received).toHaveProperty('content.name', 'xml');
  });
});

describe('events: cards', () => {
  it('a tap', () => {
    expect(tap()).toEqual({
      kind: 'cardTapped',
      ...base,
      contentHash: hashed,
      taskId: 'order-1001@v1',
      eventKey: 'approve',
      cardType: 'button_interaction',
      responseCode: 'RC-abc',
      selected: [],
    });
  });

  it('one or several SelectedItem and OptionId are lists', () => {
    expect(tap(selected('q1', 'o2'))).toMatchObject({ selected: [{ questionKey: 'q1', optionIds: ['o2'] }] });
    expect(tap(selected('q1', '1', '01') + selected('q2', 'x'))).toMatchObject({
      selected: [
        { questionKey: 'q1', optionIds: ['1', '01'] },
        { questionKey: 'q2', optionIds: ['x'] },
      ],
    });
    expect(tap(selected('q1'))).toMatchObject({ selected: [{ questionKey: 'q1', optionIds: [] }] });
  });

  it('the upper right menu', () => {
    const tapped = event('template_card_menu_event', TAP);
    expect(tapped).toMatchObject({ kind: 'cardMenuTapped', taskId: 'order-1001@v1', eventKey: 'approve' });
  });

  it('R27: a tap without task, key or response code is refused', () => {
    for (const name of ['TaskId', 'EventKey', 'ResponseCode']) {
      const without = TAP.replace(new RegExp(`<${name}>.*?</${name}>`), '');
      expect(() => tap('', without)).toThrow(FieldFault);
      expect(() => tap('', TAP.replace(new RegExp(`(<${name}>).*?<`), '$1<'))).toThrow(FieldFault);
    }
  });
});

describe('events: the app', () => {
  it('subscribe, unsubscribe, enter_agent', () => {
    expect(event('subscribe', AGENT)).toEqual({ kind: 'subscribe', ...base, contentHash: hashed });
    expect(event('unsubscribe', AGENT)).toMatchObject({ kind: 'unsubscribe', fromUser: 'ada' });
    expect(event('enter_agent', `<EventKey></EventKey>${AGENT}`)).toMatchObject({ kind: 'enterAgent' });
  });

  it('location, menu click and view', () => {
    const where = '<Latitude>23.1</Latitude><Longitude>113.3</Longitude><Precision>65.0</Precision>';
    expect(event('LOCATION', where + AGENT)).toMatchObject({ kind: 'locationReported', precision: '65.0' });
    expect(event('click', `<EventKey>todo</EventKey>${AGENT}`)).toMatchObject({
      kind: 'menuClick',
      eventKey: 'todo',
    });
    const view = `<EventKey><![CDATA[https://x.test/?a=1&b=2]]></EventKey>${AGENT}`;
    expect(event('view', view)).toMatchObject({ kind: 'menuView', eventKey: 'https://x.test/?a=1&b=2' });
  });

  it('a finished directory job', () => {
    const job = '<JobId>J01</JobId><JobType>sync_user</JobType><ErrCode>0</ErrCode><ErrMsg>ok</ErrMsg>';
    expect(event('batch_job_result', `<BatchJob>${job}</BatchJob>`)).toMatchObject({
      kind: 'batchJobFinished',
      agentId: null,
      jobId: 'J01',
      errCode: 0,
    });
    const wrong = job.replace('>0<', '>0x1F<');
    expect(() => event('batch_job_result', `<BatchJob>${wrong}</BatchJob>`)).toThrow(FieldFault);
  });

  it('approvals of 企业微信 keep what they carry', () => {
    const info =
      '<ApprovalInfo><ThirdNo>0001</ThirdNo><ApprovalNodes><ApprovalNode/></ApprovalNodes></ApprovalInfo>';
    expect(event('open_approval_change', info, SYS)).toMatchObject({
      kind: 'approvalChanged',
      name: 'open_approval_change',
      info: { children: [{ name: 'ThirdNo', text: '0001' }, { name: 'ApprovalNodes' }] },
    });
    expect(() => event('sys_approval_change', '', SYS)).toThrow(FieldFault);
  });

  it('D10 of 企业微信’s own approvals says which form and what happened, by the exact number', () => {
    const told = (info: string) => {
      const read = event('sys_approval_change', `<ApprovalInfo>${info}</ApprovalInfo>`, SYS);
      if (read.kind !== 'approvalChanged') throw new Error(read.kind);
      return nativeChangeOf(read);
    };
    const rest =
      '<SpStatus>1</SpStatus><TemplateId>T1</TemplateId><StatuChangeEvent>2</StatuChangeEvent>' +
      '<SpRecord><Details><Approver><UserId>a</UserId></Approver></Details></SpRecord>';
    const both = '<SpNo>202603050007999999</SpNo><SpNoStr>202603050007123456</SpNoStr>';
    const change = { status: 1, templateId: 'T1', change: 2 };
    expect(told(both + rest)).toEqual({ number: '202603050007123456', ...change });
    expect(told(`<SpNo>202603050007</SpNo>${rest}`)).toEqual({ number: '202603050007', ...change });
    for (const wrong of [
      rest,
      `<SpNoStr>../1</SpNoStr>${rest}`,
      `<SpNoStr>1</SpNoStr><SpStatus>x</SpStatus>`,
    ])
      expect(() => told(wrong)).toThrow(FieldFault);
    const own = event('open_approval_change', '<ApprovalInfo><ThirdNo>1</ThirdNo></ApprovalInfo>', SYS);
    expect(own.kind === 'approvalChanged' && nativeChangeOf(own)).toBeNull();
  });

  it('anything else is kept whole under its name', () => {
    const known = event('inactive_alert', `<EffectTime>0123</EffectTime>${AGENT}`, SYS);
    expect(known).toMatchObject({ kind: 'unknownEvent', name: 'inactive_alert', fromUser: 'sys' });
    const repeated = '<AuthAddOpenKfId>a</AuthAddOpenKfId><AuthAddOpenKfId>b</AuthAddOpenKfId>';
    expect(event('kf_account_auth_change', repeated)).toMatchObject({ name: 'kf_account_auth_change' });
  });
});

describe('events: contacts', () => {
  const change = (type: string, inner: string): CallbackEvent =>
    event('change_contact', `<ChangeType>${type}</ChangeType>${inner}`, SYS);

  it('members, ids only', () => {
    const inner =
      '<UserID>00731</UserID><Name>张老师</Name><Mobile>13800000000</Mobile><Department>1,02, 3</Department>';
    expect(change('create_user', inner)).toEqual({
      kind: 'contactChanged',
      fromUser: 'sys',
      createdAt: base.createdAt,
      agentId: null,
      contentHash: hashed,
      change: 'create_user',
      userId: '00731',
      newUserId: null,
      departmentIds: ['1', '02', '3'],
    });
    expect(change('update_user', '<UserID>a</UserID><NewUserID>b</NewUserID>')).toMatchObject({
      newUserId: 'b',
      departmentIds: null,
    });
    expect(change('delete_user', '<UserID>a</UserID>')).toMatchObject({ change: 'delete_user', userId: 'a' });
  });

  it('departments', () => {
    const inner = '<Id>02</Id><ParentId>1</ParentId>';
    expect(change('create_party', inner)).toMatchObject({ departmentId: '02', parentId: '1' });
    expect(change('update_party', '<Id>2</Id>')).toMatchObject({ departmentId: '2', parentId: null });
    expect(change('delete_party', '<Id>2</Id>')).toMatchObject({ change: 'delete_party' });
  });

  it('tags, with lists absent or empty', () => {
    const inner = '<TagId>1</TagId><AddUserItems>a,b</AddUserItems><DelUserItems></DelUserItems>';
    expect(change('update_tag', inner)).toMatchObject({
      tagId: '1',
      addedUserIds: ['a', 'b'],
      removedUserIds: [],
      addedDepartmentIds: [],
      removedDepartmentIds: [],
    });
  });

  it('a change of a new kind', () => {
    expect(change('rename_tag', '')).toMatchObject({
      kind: 'unknownEvent',
      name: 'change_contact.rename_tag',
    });
  });
});

describe('events: what is refused', () => {
  const text = `${ENVELOPE}<MsgType>text</MsgType><Content>x</Content><MsgId>1</MsgId>`;

  it.each<[string, string]>([
    ['no MsgType', ENVELOPE],
    ['an empty event name', `${ENVELOPE}<MsgType>event</MsgType><Event/>`],
    ['a text as root content', 'hello'],
    ['no CreateTime', text.replace('<CreateTime>1767225600</CreateTime>', '')],
    ['a CreateTime that is no number', text.replace('1767225600', '1e9')],
    ['a negative CreateTime', text.replace('1767225600', '-1')],
    ['no sender', text.replace('<![CDATA[ada]]>', '')],
    ['a sender with spaces', text.replace('[ada]', '[a b]')],
    ['a message without MsgId', text.replace('<MsgId>1</MsgId>', '')],
    ['a MsgId that is no number', text.replace('<MsgId>1<', '<MsgId>0x1<')],
    ['a scalar with elements inside', text.replace('<Content>x<', '<Content><b/><')],
    ['a repeated scalar', `${text}<Content>y</Content>`],
    ['a repeated sender', `${text}<FromUserName>eve</FromUserName>`],
    ['a repeated unknown element', `${text}<New>1</New><New>2</New>`],
    [
      'a key beyond 1,024 characters',
      `${text.replace('text', 'image')}<MediaId>${'x'.repeat(1025)}</MediaId>`,
    ],
  ])('%s', (_what, inner) => {
    expect(() => parse(inner)).toThrow(FieldFault);
  });

  it('another root', () => {
    expect(() => parseEvent(readXml(`<html>${text}</html>`))).toThrow(FieldFault);
  });

  it('repeats inside a tap', () => {
    expect(() => tap('', `${TAP}<TaskId>other</TaskId>`)).toThrow(FieldFault);
    expect(() => tap(selected('q1', 'a') + selected('q1', 'b'))).toThrow(FieldFault);
    const twoKeys = selected('q1', 'a').replace('<OptionIds>', '<QuestionKey>q2</QuestionKey><OptionIds>');
    expect(() => tap(twoKeys)).toThrow(FieldFault);
    expect(() => tap('text instead of items')).toThrow(FieldFault);
  });
});

describe('R26: event keys', () => {
  it('messages by MsgId, whatever else they say', () => {
    expect(eventKey(message('text', '<Content>a</Content>', '42'))).toBe('message:42');
    expect(eventKey(message('text', '<Content>b</Content>', '42'))).toBe('message:42');
    expect(eventKey(message('text', '<Content>a</Content>', '43'))).not.toBe('message:42');
  });

  it('two cards of one person in one second are two events', () => {
    const keys = [
      tap(),
      tap('', TAP.replace('order-1001', 'order-1002')),
      tap('', TAP.replace('approve', 'reject')),
      tap('', TAP.replace('RC-abc', 'RC-abd')),
      tap(selected('q1', 'o1')),
      tap(selected('q1', 'o2')),
      tap(selected('q1', 'o1', 'o2')),
      tap(selected('q1', 'o2', 'o1')),
    ].map(eventKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toMatch(/^event:[0-9a-f]{64}$/);
  });

  it('two members changed by sys in one second are two events, D10', () => {
    const keys = ['a', 'b'].map((userId) =>
      eventKey(
        event('change_contact', `<ChangeType>delete_user</ChangeType><UserID>${userId}</UserID>`, SYS),
      ),
    );
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('elements this version does not know count too', () => {
    expect(eventKey(tap('', `${TAP}<New>1</New>`))).not.toBe(eventKey(tap('', `${TAP}<New>2</New>`)));
  });

  it('one event written in two ways is one', () => {
    const plain = eventKey(tap(selected('q1', 'o1', 'o2')));
    const rewritten = TAP.replace('approve', '\n <![CDATA[approve]]> ').replace('RC-abc', 'RC-&#97;bc');
    expect(eventKey(tap(selected('q1', 'o1', 'o2'), rewritten))).toBe(plain);
    const moved = TAP.replace(AGENT, '') + AGENT;
    const reordered = AGENT + moved.replace(AGENT, '');
    expect(eventKey(tap(selected('q1', 'o1', 'o2'), reordered))).toBe(plain);
  });

  it('content cannot move from one element to its neighbour unseen', () => {
    const first = event('click', '<EventKey>ab</EventKey><New>c</New>');
    const second = event('click', '<EventKey>a</EventKey><New>bc</New>');
    expect(eventKey(first)).not.toBe(eventKey(second));
  });
});
