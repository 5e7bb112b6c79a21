import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENT, buttonCard, cardMessage, openKit, textMessage, withPeople } from '../test-kit.ts';
import type { CallInput, Kit } from '../test-kit.ts';

/** Endpoint, bad input → errcode. Nothing here may change anything, so one sandbox serves all rows. */

let kit: Kit;
beforeAll(async () => {
  kit = await withPeople(await openKit({ rateLimits: false }));
});
afterAll(async () => await kit.close());

const long = (length: number): string => '长'.repeat(length);
const person = (more: Record<string, unknown>) => ({
  userid: 'n1',
  name: '新人',
  mobile: '13911110000',
  ...more,
});
const card = (more: Record<string, unknown>) => cardMessage('zhang', buttonCard('t-x', more));
const notice = (more: Record<string, unknown>) =>
  cardMessage('zhang', {
    card_type: 'text_notice',
    main_title: { title: '今天有 7 件待办' },
    card_action: { type: 1, url: 'http://localhost:8080/' },
    ...more,
  });
const picture = (more: Record<string, unknown>) =>
  notice({ card_type: 'news_notice', card_image: { url: 'http://localhost:8080/a.png' }, ...more });
const vote = (more: Record<string, unknown>) =>
  cardMessage('zhang', {
    card_type: 'vote_interaction',
    task_id: 't-v',
    main_title: { title: '选一个' },
    checkbox: { question_key: 'q', option_list: [{ id: 'a', text: '甲', is_checked: false }] },
    submit_button: { key: 'go' },
    ...more,
  });
const multiple = (more: Record<string, unknown>) =>
  cardMessage('zhang', {
    card_type: 'multiple_interaction',
    task_id: 't-m',
    main_title: { title: '选一个' },
    select_list: [{ question_key: 'q', option_list: [{ id: 'a', text: '甲' }] }],
    submit_button: { key: 'go' },
    ...more,
  });
const option = (id: string) => ({ id, text: id });
const many = (count: number, make: (at: number) => unknown) =>
  Array.from({ length: count }, (_, at) => make(at));
const update = (more: Record<string, unknown>) => ({
  agentid: AGENT,
  userids: ['zhang'],
  response_code: 'none',
  button: { replace_name: '已同意' },
  ...more,
});

type Row = [name: string, what: string, input: CallInput, errcode: number];
const post = (name: string, what: string, body: unknown, errcode: number): Row => [
  name,
  what,
  { body },
  errcode,
];
const write = (name: string, what: string, body: unknown, errcode: number): Row => [
  name,
  what,
  { body, as: 'contacts' },
  errcode,
];
const get = (name: string, what: string, query: Record<string, string | number>, errcode: number): Row => [
  name,
  what,
  { query },
  errcode,
];
const erase = (name: string, what: string, query: Record<string, string>, errcode: number): Row => [
  name,
  what,
  { query, as: 'contacts' },
  errcode,
];

const directory: Row[] = [
  write('user/create', 'no userid', { name: '甲' }, 41009),
  write('user/create', 'userid with a blank', person({ userid: 'a b' }), 40003),
  write('user/create', 'userid starting with _', person({ userid: '_a' }), 40003),
  write('user/create', 'userid of 65', person({ userid: 'a'.repeat(65) }), 40003),
  write('user/create', 'userid in other case', person({ userid: 'ZHANG' }), 60102),
  write('user/create', 'no name', person({ name: '' }), 60112),
  write('user/create', 'name of 65', person({ name: long(65) }), 60112),
  write('user/create', 'neither mobile nor email', person({ mobile: '' }), 60129),
  write('user/create', 'mobile with letters', person({ mobile: '139abc' }), 60103),
  write('user/create', 'mobile of another, with +86', person({ mobile: '+86 139 0000 0001' }), 60104),
  write('user/create', 'bad email', person({ email: 'x@' }), 60105),
  write('user/create', 'email of 65 bytes', person({ email: `${'a'.repeat(60)}@b.cn` }), 60105),
  write('user/create', '101 departments', person({ department: many(101, (at) => at + 1) }), 60110),
  write('user/create', 'leaders do not match', person({ department: [2, 3], is_leader_in_dept: [1] }), 60132),
  write('user/create', 'order does not match', person({ department: [2, 3], order: [1] }), 40058),
  write('user/create', 'telephone with letters', person({ telephone: 'abc' }), 40058),
  write('user/create', 'position of 129', person({ position: long(129) }), 40058),
  write('user/create', 'two direct leaders', person({ direct_leader: ['zhang', 'chen'] }), 40058),
  write('user/create', 'unknown leader', person({ direct_leader: ['ghost'] }), 60111),
  write(
    'user/create',
    'wrong attribute type',
    person({ extattr: { attrs: [{ type: 7, name: '工号' }] } }),
    60150,
  ),
  write('user/update', 'unknown', { userid: 'ghost', name: '甲' }, 60111),
  write('user/update', 'new_userid', { userid: 'zhang', new_userid: 'zhang2' }, 301036),
  write('user/update', 'mobile taken', { userid: 'zhang', email: 'bad' }, 60105),
  write('user/batchdelete', 'empty', { useridlist: [] }, 40031),
  write('user/batchdelete', '201', { useridlist: many(201, (at) => `u${at}`) }, 40032),
  write('user/list_id', 'limit 0', { limit: 0 }, 40058),
  write('user/list_id', 'limit 10001', { limit: 10_001 }, 40058),
  erase('user/delete', 'unknown', { userid: 'ghost' }, 60111),
  erase('user/delete', 'no userid', {}, 41009),
  get('user/get', 'no userid', {}, 41009),
  get('user/get', 'unknown', { userid: 'ghost' }, 60111),
  get('user/simplelist', 'unknown department', { department_id: 99 }, 60003),
  get('user/simplelist', 'no department', {}, 60123),
  write('department/create', 'no name', { parentid: 1 }, 60001),
  write('department/create', 'name of 65', { name: long(65), parentid: 1 }, 60001),
  write('department/create', 'colon', { name: '人:事', parentid: 1 }, 60009),
  write('department/create', 'no parent', { name: '甲' }, 60004),
  write('department/create', 'unknown parent', { name: '甲', parentid: 99 }, 60004),
  write('department/create', 'name of a sibling', { name: '人事处', parentid: 1 }, 60008),
  write('department/create', 'id taken', { name: '甲', parentid: 1, id: 2 }, 60008),
  write('department/create', 'id 1', { name: '甲', parentid: 1, id: 1 }, 60123),
  write('department/create', 'order too large', { name: '甲', parentid: 1, order: 2 ** 32 }, 40058),
  write('department/update', 'unknown', { id: 99, name: '甲' }, 60003),
  write('department/update', 'into its own subtree', { id: 3, parentid: 4 }, 60010),
  write('department/update', 'moving the root', { id: 1, parentid: 2 }, 60010),
  write('department/update', 'name of a sibling', { id: 3, name: '人事处' }, 60008),
  erase('department/delete', 'root', { id: '1' }, 60007),
  erase('department/delete', 'with members', { id: '2' }, 60005),
  erase('department/delete', 'with sub-departments', { id: '3' }, 60006),
  erase('department/delete', 'unknown', { id: '99' }, 60003),
  post('tag/create', 'no name', {}, 41018),
  post('tag/create', 'name of 33', { tagname: long(33) }, 40072),
  post('tag/addtagusers', 'unknown tag', { tagid: 5, userlist: ['zhang'] }, 40068),
  post('tag/addtagusers', 'no tag', { userlist: ['zhang'] }, 41017),
  post('batch/invite', 'nobody', {}, 82001),
  post('user/getuserid', 'unknown number', { mobile: '13812345678' }, 46004),
  post('user/convert_to_userid', 'unknown openid', { openid: 'o1' }, 40073),
];

const messages: Row[] = [
  ['message/send', 'GET', {}, 40058],
  ['message/send', 'broken JSON', { rawBody: '{"touser":' }, 40058],
  post('message/send', 'no agentid', { ...textMessage('zhang'), agentid: undefined }, 41011),
  post('message/send', 'agentid 0', { ...textMessage('zhang'), agentid: 0 }, 40056),
  post('message/send', 'agentid of another app', { ...textMessage('zhang'), agentid: 1000009 }, 301002),
  post('message/send', 'unknown msgtype', { ...textMessage('zhang'), msgtype: 'hologram' }, 40008),
  post('message/send', 'markdown_v2', { ...textMessage('zhang'), msgtype: 'markdown_v2' }, 40008),
  post(
    'message/send',
    'mini program notice',
    { ...textMessage('zhang'), msgtype: 'miniprogram_notice' },
    48002,
  ),
  post('message/send', 'empty text', textMessage('zhang', ''), 44004),
  post('message/send', 'nobody', textMessage(''), 82001),
  post('message/send', 'all unknown', textMessage('ghost|phantom'), 81013),
  post('message/send', '1001 members', textMessage(many(1001, (at) => `u${at}`).join('|')), 40032),
  post(
    'message/send',
    '101 departments',
    { ...textMessage(''), toparty: many(101, String).join('|') },
    82002,
  ),
  post('message/send', '101 tags', { ...textMessage(''), totag: many(101, String).join('|') }, 82003),
  post(
    'message/send',
    'textcard without url',
    {
      ...textMessage('zhang'),
      msgtype: 'textcard',
      textcard: { title: '题', description: '文' },
    },
    41010,
  ),
  post(
    'message/send',
    'textcard without title',
    {
      ...textMessage('zhang'),
      msgtype: 'textcard',
      textcard: { description: '文', url: 'http://a.test' },
    },
    41016,
  ),
  post(
    'message/send',
    'textcard without description',
    {
      ...textMessage('zhang'),
      msgtype: 'textcard',
      textcard: { title: '题', url: 'http://a.test' },
    },
    41033,
  ),
  post(
    'message/send',
    'textcard url without scheme',
    {
      ...textMessage('zhang'),
      msgtype: 'textcard',
      textcard: { title: '题', description: '文', url: 'a.test' },
    },
    45034,
  ),
  post(
    'message/send',
    'textcard url of 2049 bytes',
    {
      ...textMessage('zhang'),
      msgtype: 'textcard',
      textcard: { title: '题', description: '文', url: `http://a.test/${'x'.repeat(2040)}` },
    },
    40039,
  ),
  post(
    'message/send',
    'nine articles',
    {
      ...textMessage('zhang'),
      msgtype: 'news',
      news: { articles: many(9, () => ({ title: '题', url: 'http://a.test' })) },
    },
    45008,
  ),
  post(
    'message/send',
    'confidential news',
    {
      ...textMessage('zhang'),
      msgtype: 'news',
      safe: 1,
      news: { articles: [{ title: '题', url: 'http://a.test' }] },
    },
    40074,
  ),
  post(
    'message/send',
    'unknown media',
    { ...textMessage('zhang'), msgtype: 'file', file: { media_id: 'x' } },
    40007,
  ),
  post(
    'message/send',
    'markdown of 2049 bytes',
    {
      ...textMessage('zhang'),
      msgtype: 'markdown',
      markdown: { content: 'x'.repeat(2049) },
    },
    40058,
  ),
  post('message/recall', 'unknown msgid', { msgid: 'x' }, 40058),
];

const cards: Row[] = [
  post('message/send', 'unknown card_type', card({ card_type: 'poster' }), 42031),
  post('message/send', 'no task_id', card({ task_id: undefined }), 42014),
  post('message/send', 'task_id with a blank', card({ task_id: 'a b' }), 42014),
  post('message/send', 'task_id of 129', card({ task_id: 'x'.repeat(129) }), 42014),
  post('message/send', 'no main title', card({ main_title: {} }), 41016),
  post('message/send', 'no buttons', card({ button_list: [] }), 42038),
  post(
    'message/send',
    'seven buttons',
    card({ button_list: many(7, (at) => ({ text: '甲', key: `k${at}` })) }),
    40058,
  ),
  post('message/send', 'button without text', card({ button_list: [{ key: 'k' }] }), 42038),
  post('message/send', 'button without key', card({ button_list: [{ text: '甲' }] }), 42039),
  post(
    'message/send',
    'key of 1025 bytes',
    card({ button_list: [{ text: '甲', key: 'k'.repeat(1025) }] }),
    42039,
  ),
  post(
    'message/send',
    'two buttons with one key',
    card({
      button_list: [
        { text: '甲', key: 'k' },
        { text: '乙', key: 'k' },
      ],
    }),
    42039,
  ),
  post('message/send', 'url button without url', card({ button_list: [{ type: 1, text: '甲' }] }), 42028),
  post(
    'message/send',
    'seven rows',
    card({ horizontal_content_list: many(7, () => ({ keyname: '甲' })) }),
    42035,
  ),
  post('message/send', 'row without keyname', card({ horizontal_content_list: [{ value: '甲' }] }), 42027),
  post(
    'message/send',
    'url row without url',
    card({ horizontal_content_list: [{ type: 1, keyname: '甲' }] }),
    42028,
  ),
  post(
    'message/send',
    'file row without media',
    card({ horizontal_content_list: [{ type: 2, keyname: '甲' }] }),
    42029,
  ),
  post(
    'message/send',
    'member row without userid',
    card({ horizontal_content_list: [{ type: 3, keyname: '甲' }] }),
    42050,
  ),
  post('message/send', 'card_action of type 1 without url', card({ card_action: { type: 1 } }), 42028),
  post('message/send', 'card_action of type 3', card({ card_action: { type: 3 } }), 42045),
  post(
    'message/send',
    'selection without question_key',
    card({ button_selection: { option_list: [option('a')] } }),
    42043,
  ),
  post(
    'message/send',
    'eleven options',
    card({
      button_selection: { question_key: 'q', option_list: many(11, (at) => option(`o${at}`)) },
    }),
    42037,
  ),
  post(
    'message/send',
    'option without id',
    card({
      button_selection: { question_key: 'q', option_list: [{ text: '甲' }] },
    }),
    42040,
  ),
  post(
    'message/send',
    'option id of 129 bytes',
    card({
      button_selection: { question_key: 'q', option_list: [option('x'.repeat(129))] },
    }),
    42040,
  ),
  post(
    'message/send',
    'option without text',
    card({
      button_selection: { question_key: 'q', option_list: [{ id: 'a' }] },
    }),
    42041,
  ),
  post(
    'message/send',
    'menu of four',
    card({
      action_menu: { action_list: many(4, (at) => ({ text: '甲', key: `k${at}` })) },
    }),
    40058,
  ),
  post(
    'message/send',
    'menu with one key twice',
    card({
      action_menu: { action_list: many(2, () => ({ text: '甲', key: 'k' })) },
    }),
    42051,
  ),
  post('message/send', 'notice without card_action', notice({ card_action: undefined }), 42045),
  post('message/send', 'notice with card_action 0', notice({ card_action: { type: 0 } }), 42045),
  post('message/send', 'mini program without appid', notice({ card_action: { type: 2 } }), 42030),
  post('message/send', 'notice with neither title nor text', notice({ main_title: { desc: '甲' } }), 41016),
  post(
    'message/send',
    'notice with menu but no task_id',
    notice({
      action_menu: { action_list: [{ text: '甲', key: 'k' }] },
    }),
    42014,
  ),
  post('message/send', 'four jumps', notice({ jump_list: many(4, () => ({ title: '甲' })) }), 42042),
  post('message/send', 'jump without title', notice({ jump_list: [{ type: 0 }] }), 42033),
  post('message/send', 'jump without url', notice({ jump_list: [{ type: 1, title: '甲' }] }), 42028),
  post('message/send', 'quote without url', notice({ quote_area: { type: 1 } }), 42028),
  post('message/send', 'news without picture', picture({ card_image: undefined }), 42044),
  post('message/send', 'picture without url', picture({ card_image: {} }), 42044),
  post(
    'message/send',
    'picture too wide',
    picture({ card_image: { url: 'http://a.test/a.png', aspect_ratio: 2.25 } }),
    42044,
  ),
  post(
    'message/send',
    'five vertical rows',
    picture({ vertical_content_list: many(5, () => ({ title: '甲' })) }),
    42036,
  ),
  post(
    'message/send',
    'vertical row without title',
    picture({ vertical_content_list: [{ desc: '甲' }] }),
    42033,
  ),
  post(
    'message/send',
    'vote without options',
    vote({ checkbox: { question_key: 'q', option_list: [] } }),
    42037,
  ),
  post(
    'message/send',
    'vote of 21',
    vote({
      checkbox: {
        question_key: 'q',
        option_list: many(21, (at) => ({ ...option(`o${at}`), is_checked: false })),
      },
    }),
    42037,
  ),
  post(
    'message/send',
    'vote without is_checked',
    vote({
      checkbox: { question_key: 'q', option_list: [option('a')] },
    }),
    40058,
  ),
  post('message/send', 'vote without submit', vote({ submit_button: undefined }), 42046),
  post(
    'message/send',
    'four selectors',
    multiple({
      select_list: many(4, (at) => ({ question_key: `q${at}`, option_list: [option('a')] })),
    }),
    42047,
  ),
  post(
    'message/send',
    'selectors with one key',
    multiple({
      select_list: many(2, () => ({ question_key: 'q', option_list: [option('a')] })),
    }),
    42043,
  ),
  post('message/update_template_card', 'no agentid', update({ agentid: undefined }), 41011),
  post('message/update_template_card', 'unknown code', update({}), 60140),
  post('message/update_template_card', 'nothing to change', update({ button: undefined }), 40058),
  post('message/update_template_card', 'bad new card', update({ template_card: { card_type: 'x' } }), 42031),
];

const others: Row[] = [
  get('auth/getuserinfo', 'unknown code', { code: 'x' }, 40029),
  get('auth/getuserinfo', 'no code', {}, 40029),
  post('auth/getuserdetail', 'no ticket', {}, 84090),
  post('auth/getuserdetail', 'unknown ticket', { user_ticket: 'x' }, 84015),
  get('ticket/get', 'wrong type', { type: 'jsapi' }, 91040),
  get('agent/get', 'no agentid', {}, 41011),
  get('agent/get', 'letters', { agentid: 'abc' }, 40056),
  get('agent/get', 'another app', { agentid: 1000009 }, 301002),
  post('agent/set', 'name of 33', { agentid: AGENT, name: long(33) }, 45022),
  post('agent/set', 'description of 3', { agentid: AGENT, description: '短了点' }, 45004),
  post('agent/set', 'location flag 5', { agentid: AGENT, report_location_flag: 5 }, 40059),
  post('agent/set', 'home without scheme', { agentid: AGENT, home_url: 'a.test' }, 45034),
  get('menu/get', 'no menu', { agentid: AGENT }, 46003),
  get('media/get', 'no id', {}, 41006),
  get('media/get', 'unknown id', { media_id: 'x' }, 40007),
  post('agent/get_workbench_template', 'none set', { agentid: AGENT }, 94008),
  post('agent/set_workbench_template', 'bad type', { agentid: AGENT, type: 'poster' }, 94001),
  post(
    'agent/set_workbench_template',
    'five keydata',
    {
      agentid: AGENT,
      type: 'keydata',
      keydata: { items: many(5, () => ({ data: '1' })) },
    },
    94003,
  ),
  post(
    'agent/set_workbench_template',
    'four list items',
    {
      agentid: AGENT,
      type: 'list',
      list: { items: many(4, () => ({ title: '甲' })) },
    },
    94006,
  ),
  post(
    'agent/set_workbench_template',
    'webview height',
    {
      agentid: AGENT,
      type: 'webview',
      webview: { url: 'http://a.test', height: 'tall' },
    },
    94011,
  ),
  post(
    'agent/set_workbench_data',
    'before a template',
    { agentid: AGENT, userid: 'zhang', type: 'keydata' },
    94008,
  ),
  post(
    'agent/set_workbench_data',
    'unknown member',
    { agentid: AGENT, userid: 'ghost', type: 'keydata' },
    40003,
  ),
  post('appchat/create', 'one member', { userlist: ['zhang'] }, 86006),
  post('appchat/create', 'unknown member', { userlist: ['zhang', 'ghost'] }, 86216),
  post('appchat/create', 'owner outside', { userlist: ['zhang', 'chen'], owner: 'wanghr' }, 86207),
  post('appchat/create', 'chatid with a dash', { userlist: ['zhang', 'chen'], chatid: 'a-b' }, 86001),
  post('appchat/send', 'unknown chat', { chatid: 'x', msgtype: 'text', text: { content: 'x' } }, 86003),
  get('appchat/get', 'no chat', {}, 86001),
  ['webhook/send', 'no key', { as: null, body: { msgtype: 'text', text: { content: 'x' } } }, 93000],
  [
    'webhook/send',
    'empty text',
    {
      as: null,
      query: { key: 'sandbox-webhook-key' },
      body: { msgtype: 'text', text: {} },
    },
    93017,
  ],
  [
    'webhook/send',
    'markdown of 4097 bytes',
    {
      as: null,
      query: { key: 'sandbox-webhook-key' },
      body: { msgtype: 'markdown', markdown: { content: 'x'.repeat(4097) } },
    },
    40058,
  ],
  [
    'webhook/send',
    'button card',
    {
      as: null,
      query: { key: 'sandbox-webhook-key' },
      body: { msgtype: 'template_card', template_card: buttonCard('t') },
    },
    42031,
  ],
];

const menu = (button: unknown) => ({ query: { agentid: AGENT }, body: { button } });
const leaf = (more: Record<string, unknown>) => ({ type: 'click', name: '待办', key: 'todo', ...more });
const menus: Row[] = [
  ['menu/create', 'no buttons', menu([]), 40016],
  ['menu/create', 'four buttons', menu(many(4, () => leaf({}))), 40016],
  ['menu/create', 'no name', menu([leaf({ name: '' })]), 41102],
  ['menu/create', 'name of 18 bytes', menu([leaf({ name: '我的待办事项' })]), 40018],
  ['menu/create', 'unknown type', menu([leaf({ type: 'dance' })]), 40017],
  ['menu/create', 'key of 129 bytes', menu([leaf({ key: 'k'.repeat(129) })]), 40019],
  [
    'menu/create',
    'url of 1025 bytes',
    menu([leaf({ type: 'view', url: `http://a.test/${'x'.repeat(1020)}` })]),
    40020,
  ],
  ['menu/create', 'url without scheme', menu([leaf({ type: 'view', url: 'a.test' })]), 40055],
  ['menu/create', 'six sub buttons', menu([{ name: '更多', sub_button: many(6, () => leaf({})) }]), 40023],
  [
    'menu/create',
    'three levels',
    menu([{ name: '更多', sub_button: [leaf({ sub_button: [leaf({})] })] }]),
    40022,
  ],
  [
    'menu/create',
    'sub name of 42 bytes',
    menu([{ name: '更多', sub_button: [leaf({ name: long(14) })] }]),
    40025,
  ],
  [
    'menu/create',
    'sub url without scheme',
    menu([{ name: '更多', sub_button: [leaf({ type: 'view', url: 'a.test' })] }]),
    40054,
  ],
];

describe('strictness', () => {
  it.each([...directory, ...messages, ...cards, ...others, ...menus])(
    '%s: %s',
    async (name, _what, input, errcode) => {
      const answer = await kit.call(name, input);
      expect(answer.status).toBe(200);
      expect(`${answer.errcode} ${answer.errmsg}`).toMatch(new RegExp(`^${errcode} `));
      expect(answer.headers.get('error-code')).toBe(String(errcode));
    },
  );
});
