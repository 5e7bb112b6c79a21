import { fail } from '../api/envelope.ts';
import type { Reader } from '../api/reader.ts';
import type { CardType, TemplateCard } from '../contract.ts';
import {
  KEY_BYTES,
  byteLength,
  compact,
  readAction,
  readJumps,
  readLink,
  readMenu,
  readOptions,
  readQuestionKey,
  readQuote,
  readRows,
  readSelect,
  readSource,
  readTitle,
  readVertical,
} from './parts.ts';
import type { Mode } from './parts.ts';

/**
 * One template card, checked by the hard rules of page 90236 and cut to the parts its type has. Display advice
 * ("建议不超过 N 个字") is not enforced. `update` and `passive` follow pages 94888 and 90241: no task_id, the
 * submit button is optional, replace_text and disable are allowed.
 */
export function readCard(card: Reader, mode: Mode): TemplateCard {
  const type = readType(card, mode);
  const menu = mode === 'webhook' ? undefined : menuOf(card, type, mode);
  const taskId = mode === 'send' ? readTaskId(card, type, menu !== undefined) : undefined;
  const common = compact<TemplateCard>({
    card_type: type,
    task_id: taskId,
    source: readSource(card),
    action_menu: menu,
    main_title: readTitle(card, 'main_title'),
    replace_text: mode === 'update' || mode === 'passive' ? replaceText(card, type) : undefined,
  });
  return { ...common, ...PARTS[type](card, mode) };
}

/** These have buttons of their own. */
export const hasButtons = (type: CardType): boolean =>
  type === 'button_interaction' || type === 'vote_interaction' || type === 'multiple_interaction';

/** Cards that call back: with buttons, or with a menu. They get a response_code and need a callback address. */
export const callsBack = (card: TemplateCard): boolean =>
  hasButtons(card.card_type) || card.action_menu !== undefined;

const TYPES: readonly CardType[] = [
  'text_notice',
  'news_notice',
  'button_interaction',
  'vote_interaction',
  'multiple_interaction',
];

function readType(card: Reader, mode: Mode): CardType {
  const given = card.str('card_type');
  const type = TYPES.find((known) => known === given);
  if (type === undefined) throw fail(42031);
  if (mode === 'webhook' && hasButtons(type)) throw fail(42031);
  return type;
}

/** vote and multiple have no menu. */
function menuOf(card: Reader, type: CardType, mode: Mode): TemplateCard['action_menu'] {
  return type === 'vote_interaction' || type === 'multiple_interaction' ? undefined : readMenu(card, mode);
}

function readTaskId(card: Reader, type: CardType, menu: boolean): string | undefined {
  const taskId = card.str('task_id');
  if (taskId === undefined && !hasButtons(type) && !menu) return undefined;
  if (taskId === undefined || !/^[0-9A-Za-z_\-@]{1,128}$/.test(taskId)) throw fail(42014);
  return taskId;
}

function replaceText(card: Reader, type: CardType): string | undefined {
  const text = card.text('replace_text');
  return hasButtons(type) && text !== '' ? text : undefined;
}

type Parts = Partial<TemplateCard>;
const PARTS: Readonly<Record<CardType, (card: Reader, mode: Mode) => Parts>> = {
  text_notice: textNotice,
  news_notice: newsNotice,
  button_interaction: buttonCard,
  vote_interaction: voteCard,
  multiple_interaction: multipleCard,
};

const requireTitle = (card: Reader): void => {
  if ((card.obj('main_title')?.text('title') ?? '') === '') throw fail(41016);
};

function textNotice(card: Reader): Parts {
  const subTitle = card.str('sub_title_text');
  if ((subTitle ?? '') === '') requireTitle(card);
  return compact<Parts>({
    quote_area: readQuote(card),
    emphasis_content: readTitle(card, 'emphasis_content'),
    sub_title_text: subTitle,
    horizontal_content_list: readRows(card),
    jump_list: readJumps(card),
    card_action: readAction(card, true),
  });
}

function newsNotice(card: Reader, mode: Mode): Parts {
  requireTitle(card);
  const image = cardImage(card);
  const area = imageTextArea(card);
  if (image === undefined && (area === undefined || mode === 'webhook')) throw fail(42044);
  return compact<Parts>({
    quote_area: readQuote(card),
    card_image: image,
    image_text_area: area,
    vertical_content_list: readVertical(card),
    horizontal_content_list: readRows(card),
    jump_list: readJumps(card),
    card_action: readAction(card, true),
  });
}

function cardImage(card: Reader): TemplateCard['card_image'] {
  const image = card.obj('card_image');
  if (image === undefined) return undefined;
  const ratio = image.num('aspect_ratio');
  const bad = ratio !== undefined && (ratio < 1.3 || ratio >= 2.25);
  if (image.text('url') === '' || bad) throw fail(42044);
  return compact<NonNullable<TemplateCard['card_image']>>({ url: image.text('url'), aspect_ratio: ratio });
}

function imageTextArea(card: Reader): TemplateCard['image_text_area'] {
  const area = card.obj('image_text_area');
  if (area === undefined) return undefined;
  const image_url = area.text('image_url');
  if (image_url === '') throw fail(42044);
  return { ...readLink(area), image_url, ...compact({ title: area.str('title'), desc: area.str('desc') }) };
}

function buttonCard(card: Reader, mode: Mode): Parts {
  requireTitle(card);
  const selection = card.obj('button_selection');
  return compact<Parts>({
    quote_area: readQuote(card),
    sub_title_text: card.str('sub_title_text'),
    horizontal_content_list: readRows(card),
    card_action: readAction(card, false),
    button_selection: selection && readSelect(selection, mode),
    button_list: buttons(card),
  });
}

type Button = NonNullable<TemplateCard['button_list']>[number];

function buttons(card: Reader): Button[] {
  const list = card.readers('button_list') ?? [];
  if (list.length < 1) throw fail(42038);
  if (list.length > 6) throw fail(40058, 'button_list exceed max length 6. invalid Request Parameter');
  const read = list.map((button): Button => {
    const text = button.text('text');
    if (text === '') throw fail(42038);
    const type = button.int('type') ?? 0;
    const key = button.text('key');
    if (type === 1 && button.text('url') === '') throw fail(42028);
    if (type !== 1 && (key === '' || byteLength(key) > KEY_BYTES)) throw fail(42039);
    const style = button.int('style') ?? 1;
    return {
      type,
      text,
      style: style >= 1 && style <= 4 ? style : 1,
      ...(type === 1 ? { url: button.text('url') } : { key }),
    };
  });
  const keys = read.flatMap((button) => button.key ?? []);
  if (new Set(keys).size !== keys.length) throw fail(42039);
  return read;
}

function voteCard(card: Reader, mode: Mode): Parts {
  requireTitle(card);
  const box = card.obj('checkbox');
  if (box === undefined) throw fail(42043);
  const options = box.readers('option_list');
  const checkbox = compact<NonNullable<TemplateCard['checkbox']>>({
    question_key: readQuestionKey(box),
    mode: box.int('mode') === 1 ? 1 : 0,
    disable: mode === 'send' ? undefined : box.bool('disable'),
    option_list: readOptions(options, 20),
  });
  if (checkbox.option_list.some((option) => option.is_checked === undefined)) {
    throw fail(40058, 'is_checked missing. invalid Request Parameter');
  }
  return compact<Parts>({ checkbox, submit_button: submit(card, mode) });
}

function multipleCard(card: Reader, mode: Mode): Parts {
  requireTitle(card);
  const list = card.readers('select_list') ?? [];
  if (list.length < 1 || list.length > 3) throw fail(42047);
  const select_list = list.map((select) => readSelect(select, mode));
  if (new Set(select_list.map((select) => select.question_key)).size !== select_list.length)
    throw fail(42043);
  return compact<Parts>({ select_list, submit_button: submit(card, mode) });
}

function submit(card: Reader, mode: Mode): TemplateCard['submit_button'] {
  const button = card.obj('submit_button');
  if (button === undefined && mode !== 'send') return undefined;
  const key = button?.text('key') ?? '';
  if (key === '' || byteLength(key) > KEY_BYTES) throw fail(42046);
  const text = button?.text('text') ?? '';
  return { key, text: text === '' ? '提交' : text };
}
