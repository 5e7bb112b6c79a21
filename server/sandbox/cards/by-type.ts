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
  readOptions,
  readQuestionKey,
  readQuote,
  readRows,
  readSelect,
  readTitle,
  readVertical,
} from './parts.ts';
import type { Mode } from './parts.ts';

/** What each of the five card types requires and may have (page 90236). */

type Parts = Partial<TemplateCard>;
export const PARTS: Readonly<Record<CardType, (card: Reader, mode: Mode) => Parts>> = {
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
