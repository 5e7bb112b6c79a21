import { createApp, h, nextTick } from 'vue';
import { afterEach, describe, expect, it } from 'vitest';
import type { CardState, TemplateCard as Card } from '../../../../server/sandbox/contract.ts';
import TemplateCard from './TemplateCard.vue';

const live: CardState = { replacedBy: null, updates: 0, pending: false, taps: [] };
const leave: Card = {
  card_type: 'button_interaction',
  task_id: 't-1',
  source: { desc: '办公助手', desc_color: 2 },
  action_menu: { desc: '更多', action_list: [{ text: '不再提醒', key: 'mute' }] },
  main_title: { title: '张老师 申请年假 3.5 个工作日', desc: '请在 11-24 17:30 前处理' },
  quote_area: { type: 1, url: 'http://localhost/q', title: '说明', quote_text: '引用的话' },
  sub_title_text: '下面是事实',
  horizontal_content_list: [
    { keyname: '事由', value: '回乡处理家中事务' },
    { type: 1, keyname: '链接', value: '看这里', url: 'http://localhost/l' },
    { type: 2, keyname: '附件', value: '安排.pdf', media_id: 'm/1' },
    { type: 3, keyname: '代课', value: '吴老师', userid: 'wu' },
  ],
  button_list: [
    { text: '同意', style: 1, key: 'approve' },
    { type: 1, text: '看详情', style: 3, url: 'http://localhost/d' },
  ],
};

interface Drawn {
  root: HTMLElement;
  events: unknown[][];
}

const drawn: (() => void)[] = [];
afterEach(() => {
  for (const unmount of drawn.splice(0)) unmount();
});

function draw(card: Card, state: CardState = live, more: Record<string, unknown> = {}): Drawn {
  const root = document.createElement('div');
  document.body.append(root);
  const events: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): void => {
      events.push([name, ...args]);
    };
  const app = createApp({
    render: () =>
      h(TemplateCard, {
        card,
        state,
        ...more,
        onTap: note('tap'),
        onOpen: note('open'),
        onMember: note('member'),
      }),
  });
  app.mount(root);
  drawn.push(() => {
    app.unmount();
    root.remove();
  });
  return { root, events };
}

const find = (root: HTMLElement, selector: string): HTMLElement => {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
};
const click = (root: HTMLElement, selector: string): void => find(root, selector).click();
const texts = (root: HTMLElement, selector: string): string[] =>
  [...root.querySelectorAll(selector)].map((one) => one.textContent?.trim() ?? '');

describe('button_interaction', () => {
  it('draws title, quote, rows of all four kinds and buttons in their styles', () => {
    const { root } = draw(leave);
    expect(texts(root, '.tcard-title')).toEqual(['张老师 申请年假 3.5 个工作日']);
    expect(find(root, '.tcard-source').classList.contains('tone-2')).toBe(true);
    expect(texts(root, 'dt')).toEqual(['事由', '链接', '附件', '代课']);
    expect(find(root, 'dd a[target]').getAttribute('href')).toBe('/sandbox/media/m%2F1');
    expect(texts(root, '.tcard-button')).toEqual(['同意', '看详情']);
    expect(find(root, '.tcard-button.s3').tagName).toBe('A');
  });

  it('tells taps, links and people apart', () => {
    const { root, events } = draw(leave);
    click(root, 'button[data-key="approve"]');
    click(root, 'a.tcard-button');
    click(root, '.tcard-person');
    click(root, '.tcard-quote a');
    expect(events).toEqual([
      ['tap', 'approve', {}],
      ['open', 'http://localhost/d'],
      ['member', 'wu'],
      ['open', 'http://localhost/q'],
    ]);
  });

  it('taps an item of the action menu, and closes it', async () => {
    const { root, events } = draw(leave);
    click(root, '.tcard-menu-button');
    await nextTick();
    expect(find(root, '.tcard-menu-button').getAttribute('aria-expanded')).toBe('true');
    click(root, '.tcard-menu-list button');
    await nextTick();
    expect(events).toEqual([['tap', 'mute', {}]]);
    expect(find(root, '.tcard-menu-button').getAttribute('aria-expanded')).toBe('false');
  });

  it('shows grey words in place of all buttons once replaced', () => {
    const { root } = draw(leave, { ...live, replacedBy: '已由他人同意', updates: 1 });
    expect(texts(root, '.tcard-replaced')).toEqual(['已由他人同意']);
    expect(root.querySelector('.tcard-button')).toBeNull();
  });

  it('keeps the card while a tap is on its way and cannot be tapped twice', async () => {
    const { root, events } = draw(leave, live, { busy: true });
    const button = find(root, 'button[data-key="approve"]');
    expect(button.hasAttribute('disabled')).toBe(true);
    button.click();
    await nextTick();
    expect(events).toEqual([]);
  });

  it('says 未收到回应 while deliveries are still to come, and nothing when all is well', () => {
    expect(texts(draw(leave, { ...live, pending: true }).root, '.tcard-note')[0]).toContain('未收到回应');
    expect(draw(leave).root.querySelector('.tcard-note')).toBeNull();
  });

  it('stacks more than two buttons and sends the selection, the first option by default', async () => {
    const { root, events } = draw({
      ...leave,
      button_selection: {
        question_key: 'rate',
        title: '评价',
        selected_id: 'no such id',
        option_list: [
          { id: '5', text: '很满意' },
          { id: '4', text: '满意' },
        ],
      },
      button_list: [
        { text: '验收通过', key: 'ok' },
        { text: '没修好', key: 'no' },
        { text: '再说', key: 'later' },
      ],
    });
    expect(find(root, '.tcard-buttons').classList.contains('stacked')).toBe(true);
    click(root, '[data-key="ok"]');
    const select = root.querySelector('select');
    if (!select) throw new Error('no select');
    select.value = '4';
    select.dispatchEvent(new Event('change'));
    await nextTick();
    click(root, '[data-key="no"]');
    expect(events).toEqual([
      ['tap', 'ok', { rate: ['5'] }],
      ['tap', 'no', { rate: ['4'] }],
    ]);
  });
});

describe('text_notice and news_notice', () => {
  it('makes the title the link of the whole card, with emphasis and jump rows', () => {
    const { root, events } = draw({
      card_type: 'text_notice',
      main_title: { title: '请处理：党政办公章' },
      emphasis_content: { title: '超时 1 个工作日', desc: '应于 11-20 17:30 前' },
      jump_list: [
        { type: 1, title: '打开待办', url: 'http://localhost/todo' },
        { type: 2, title: '小程序' },
      ],
      card_action: { type: 1, url: 'http://localhost/card' },
    });
    expect(texts(root, '.tcard-emphasis strong')).toEqual(['超时 1 个工作日']);
    click(root, '.tcard-title a');
    click(root, '.tcard-jumps a');
    expect(events).toEqual([
      ['open', 'http://localhost/card'],
      ['open', 'http://localhost/todo'],
    ]);
    expect(texts(root, '.tcard-jumps li')).toEqual(['打开待办', '小程序']);
    expect(root.querySelectorAll('.tcard-jumps a')).toHaveLength(1);
  });

  it('links the sub title where there is no title', () => {
    const { root, events } = draw({
      card_type: 'text_notice',
      sub_title_text: '只有副标题',
      card_action: { type: 1, url: 'http://localhost/card' },
    });
    click(root, '.tcard-sub a');
    expect(events).toEqual([['open', 'http://localhost/card']]);
  });

  it('keeps the picture in its ratio, 1.3 when none is given, and draws image and text and vertical rows', () => {
    const news: Card = {
      card_type: 'news_notice',
      main_title: { title: '元旦放假' },
      card_image: { url: 'http://localhost/p.png', aspect_ratio: 2 },
      image_text_area: {
        type: 1,
        url: 'http://localhost/a',
        title: '校历',
        desc: '学年',
        image_url: '/i.png',
      },
      vertical_content_list: [{ title: '放假 3 天', desc: '1 日至 3 日' }, { title: '值班另发' }],
    };
    const ratio = (card: Card): number => parseFloat(find(draw(card).root, '.tcard-image').style.aspectRatio);
    expect(ratio(news)).toBe(2);
    expect(ratio({ ...news, card_image: { url: 'http://localhost/p.png' } })).toBe(1.3);
    expect(texts(draw(news).root, '.tcard-vertical strong')).toEqual(['放假 3 天', '值班另发']);
    expect(texts(draw(news).root, '.tcard-imagetext a')).toEqual(['校历']);
  });
});

describe('vote_interaction', () => {
  const vote = (mode: number): Card => ({
    card_type: 'vote_interaction',
    task_id: 'v',
    main_title: { title: '秋游去哪' },
    checkbox: {
      question_key: 'where',
      mode,
      option_list: [
        { id: 'a', text: '云台山' },
        { id: 'b', text: '连岛' },
      ],
    },
    submit_button: { text: '投票', key: 'vote' },
  });

  it('needs a choice, takes several in mode 1', async () => {
    const { root, events } = draw(vote(1));
    expect(find(root, '[data-key="vote"]').hasAttribute('disabled')).toBe(true);
    for (const input of root.querySelectorAll('input')) {
      expect(input.type).toBe('checkbox');
      input.click();
      await nextTick();
    }
    click(root, '[data-key="vote"]');
    expect(events).toEqual([['tap', 'vote', { where: ['a', 'b'] }]]);
  });

  it('takes one in mode 0', async () => {
    const { root, events } = draw(vote(0));
    for (const input of root.querySelectorAll('input')) {
      expect(input.type).toBe('radio');
      input.click();
      await nextTick();
    }
    click(root, '[data-key="vote"]');
    expect(events).toEqual([['tap', 'vote', { where: ['b'] }]]);
  });

  it('shows after the vote what was sent, and lets nothing change', () => {
    const taps = [{ at: 1, key: 'vote', selections: { where: ['b'] } }];
    const { root } = draw(vote(1), { ...live, replacedBy: '已投票', taps });
    expect([...root.querySelectorAll('input')].map((input) => input.checked)).toEqual([false, true]);
    expect(root.querySelector('fieldset')?.disabled).toBe(true);
  });
});

describe('multiple_interaction', () => {
  it('sends every selector, respects disable, and has 提交 as the default word', () => {
    const { root, events } = draw({
      card_type: 'multiple_interaction',
      task_id: 'm',
      main_title: { title: '订餐' },
      select_list: [
        { question_key: 'noon', title: '午餐', option_list: [{ id: '1', text: 'A' }] },
        {
          question_key: 'eve',
          title: '晚餐',
          selected_id: '2',
          disable: true,
          option_list: [
            { id: '1', text: '不订' },
            { id: '2', text: '面' },
          ],
        },
      ],
      submit_button: { key: 'order' },
    });
    expect([...root.querySelectorAll('select')].map((one) => one.disabled)).toEqual([false, true]);
    expect(texts(root, '[data-key="order"]')).toEqual(['提交']);
    click(root, '[data-key="order"]');
    expect(events).toEqual([['tap', 'order', { noon: ['1'], eve: ['2'] }]]);
  });
});
