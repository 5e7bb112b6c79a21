import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AGENT,
  CORP,
  buttonCard,
  cardMessage,
  openKit,
  replyTo,
  sealReply,
  withPeople,
} from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';
import type { ChatMessage, MessageContent } from '../contract.ts';
import { child, textOf } from './xml.ts';
import type { XmlField } from './xml.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

type CardContent = Extract<MessageContent, { msgtype: 'template_card' }>;
const cardOf = (userid: string): ChatMessage & { content: CardContent } => {
  const found = kit.control
    .appMessages(userid)
    .findLast(({ content }) => content.msgtype === 'template_card');
  if (found?.content.msgtype !== 'template_card') throw new Error('no card');
  return found as ChatMessage & { content: CardContent };
};
const sendCard = async (touser: string, card = buttonCard('t1')): Promise<string> => {
  const { json } = await kit.call('message/send', { body: cardMessage(touser, card) });
  return String(json['response_code']);
};
const tap = (userid: string, key = 'approve', selections?: Record<string, string[]>) =>
  kit.control.tap(userid, { messageId: cardOf(userid).id, key, ...(selections && { selections }) });
const reply = (userid: string, fields: XmlField[]): void => {
  kit.app.respond = () => ({ reply: replyTo(userid, fields) });
};

describe('a text of a member', () => {
  it('arrives encrypted and signed, with a MsgId above 2^53 and the sandbox time', async () => {
    const result = await kit.control.say('zhang', '请假 ]]> <b>');
    expect(result).toMatchObject({ delivery: 'accepted', reply: 'none', openUrl: null });
    const [text] = kit.app.received;
    expect(text?.field('Content')).toBe('请假 ]]> <b>');
    expect(text?.field('FromUserName')).toBe('zhang');
    expect(text?.field('ToUserName')).toBe(CORP);
    expect(text?.field('AgentID')).toBe(String(AGENT));
    expect(BigInt(text?.field('MsgId') ?? 0) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(Math.abs(Number(text?.field('CreateTime')) - kit.clock.now() / 1000)).toBeLessThan(5);
    expect(Math.abs(Number(text?.query.get('timestamp')) - kit.clock.now() / 1000)).toBeLessThan(5);
  });

  it('is answered passively within the chat', async () => {
    reply('zhang', [
      ['MsgType', 'text'],
      ['Content', '你有 2 件待办'],
    ]);
    expect((await kit.control.say('zhang', '待办')).reply).toBe('text');
    const chat = kit.control.appMessages('zhang');
    expect(chat.map(({ from, content }) => [from, content.msgtype === 'text' && content.content])).toEqual([
      ['member', '待办'],
      ['app', '你有 2 件待办'],
    ]);
    expect(kit.control.member('zhang').unread).toBe(1);
  });

  it.each([
    [
      'another member',
      () => ({
        reply: replyTo('chen', [
          ['MsgType', 'text'],
          ['Content', 'x'],
        ]),
      }),
    ],
    ['no content', () => ({ reply: replyTo('zhang', [['MsgType', 'text']]) })],
    [
      'a card without a tap',
      () => ({
        reply: replyTo('zhang', [
          ['MsgType', 'update_button'],
          ['Button', [['ReplaceName', 'x']]],
        ]),
      }),
    ],
    [
      'a bad signature',
      () => ({
        raw: sealReply(
          replyTo('zhang', [
            ['MsgType', 'text'],
            ['Content', 'x'],
          ]),
          true,
        ),
      }),
    ],
    ['clear text', () => ({ raw: 'hello' })],
  ])('%s in the reply is ignored and told in the ledger', async (_what, respond) => {
    kit.app.respond = respond as () => { raw?: string; reply?: XmlField[] };
    expect(await kit.control.say('zhang', '待办')).toMatchObject({ delivery: 'accepted', reply: 'invalid' });
    expect(kit.control.appMessages('zhang')).toHaveLength(1);
    expect(kit.control.dump().ledger.at(-1)).toMatchObject({ kind: 'reply', state: 'failed' });
  });

  it('`success` counts as an empty answer', async () => {
    kit.app.respond = () => ({ raw: 'success' });
    expect((await kit.control.say('zhang', '待办')).reply).toBe('none');
  });
});

describe('tapping a card', () => {
  it('calls back with a fresh code each time, good for one update', async () => {
    const first = await sendCard('zhang|chen');
    await tap('zhang');
    await tap('zhang');
    const codes = kit.app.received.map((received) => received.field('ResponseCode'));
    expect(new Set([first, ...codes]).size).toBe(3);
    expect(kit.app.received[0]).toMatchObject({ event: 'template_card_event' });
    expect(kit.app.received[0]?.field('EventKey')).toBe('approve');
    expect(kit.app.received[0]?.field('TaskId')).toBe('t1');
    expect(kit.app.received[0]?.field('CardType')).toBe('button_interaction');
    for (const response_code of [first, ...codes]) {
      const body = { agentid: AGENT, userids: ['chen'], response_code, button: { replace_name: '已处理' } };
      expect((await kit.call('message/update_template_card', { body })).errcode).toBe(0);
      expect((await kit.call('message/update_template_card', { body })).errcode).toBe(60140);
    }
  });

  it('update_button greys the tapper’s card only', async () => {
    await sendCard('zhang|chen');
    reply('zhang', [
      ['MsgType', 'update_button'],
      ['Button', [['ReplaceName', '已同意']]],
    ]);
    expect((await tap('zhang')).reply).toBe('update_button');
    expect(cardOf('zhang').content.state).toMatchObject({ replacedBy: '已同意', updates: 1, pending: false });
    expect(cardOf('chen').content.state.replacedBy).toBeNull();
    await expect(tap('zhang')).rejects.toMatchObject({ status: 409, error: 'replaced' });
  });

  it('update_template_card puts a whole card in its place', async () => {
    await sendCard('zhang');
    const card: XmlField[] = [
      ['CardType', 'button_interaction'],
      ['MainTitle', [['Title', '张老师 申请年假']]],
      [
        'HorizontalContentList',
        [
          ['KeyName', '状态'],
          ['Value', '已同意'],
        ],
      ],
      [
        'HorizontalContentList',
        [
          ['KeyName', '下一步'],
          ['Value', '王处长'],
        ],
      ],
      [
        'ButtonList',
        [
          ['Text', '同意'],
          ['Style', 1],
          ['Key', 'approve'],
        ],
      ],
      ['ReplaceText', '已同意'],
    ];
    reply('zhang', [
      ['MsgType', 'update_template_card'],
      ['TemplateCard', card],
    ]);
    expect((await tap('zhang')).reply).toBe('update_template_card');
    const { content } = cardOf('zhang');
    expect(content.state.replacedBy).toBe('已同意');
    expect(content.card).toMatchObject({
      task_id: 't1',
      main_title: { title: '张老师 申请年假' },
      horizontal_content_list: [{ keyname: '状态' }, { keyname: '下一步', value: '王处长' }],
    });
  });

  it('a card against the rules is ignored', async () => {
    await sendCard('zhang');
    reply('zhang', [
      ['MsgType', 'update_template_card'],
      ['TemplateCard', [['CardType', 'button_interaction']]],
    ]);
    expect((await tap('zhang')).reply).toBe('invalid');
    expect(cardOf('zhang').content.card.main_title?.title).toContain('张老师');
  });

  it('hands in what was selected, else what was preselected', async () => {
    const button_selection = {
      question_key: 'level',
      title: '评价',
      option_list: [
        { id: 'good', text: '满意' },
        { id: 'bad', text: '不满意' },
      ],
      selected_id: 'good',
    };
    await sendCard('zhang', buttonCard('t1', { button_selection }));
    await tap('zhang');
    await tap('zhang', 'approve', { level: ['bad'] });
    const chosen = kit.app.received.map(({ node }) => {
      const item = child(child(node, 'SelectedItems') ?? {}, 'SelectedItem') ?? {};
      return [textOf(item, 'QuestionKey'), textOf(child(item, 'OptionIds') ?? {}, 'OptionId')];
    });
    expect(chosen).toEqual([
      ['level', 'good'],
      ['level', 'bad'],
    ]);
    await expect(tap('zhang', 'approve', { level: ['x'] })).rejects.toMatchObject({ status: 422 });
  });

  it('votes and selectors submit; several options arrive side by side', async () => {
    await sendCard('zhang', {
      card_type: 'vote_interaction',
      task_id: 'v1',
      main_title: { title: '哪天开会' },
      checkbox: {
        question_key: 'day',
        mode: 1,
        option_list: ['mon', 'tue', 'wed'].map((id) => ({ id, text: id, is_checked: false })),
      },
      submit_button: { key: 'submit' },
    });
    await tap('zhang', 'submit', { day: ['mon', 'wed'] });
    const [event] = kit.app.received;
    expect(event?.field('EventKey')).toBe('submit');
    expect(event?.xml).toContain(
      '<OptionIds><OptionId><![CDATA[mon]]></OptionId><OptionId><![CDATA[wed]]></OptionId></OptionIds>',
    );
  });

  it('an item of the corner menu is an event of its own, also on a grey card', async () => {
    const action_menu = { desc: '更多', action_list: [{ text: '不再提醒', key: 'mute' }] };
    await sendCard('zhang', buttonCard('t1', { action_menu }));
    reply('zhang', [
      ['MsgType', 'update_button'],
      ['Button', [['ReplaceName', '已同意']]],
    ]);
    await tap('zhang');
    kit.app.respond = () => ({});
    await tap('zhang', 'mute');
    expect(kit.app.received[1]).toMatchObject({ event: 'template_card_menu_event' });
    expect(kit.app.received[1]?.xml).not.toContain('SelectedItems');
  });

  it('url buttons and unknown keys do not call back', async () => {
    await sendCard('zhang');
    await expect(tap('zhang', 'nothing')).rejects.toMatchObject({ status: 422, error: 'no_key' });
    expect(kit.app.received).toEqual([]);
  });
});

describe('delivery', () => {
  it('retries three times, then gives up; the card stays', async () => {
    await sendCard('zhang');
    kit.app.respond = () => ({ status: 500 });
    expect(await tap('zhang')).toMatchObject({ delivery: 'no_answer', reply: 'none' });
    await kit.control.idle();
    expect(kit.app.received).toHaveLength(4);
    const ids = new Set(kit.app.received.map((received) => received.field('ResponseCode')));
    expect(ids.size).toBe(1);
    const entry = kit.control.dump().ledger.find(({ kind }) => kind === 'callback');
    expect(entry).toMatchObject({ state: 'failed', attempts: 4, nextAttemptAt: null });
    expect(cardOf('zhang').content.state).toMatchObject({ replacedBy: null, pending: false });
  });

  it('takes the reply of a later attempt', async () => {
    await sendCard('zhang');
    kit.app.respond = () =>
      kit.app.received.length === 1
        ? { delayMs: 500 }
        : {
            reply: replyTo('zhang', [
              ['MsgType', 'update_button'],
              ['Button', [['ReplaceName', '已同意']]],
            ]),
          };
    expect((await tap('zhang')).delivery).toBe('no_answer');
    await kit.control.idle();
    expect(kit.app.received).toHaveLength(2);
    expect(cardOf('zhang').content.state.replacedBy).toBe('已同意');
  });

  it('three deliveries of one tap are one tap', async () => {
    await sendCard('zhang');
    kit.control.addFault({ kind: 'duplicate_callbacks', calls: 1 });
    reply('zhang', [
      ['MsgType', 'update_button'],
      ['Button', [['ReplaceName', '已同意']]],
    ]);
    await tap('zhang');
    const codes = kit.app.received.map((received) => received.field('ResponseCode'));
    expect(codes).toHaveLength(3);
    expect(new Set(codes).size).toBe(1);
    expect(cardOf('zhang').content.state.taps).toHaveLength(1);
  });

  it('a late one comes later, a lost one never', async () => {
    kit.control.addFault({ kind: 'late_callbacks', ms: 30, calls: 1 });
    expect((await kit.control.say('zhang', '一')).delivery).toBe('queued');
    expect(kit.app.received).toEqual([]);
    await kit.control.idle();
    expect(kit.app.received).toHaveLength(1);
    kit.control.addFault({ kind: 'lost_callbacks', calls: 1 });
    expect((await kit.control.say('zhang', '二')).delivery).toBe('lost');
    await kit.control.idle();
    expect(kit.app.received).toHaveLength(1);
  });

  it('verifies an address before it is saved', async () => {
    expect(await kit.control.verifyCallbacks()).toMatchObject({ app: { ok: true }, contacts: { ok: true } });
    const before = kit.control.state().app.callback.url;
    const bad = await kit.control.adminCallback({ target: 'app', url: 'http://127.0.0.1:9/callback' });
    expect(bad).toMatchObject({ ok: false, status: null });
    expect(kit.control.state().app.callback.url).toBe(before);
    expect(await kit.control.adminCallback({ target: 'app', url: null })).toMatchObject({ ok: true });
    expect((await kit.control.say('zhang', '在吗')).delivery).toBe('off');
  });
});

describe('other events', () => {
  it('enter_agent and LOCATION follow the switches of agent/set', async () => {
    await kit.control.enter('zhang');
    await kit.call('agent/set', { body: { agentid: AGENT, isreportenter: 0, report_location_flag: 1 } });
    await kit.control.enter('zhang');
    await kit.control.idle();
    expect(kit.app.received.map(({ event }) => event)).toEqual(['enter_agent', 'LOCATION']);
  });

  it('click and view come from the menu; view also opens a page', async () => {
    const button = [
      { name: '待办', type: 'click', key: 'todo' },
      { name: '更多', sub_button: [{ name: '首页', type: 'view', url: 'http://localhost:8080/' }] },
    ];
    expect((await kit.call('menu/create', { query: { agentid: AGENT }, body: { button } })).errcode).toBe(0);
    reply('zhang', [
      ['MsgType', 'text'],
      ['Content', '没有待办'],
    ]);
    expect(await kit.control.menu('zhang', { index: 0 })).toMatchObject({ reply: 'text', openUrl: null });
    kit.app.respond = () => ({});
    const opened = await kit.control.menu('zhang', { index: 1, subIndex: 0 });
    expect(opened.openUrl).toBe('http://localhost:8080/');
    expect(kit.app.received.map((r) => [r.event, r.field('EventKey')])).toEqual([
      ['click', 'todo'],
      ['view', 'http://localhost:8080/'],
    ]);
    await expect(kit.control.menu('zhang', { index: 1 })).rejects.toMatchObject({ error: 'no_menu' });
  });

  it('subscribe when a member first acts, unsubscribe when he leaves the range', async () => {
    const body = { userid: 'new1', name: '新人', mobile: '13911110000', department: [2] };
    await kit.call('user/create', { as: 'contacts', body });
    await kit.control.say('new1', '你好');
    const told = () => kit.app.received.map((r) => `${r.event} ${r.field('FromUserName')}`.trim()).sort();
    await expect.poll(told).toEqual(['new1', 'subscribe new1']);
    kit.control.adminApp({ visible: { parties: [3] } });
    await expect.poll(told).toEqual(['new1', 'subscribe new1', 'unsubscribe new1', 'unsubscribe wanghr']);
  });

  it('images and places', async () => {
    await kit.control.message('zhang', { msgtype: 'image', filename: 'a.png', base64: 'aGVsbG8gd29ybGQ=' });
    await kit.control.message('zhang', {
      msgtype: 'location',
      label: '行政楼',
      latitude: 1.5,
      longitude: 2,
      scale: 16,
    });
    const mediaId = kit.app.received[0]?.field('MediaId') ?? '';
    const response = await kit.raw(
      `/cgi-bin/media/get?access_token=${await kit.token('app')}&media_id=${mediaId}`,
    );
    expect(await response.text()).toBe('hello world');
    expect(kit.app.received[1]?.field('Label')).toBe('行政楼');
    expect(kit.app.received[1]?.field('Location_X')).toBe('1.5');
  });

  it('a disabled member and one outside the range cannot act', async () => {
    await kit.call('user/update', { as: 'contacts', body: { userid: 'zhang', enable: 0 } });
    await expect(kit.control.say('zhang', 'x')).rejects.toMatchObject({ error: 'disabled' });
    kit.control.adminApp({ visible: { parties: [3] } });
    await expect(kit.control.say('wanghr', 'x')).rejects.toMatchObject({ error: 'out_of_scope' });
    await expect(kit.control.say('ghost', 'x')).rejects.toMatchObject({ status: 404 });
  });
});
