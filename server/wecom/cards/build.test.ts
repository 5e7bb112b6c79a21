import { describe, expect, it } from 'vitest';
import {
  CardFault,
  isTaskId,
  sendBody,
  updateBody,
  type ButtonCard,
  type CardContent,
  type CardSelection,
  type ChoiceCard,
  type NewsCard,
  type NoticeCard,
  type VoteCard,
  type WireCard,
} from './index.ts';

const url = 'https://example.test/o/1001';
const options = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `o${i}`, text: `项${i}` }));

const notice: NoticeCard = { cardType: 'text_notice', title: '你的年假已通过', actionUrl: url };
const news: NewsCard = { cardType: 'news_notice', title: '放假安排', image: { url }, actionUrl: url };
const button: ButtonCard = {
  cardType: 'button_interaction',
  taskId: 't1',
  title: '张老师 申请年假 3.5 个工作日',
  buttons: [{ text: '同意', key: 'approve' }],
};
const submit = { text: '提交', key: 'submit' };
const vote: VoteCard = {
  cardType: 'vote_interaction',
  taskId: 't1',
  title: '参加吗',
  questionKey: 'q',
  options: options(2),
  submit,
};
const selection: CardSelection = { questionKey: 'q', options: options(2) };
const choice: ChoiceCard = {
  cardType: 'multiple_interaction',
  taskId: 't1',
  title: '请选',
  selections: [selection],
  submit,
};

function faultOf(card: CardContent): string {
  try {
    sendBody(card);
    return 'none';
  } catch (error) {
    if (error instanceof CardFault) return error.field;
    throw error;
  }
}

describe('cards: bodies', () => {
  it('button_interaction with everything, as the example of page 90236', () => {
    const card: ButtonCard = {
      cardType: 'button_interaction',
      taskId: 'order-1001@v1',
      source: { desc: '学院办公', iconUrl: url, color: 'green' },
      title: '采购单 1001',
      desc: '申请人 Ben',
      subTitle: '第一行\n第二行',
      quote: { title: '引用', text: '原文', url },
      rows: [
        { label: '金额', value: '¥1,200' },
        { label: '申请人', value: 'Ben', userId: 'ben' },
        { label: '网页', value: '看', url },
        { label: '附件', value: '清单.xlsx', mediaId: 'M1' },
      ],
      selection: { questionKey: 'level', title: '优先级', options: options(2), selectedId: 'o1' },
      buttons: [
        { text: '同意', style: 1, key: 'approve' },
        { text: '详情', style: 3, url },
      ],
      menu: { desc: '更多', actions: [{ text: '静音', key: 'mute' }] },
      actionUrl: url,
    };
    expect(sendBody(card)).toStrictEqual({
      card_type: 'button_interaction',
      task_id: 'order-1001@v1',
      source: { icon_url: url, desc: '学院办公', desc_color: 3 },
      action_menu: { desc: '更多', action_list: [{ text: '静音', key: 'mute' }] },
      main_title: { title: '采购单 1001', desc: '申请人 Ben' },
      quote_area: { type: 1, url, title: '引用', quote_text: '原文' },
      sub_title_text: '第一行\n第二行',
      horizontal_content_list: [
        { keyname: '金额', value: '¥1,200' },
        { type: 3, keyname: '申请人', value: 'Ben', userid: 'ben' },
        { type: 1, keyname: '网页', value: '看', url },
        { type: 2, keyname: '附件', value: '清单.xlsx', media_id: 'M1' },
      ],
      card_action: { type: 1, url },
      button_selection: {
        question_key: 'level',
        title: '优先级',
        selected_id: 'o1',
        option_list: [
          { id: 'o0', text: '项0' },
          { id: 'o1', text: '项1' },
        ],
      },
      button_list: [
        { text: '同意', style: 1, key: 'approve' },
        { type: 1, text: '详情', style: 3, url },
      ],
    });
  });

  it('text_notice', () => {
    const card: NoticeCard = {
      ...notice,
      desc: '11-26 下午 至 12-01',
      emphasis: { title: '3.5', desc: '个工作日' },
      jumps: [{ title: '看详情', url }],
    };
    expect(sendBody(card)).toStrictEqual({
      card_type: 'text_notice',
      main_title: { title: '你的年假已通过', desc: '11-26 下午 至 12-01' },
      emphasis_content: { title: '3.5', desc: '个工作日' },
      jump_list: [{ type: 1, title: '看详情', url }],
      card_action: { type: 1, url },
    });
    const { title: _title, ...untitled } = notice;
    expect(sendBody({ ...untitled, subTitle: '正文' })).toStrictEqual({
      card_type: 'text_notice',
      sub_title_text: '正文',
      card_action: { type: 1, url },
    });
  });

  it('news_notice', () => {
    const card: NewsCard = {
      ...news,
      image: { url, aspectRatio: 1.5 },
      paragraphs: [{ title: '一', desc: '二' }],
    };
    expect(sendBody(card)).toStrictEqual({
      card_type: 'news_notice',
      main_title: { title: '放假安排' },
      card_image: { url, aspect_ratio: 1.5 },
      vertical_content_list: [{ title: '一', desc: '二' }],
      card_action: { type: 1, url },
    });
  });

  it('vote_interaction', () => {
    const checked = options(2).map((option, i) => ({ ...option, checked: i === 1 }));
    expect(
      sendBody({ ...vote, options: checked, several: true, source: { desc: '办', color: 'red' } }),
    ).toStrictEqual({
      card_type: 'vote_interaction',
      task_id: 't1',
      source: { desc: '办' },
      main_title: { title: '参加吗' },
      checkbox: {
        question_key: 'q',
        mode: 1,
        option_list: [
          { id: 'o0', text: '项0', is_checked: false },
          { id: 'o1', text: '项1', is_checked: true },
        ],
      },
      submit_button: { text: '提交', key: 'submit' },
    });
  });

  it('multiple_interaction', () => {
    expect(sendBody(choice)).toMatchObject({
      card_type: 'multiple_interaction',
      select_list: [{ question_key: 'q', option_list: [{ id: 'o0' }, { id: 'o1' }] }],
      submit_button: { text: '提交', key: 'submit' },
    });
  });
});

describe('cards: sent and updated', () => {
  it('an update has no task id but may have a replacing text and disabled choices', () => {
    const body = updateBody({
      ...button,
      selection: { ...selection, disabled: true },
      replaceText: '已同意',
    });
    expect(body).not.toHaveProperty('task_id');
    expect(body).toMatchObject({ replace_text: '已同意', button_selection: { disable: true } });
    expect(updateBody({ ...vote, disabled: true })).toMatchObject({ checkbox: { disable: true } });
    const updated = updateBody({ ...choice, selections: [{ ...selection, disabled: true }] });
    expect(updated).toMatchObject({ select_list: [{ disable: true }] });
  });

  it('a sent card has none of these', () => {
    const sent = JSON.stringify([
      sendBody({ ...button, selection: { ...selection, disabled: true }, replaceText: '已同意' }),
      sendBody({ ...vote, disabled: true, replaceText: '已同意' }),
      sendBody({ ...choice, selections: [{ ...selection, disabled: true }] }),
    ]);
    expect(sent).not.toMatch(/disable|replace_text/);
  });

  it('a card that calls back needs a task id, any task id must have the right form', () => {
    for (const card of [button, vote, choice]) {
      const { taskId: _taskId, ...without } = card;
      expect(faultOf(without)).toBe('taskId');
      expect(faultOf({ ...card, taskId: '任务 1' })).toBe('taskId');
    }
    expect(faultOf({ ...notice, menu: { actions: [{ text: '静音', key: 'm' }] } })).toBe('taskId');
    expect(faultOf({ ...notice, taskId: 'a b' })).toBe('taskId');
    expect(faultOf({ ...news, taskId: 'ok-1_@Z' })).toBe('none');
  });

  it.each([
    ['a', true],
    ['0189aZ_@-', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
    ['', false],
    ['a.b', false],
    ['a b', false],
    ['任务', false],
    ['a\n', false],
  ])('task id %j: %s', (value, good) => {
    expect(isTaskId(value)).toBe(good);
  });
});

describe('cards: shown lengths, in graphemes', () => {
  const at = (body: WireCard, path: string): unknown =>
    path
      .split('.')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);

  it.each<[string, number, string, (text: string) => CardContent]>([
    ['title', 36, 'main_title.title', (title) => ({ ...button, title })],
    ['desc', 44, 'main_title.desc', (desc) => ({ ...button, desc })],
    ['source', 20, 'source.desc', (desc) => ({ ...button, source: { desc } })],
    ['sub title', 160, 'sub_title_text', (subTitle) => ({ ...button, subTitle })],
    ['row label', 5, 'horizontal_content_list.0.keyname', (label) => ({ ...button, rows: [{ label }] })],
    [
      'row value',
      30,
      'horizontal_content_list.0.value',
      (value) => ({ ...button, rows: [{ label: 'a', value }] }),
    ],
    ['button', 10, 'button_list.0.text', (text) => ({ ...button, buttons: [{ text, key: 'k' }] })],
    [
      'menu entry',
      10,
      'action_menu.action_list.0.text',
      (text) => ({ ...button, menu: { actions: [{ text, key: 'k' }] } }),
    ],
    [
      'option',
      16,
      'button_selection.option_list.0.text',
      (text) => ({ ...button, selection: { questionKey: 'q', options: [{ id: '1', text }] } }),
    ],
    ['emphasis', 14, 'emphasis_content.title', (title) => ({ ...notice, emphasis: { title } })],
    ['emphasis text', 22, 'emphasis_content.desc', (desc) => ({ ...notice, emphasis: { title: 'a', desc } })],
    ['jump', 18, 'jump_list.0.title', (title) => ({ ...notice, jumps: [{ title, url }] })],
    ['paragraph', 38, 'vertical_content_list.0.title', (title) => ({ ...news, paragraphs: [{ title }] })],
    [
      'paragraph text',
      160,
      'vertical_content_list.0.desc',
      (desc) => ({ ...news, paragraphs: [{ title: 'a', desc }] }),
    ],
    ['vote title', 16, 'main_title.title', (title) => ({ ...vote, title })],
    ['vote text', 160, 'main_title.desc', (desc) => ({ ...vote, desc })],
    ['vote option', 17, 'checkbox.option_list.0.text', (text) => ({ ...vote, options: [{ id: '1', text }] })],
    ['choice title', 36, 'main_title.title', (title) => ({ ...choice, title })],
    ['choice text', 160, 'main_title.desc', (desc) => ({ ...choice, desc })],
    ['submit', 10, 'submit_button.text', (text) => ({ ...choice, submit: { text, key: 'k' } })],
  ])('%s: %i', (_what, max, path, card) => {
    for (const unit of ['中', '👩‍🏫']) {
      expect(at(sendBody(card(unit.repeat(max))), path)).toBe(unit.repeat(max));
      expect(at(sendBody(card(unit.repeat(max + 1))), path)).toBe(`${unit.repeat(max - 1)}…`);
    }
  });

  it('replacing text: 10', () => {
    expect(updateBody({ ...button, replaceText: '中'.repeat(11) }).replace_text).toBe(`${'中'.repeat(9)}…`);
  });

  it('lines are flattened, except in the sub title', () => {
    const body = sendBody({ ...button, title: ' a\n\tb\u0000 ', subTitle: 'a \r\n b\tc\u0007' });
    expect(body.main_title?.title).toBe('a b');
    expect(body.sub_title_text).toBe('a \n b c');
  });

  it('a file keeps its extension', () => {
    const rows = [{ label: '附件', value: `${'长'.repeat(40)}.xlsx`, mediaId: 'M' }];
    expect(sendBody({ ...button, rows }).horizontal_content_list?.[0]?.value).toBe(
      `${'长'.repeat(24)}….xlsx`,
    );
  });
});

describe('cards: longest lists', () => {
  const many = <T>(count: number, make: (i: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => make(i));

  it.each<
    [string, number, (body: WireCard) => readonly unknown[] | undefined, (count: number) => CardContent]
  >([
    [
      'rows',
      6,
      (b) => b.horizontal_content_list,
      (n) => ({ ...button, rows: many(n, () => ({ label: 'a' })) }),
    ],
    [
      'buttons',
      6,
      (b) => b.button_list,
      (n) => ({ ...button, buttons: many(n, (i) => ({ text: 'a', key: `k${i}` })) }),
    ],
    ['jumps', 3, (b) => b.jump_list, (n) => ({ ...notice, jumps: many(n, () => ({ title: 'a', url })) })],
    [
      'menu',
      3,
      (b) => b.action_menu?.action_list,
      (n) => ({ ...button, menu: { actions: many(n, (i) => ({ text: 'a', key: `k${i}` })) } }),
    ],
    [
      'paragraphs',
      4,
      (b) => b.vertical_content_list,
      (n) => ({ ...news, paragraphs: many(n, () => ({ title: 'a' })) }),
    ],
    [
      'options',
      10,
      (b) => b.button_selection?.option_list,
      (n) => ({ ...button, selection: { questionKey: 'q', options: options(n) } }),
    ],
    ['vote options', 20, (b) => b.checkbox?.option_list, (n) => ({ ...vote, options: options(n) })],
    [
      'selections',
      3,
      (b) => b.select_list,
      (n) => ({ ...choice, selections: many(n, (i) => ({ ...selection, questionKey: `q${i}` })) }),
    ],
  ])('%s: %i', (_what, max, list, card) => {
    expect(list(sendBody(card(max)))).toHaveLength(max);
    expect(list(sendBody(card(max + 1)))).toStrictEqual(list(sendBody(card(max))));
  });

  it('empty lists are left out', () => {
    const body = sendBody({ ...notice, rows: [], jumps: [] });
    expect(Object.keys(body).sort()).toEqual(['card_action', 'card_type', 'main_title']);
  });

  it('a preselected option that was cut off is not preselected', () => {
    const cut = sendBody({
      ...button,
      selection: { questionKey: 'q', options: options(11), selectedId: 'o10' },
    });
    expect(cut.button_selection).not.toHaveProperty('selected_id');
  });
});

describe('cards: keys, ids and addresses are never cut', () => {
  const fits = '中'.repeat(341);
  const tooLong = '中'.repeat(342);
  const longUrl = (length: number): string => `https://e.test/${'x'.repeat(length - 15)}`;

  it.each<[string, (value: string) => CardContent]>([
    ['buttons[0].key', (key) => ({ ...button, buttons: [{ text: 'a', key }] })],
    ['menu.actions[0].key', (key) => ({ ...button, menu: { actions: [{ text: 'a', key }] } })],
    ['selection.questionKey', (questionKey) => ({ ...button, selection: { ...selection, questionKey } })],
    ['questionKey', (questionKey) => ({ ...vote, questionKey })],
    [
      'selections[0].questionKey',
      (questionKey) => ({ ...choice, selections: [{ ...selection, questionKey }] }),
    ],
    ['submit.key', (key) => ({ ...vote, submit: { text: 'a', key } })],
  ])('%s: 1,024 bytes', (field, card) => {
    expect(faultOf(card(fits))).toBe('none');
    expect(faultOf(card(tooLong))).toBe(field);
    expect(faultOf(card(''))).toBe(field);
  });

  it.each<[string, (id: string) => CardContent]>([
    [
      'selection.options[0].id',
      (id) => ({ ...button, selection: { questionKey: 'q', options: [{ id, text: 'a' }] } }),
    ],
    ['options[0].id', (id) => ({ ...vote, options: [{ id, text: 'a' }] })],
  ])('%s: 128 bytes', (field, card) => {
    expect(faultOf(card('x'.repeat(128)))).toBe('none');
    expect(faultOf(card('x'.repeat(129)))).toBe(field);
    expect(faultOf(card('中'.repeat(43)))).toBe(field);
  });

  it.each<[string, (url: string) => CardContent]>([
    ['actionUrl', (actionUrl) => ({ ...notice, actionUrl })],
    ['actionUrl', (actionUrl) => ({ ...button, actionUrl })],
    ['jumps[0].url', (address) => ({ ...notice, jumps: [{ title: 'a', url: address }] })],
    ['rows[0].url', (address) => ({ ...button, rows: [{ label: 'a', url: address }] })],
    ['buttons[0].url', (address) => ({ ...button, buttons: [{ text: 'a', url: address }] })],
    ['image.url', (address) => ({ ...news, image: { url: address } })],
    ['source.iconUrl', (iconUrl) => ({ ...button, source: { iconUrl } })],
    ['quote.url', (address) => ({ ...button, quote: { url: address } })],
  ])('%s: 1,024 bytes with a scheme', (field, card) => {
    expect(faultOf(card(longUrl(1024)))).toBe('none');
    for (const wrong of [longUrl(1025), '', '/page', 'javascript:alert(1)', 'https://a b', 'https://']) {
      expect(faultOf(card(wrong))).toBe(field);
    }
  });

  it('userid: 64 bytes; media id not empty', () => {
    const row = (userId: string): CardContent => ({ ...button, rows: [{ label: 'a', userId }] });
    expect(faultOf(row('u'.repeat(64)))).toBe('none');
    expect(faultOf(row('u'.repeat(65)))).toBe('rows[0].userId');
    expect(faultOf({ ...button, rows: [{ label: 'a', value: 'f.txt', mediaId: '' }] })).toBe(
      'rows[0].mediaId',
    );
  });
});

describe('cards: what is missing or doubled', () => {
  const twice = [
    { text: 'a', key: 'k' },
    { text: 'b', key: 'k' },
  ];
  const sameId = [
    { id: '1', text: 'a' },
    { id: '1', text: 'b' },
  ];

  it.each<[string, CardContent]>([
    ['title', { ...button, title: ' \n' }],
    ['title', { ...notice, title: '' }],
    ['title', { ...news, title: '' }],
    ['rows[1].label', { ...button, rows: [{ label: 'a' }, { label: '' }] }],
    ['rows[0].value', { ...button, rows: [{ label: 'a', mediaId: 'M' }] }],
    ['buttons', { ...button, buttons: [] }],
    ['buttons[0].text', { ...button, buttons: [{ text: '', key: 'k' }] }],
    ['buttons[1].key', { ...button, buttons: twice }],
    [
      'buttons[2].key',
      {
        ...button,
        buttons: [
          { text: 'a', key: 'k' },
          { text: 'b', url },
          { text: 'c', key: 'k' },
        ],
      },
    ],
    ['menu.actions', { ...button, menu: { actions: [] } }],
    ['menu.actions[1].key', { ...button, menu: { actions: twice } }],
    ['selection.options', { ...button, selection: { questionKey: 'q', options: [] } }],
    ['selection.options[1].id', { ...button, selection: { questionKey: 'q', options: sameId } }],
    ['options', { ...vote, options: [] }],
    ['options[1].id', { ...vote, options: sameId }],
    ['selections', { ...choice, selections: [] }],
    ['selections[1].questionKey', { ...choice, selections: [selection, selection] }],
    ['emphasis.title', { ...notice, emphasis: { title: '' } }],
    ['jumps[0].title', { ...notice, jumps: [{ title: '', url }] }],
    ['paragraphs[0].title', { ...news, paragraphs: [{ title: '' }] }],
    ['image.aspectRatio', { ...news, image: { url, aspectRatio: 1.3 } }],
    ['image.aspectRatio', { ...news, image: { url, aspectRatio: 2.25 } }],
    ['image.aspectRatio', { ...news, image: { url, aspectRatio: Number.NaN } }],
    ['submit.text', { ...vote, submit: { text: '', key: 'k' } }],
  ])('%s', (field, card) => {
    expect(faultOf(card)).toBe(field);
  });

  it('a fault names the field, not what stood in it', () => {
    expect(() => sendBody({ ...button, taskId: '张三 的任务' })).toThrow(/^template card: taskId$/);
  });
});
