import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT, buttonCard, cardMessage, openKit, textMessage, withPeople } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';
import type { ChatMessage, TemplateCard } from '../contract.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

const send = (body: unknown) => kit.call('message/send', { body });
const advance = (ms: number) => kit.advance(ms);
const texts = (userid: string): string[] =>
  kit.control
    .appMessages(userid)
    .map(({ content }) => (content.msgtype === 'text' ? content.content : content.msgtype));

function cardOf(userid: string): { card: TemplateCard; replacedBy: string | null; message: ChatMessage } {
  const message = kit.control
    .appMessages(userid)
    .findLast(({ content }) => content.msgtype === 'template_card');
  if (message?.content.msgtype !== 'template_card') throw new Error('no card');
  return { card: message.content.card, replacedBy: message.content.state.replacedBy, message };
}

const HOUR = 3_600_000;

describe('message/send', () => {
  it('sends to the good ones, lists the bad ones lower-cased', async () => {
    const { json } = await send({ ...textMessage('Zhang | GHOST'), toparty: '2|99', totag: '7' });
    expect(json).toMatchObject({ errcode: 0, invaliduser: 'ghost', invalidparty: '99', invalidtag: '7' });
    expect(String(json['msgid']).length).toBeGreaterThan(20);
    expect([texts('zhang'), texts('wanghr'), texts('chen')]).toEqual([['你好'], ['你好'], []]);
  });

  it('@all reaches the visible range, once per person', async () => {
    kit.control.adminApp({ visible: { parties: [3] } });
    expect((await send({ ...textMessage('@all'), toparty: '2' })).json).not.toHaveProperty('invalidparty');
    expect([texts('zhang'), texts('chen'), texts('wanghr')]).toEqual([['你好'], ['你好'], []]);
    expect((await send(textMessage('wanghr'))).errcode).toBe(81013);
  });

  it('does not reach the disabled and the unlicensed', async () => {
    await kit.call('user/update', { as: 'contacts', body: { userid: 'zhang', enable: 0 } });
    kit.control.adminApp({ unlicensed: ['Chen'] });
    const { json } = await send(textMessage('zhang|chen|wanghr'));
    expect(json).toMatchObject({ errcode: 0, invaliduser: 'zhang', unlicenseduser: 'chen' });
  });

  it('cuts long texts at a character', async () => {
    await send(textMessage('zhang', '长'.repeat(700)));
    expect(texts('zhang')[0]).toBe('长'.repeat(682));
  });

  it('translates ids on request and leaves unknown ones', async () => {
    await send({
      ...textMessage('zhang', '$userName=Chen$ 在 $departmentName=3$，$userName=x$'),
      enable_id_trans: 1,
    });
    expect(texts('zhang')).toEqual(['陈主任 在 信息工程学院，$userName=x$']);
  });

  it('suppresses the same request within the interval, not after it', async () => {
    const body = { ...textMessage('zhang'), enable_duplicate_check: 1, duplicate_check_interval: 600 };
    const first = await send(body);
    const second = await send(body);
    expect(second.json).toMatchObject({ errcode: 0, msgid: first.json['msgid'] });
    expect(texts('zhang')).toHaveLength(1);
    expect(kit.control.dump().dropped[0]).toMatchObject({ userid: 'zhang', reason: 'duplicate' });
    advance(601_000);
    await send(body);
    expect(texts('zhang')).toHaveLength(2);
  });

  it('drops the 31st message of a minute without a word', async () => {
    for (let at = 0; at < 31; at += 1)
      expect((await send(textMessage('zhang', `第${at}条`))).errcode).toBe(0);
    expect(texts('zhang')).toHaveLength(30);
    expect(kit.control.state().counts.dropped).toBe(1);
    advance(61_000);
    await send(textMessage('zhang', '之后'));
    expect(texts('zhang').at(-1)).toBe('之后');
  });

  it('closes for the rest of the day at 200 times the ceiling', async () => {
    const small = await withPeople(await openKit({ seats: 3 }));
    const codes: number[] = [];
    for (let at = 0; at < 201; at += 1) {
      codes.push(
        (await small.call('message/send', { body: textMessage('zhang|chen|wanghr', `${at}`) })).errcode,
      );
    }
    expect(codes.slice(0, 200).every((code) => code === 0)).toBe(true);
    expect(codes[200]).toBe(45009);
    await small.close();
  });

  it('a card needs a callback address when it calls back', async () => {
    const bare = await withPeople(
      await openKit({
        app: {
          agentId: AGENT,
          secret: 'app-secret',
          name: '办公助手',
          callback: { url: null, token: 'x', aesKey: 'x'.repeat(43) },
          homeUrl: 'http://localhost:8080/',
          trustedDomain: 'localhost:8080',
        },
      }),
    );
    const refused = await bare.call('message/send', { body: cardMessage('zhang', buttonCard('t1')) });
    expect(refused.errcode).toBe(43012);
    const plain = {
      card_type: 'text_notice',
      main_title: { title: '甲' },
      card_action: { type: 1, url: 'http://a' },
    };
    const sent = await bare.call('message/send', { body: cardMessage('zhang', plain) });
    expect(sent.errcode).toBe(0);
    expect(sent.json).not.toHaveProperty('response_code');
    await bare.close();
  });

  it('a task_id is used once', async () => {
    expect((await send(cardMessage('zhang', buttonCard('t1')))).errcode).toBe(0);
    expect((await send(cardMessage('chen', buttonCard('t1')))).errcode).toBe(42014);
  });

  it('keeps only the parts the card type has, and falls back where the page says so', async () => {
    await send(
      cardMessage(
        'zhang',
        buttonCard('t1', {
          emphasis_content: { title: '不该在' },
          button_list: [{ text: '同意', style: 9, key: 'approve' }],
          button_selection: {
            question_key: 'q',
            option_list: [{ id: 'a', text: '甲' }],
            selected_id: 'nope',
          },
        }),
      ),
    );
    const { card } = cardOf('zhang');
    expect(card).not.toHaveProperty('emphasis_content');
    expect(card.button_list?.[0]?.style).toBe(1);
    expect(card.button_selection).not.toHaveProperty('selected_id');
  });

  it('counts person-times for get_statistics', async () => {
    await send(textMessage('zhang|chen'));
    const { json } = await kit.call('message/get_statistics', { body: { time_type: 0 } });
    expect(json['statistics']).toEqual([{ agentid: AGENT, app_name: '办公助手', count: 2 }]);
  });
});

describe('message/recall', () => {
  it('works for 24 hours, for everyone who got it', async () => {
    const { json } = await send(textMessage('zhang|chen'));
    advance(24 * HOUR - 10_000);
    expect((await kit.call('message/recall', { body: { msgid: json['msgid'] } })).errcode).toBe(0);
    expect(kit.control.appMessages('chen').map(({ recalled }) => recalled)).toEqual([true]);
    const later = await send(textMessage('zhang'));
    advance(24 * HOUR + 1);
    expect((await kit.call('message/recall', { body: { msgid: later.json['msgid'] } })).errcode).toBe(42052);
  });
});

describe('message/update_template_card', () => {
  const sendCard = async (touser = 'zhang|chen'): Promise<string> =>
    String(
      (await send(cardMessage(touser, buttonCard(`t-${Math.random().toString(36).slice(2)}`)))).json[
        'response_code'
      ],
    );
  const update = (body: Record<string, unknown>) =>
    kit.call('message/update_template_card', { body: { agentid: AGENT, ...body } });

  it('greys the button of the named ones only, once per code', async () => {
    const response_code = await sendCard();
    const change = {
      response_code,
      userids: ['CHEN', 'wanghr', 'ghost'],
      button: { replace_name: '已由他人同意' },
    };
    const { json } = await update(change);
    expect(json).toEqual({ errcode: 0, errmsg: 'ok', invaliduser: ['ghost', 'wanghr'] });
    expect([cardOf('chen').replacedBy, cardOf('zhang').replacedBy]).toEqual(['已由他人同意', null]);
    expect((await update(change)).errcode).toBe(60140);
  });

  it('replaces the card for all, keeping its task id', async () => {
    const response_code = await sendCard();
    const { card } = cardOf('zhang');
    const template_card = { ...buttonCard('ignored', { replace_text: '已同意' }), task_id: undefined };
    expect((await update({ response_code, atall: 1, template_card })).errcode).toBe(0);
    expect(cardOf('chen')).toMatchObject({ replacedBy: '已同意', card: { task_id: card.task_id } });
  });

  it('may turn it into another type', async () => {
    const response_code = await sendCard();
    const template_card = {
      card_type: 'text_notice',
      main_title: { title: '这件事已处理' },
      card_action: { type: 1, url: 'http://localhost:8080/' },
    };
    expect((await update({ response_code, userids: ['zhang'], template_card })).errcode).toBe(0);
    expect(cardOf('zhang').card.card_type).toBe('text_notice');
  });

  it('a failed call leaves the code usable', async () => {
    const response_code = await sendCard('zhang');
    const button = { replace_name: '已同意' };
    expect((await update({ response_code, button })).errcode).toBe(82101);
    expect((await update({ response_code, button, userids: ['chen'] })).errcode).toBe(82102);
    expect((await update({ response_code, button, userids: ['zhang'] })).errcode).toBe(0);
  });

  it('a code lives 72 hours', async () => {
    const response_code = await sendCard();
    advance(72 * HOUR);
    expect((await update({ response_code, atall: 1, button: { replace_name: 'x' } })).errcode).toBe(60140);
  });

  it('a notice with a menu is updatable as a card, not as a button', async () => {
    const card = {
      card_type: 'text_notice',
      task_id: 'n1',
      main_title: { title: '甲' },
      card_action: { type: 1, url: 'http://a.test' },
      action_menu: { desc: '更多', action_list: [{ text: '不再提醒', key: 'mute' }] },
    };
    const { json } = await send(cardMessage('zhang', card));
    const response_code = json['response_code'];
    expect((await update({ response_code, atall: 1, button: { replace_name: 'x' } })).errcode).toBe(40058);
    const template_card = { ...card, main_title: { title: '乙' } };
    expect((await update({ response_code, atall: 1, template_card })).errcode).toBe(0);
    expect(cardOf('zhang').card.main_title?.title).toBe('乙');
  });
});
