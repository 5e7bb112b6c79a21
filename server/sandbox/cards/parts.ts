import type { CardLink, CardOption, CardSelect, TemplateCard } from '../contract.ts';
import { fail } from '../api/envelope.ts';
import type { Reader } from '../api/reader.ts';

/** The parts that cards are made of (page 90236), each with the error code of its hard rules. */

export const KEY_BYTES = 1024;
export const OPTION_ID_BYTES = 128;
export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8');

export type Mode = 'send' | 'update' | 'passive' | 'webhook';

/** Leaves out what is undefined, so that exactOptionalPropertyTypes holds. */
export function compact<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** Type 1 needs a url, type 2 an appid; `none` = 0 or absent is allowed. */
export function readLink(reader: Reader, errcode = 42028): CardLink {
  const type = reader.int('type') ?? 0;
  const [url, appid] = [reader.str('url'), reader.str('appid')];
  if (type === 1 && (url === undefined || url === '')) throw fail(errcode);
  if (type === 2 && (appid === undefined || appid === '')) throw fail(42030);
  return compact<CardLink>({ type, url, appid, pagepath: reader.str('pagepath') });
}

export function readSource(card: Reader): TemplateCard['source'] {
  const source = card.obj('source');
  if (source === undefined) return undefined;
  const color = source.int('desc_color');
  return compact({
    icon_url: source.str('icon_url'),
    desc: source.str('desc'),
    desc_color: color !== undefined && color >= 0 && color <= 3 ? color : undefined,
  });
}

export function readTitle(card: Reader, key: 'main_title' | 'emphasis_content'): TemplateCard['main_title'] {
  const title = card.obj(key);
  return title && compact({ title: title.str('title'), desc: title.str('desc') });
}

export function readMenu(card: Reader, mode: Mode): TemplateCard['action_menu'] {
  const menu = card.obj('action_menu');
  if (menu === undefined) return undefined;
  const list = menu.readers('action_list') ?? [];
  // The send page allows 1–3, the passive page 1–10.
  const max = mode === 'passive' ? 10 : 3;
  if (list.length < 1 || list.length > max)
    throw fail(40058, 'action_list exceed max length. invalid Request Parameter');
  const actions = list.map((action) => ({ text: action.text('text'), key: action.text('key') }));
  for (const { text, key } of actions) {
    if (text === '' || key === '' || byteLength(key) > KEY_BYTES)
      throw fail(40058, 'invalid action_list. invalid Request Parameter');
  }
  if (new Set(actions.map(({ key }) => key)).size !== actions.length) throw fail(42051);
  return compact<NonNullable<TemplateCard['action_menu']>>({ desc: menu.str('desc'), action_list: actions });
}

export function readQuote(card: Reader): TemplateCard['quote_area'] {
  const quote = card.obj('quote_area');
  if (quote === undefined) return undefined;
  return {
    ...readLink(quote),
    ...compact({ title: quote.str('title'), quote_text: quote.str('quote_text') }),
  };
}

export function readRows(card: Reader): TemplateCard['horizontal_content_list'] {
  const list = card.readers('horizontal_content_list');
  if (list === undefined) return undefined;
  if (list.length > 6) throw fail(42035);
  return list.map((row) => {
    const keyname = row.text('keyname');
    if (keyname === '') throw fail(42027);
    const type = row.int('type') ?? 0;
    if (type === 1 && row.text('url') === '') throw fail(42028);
    if (type === 2 && row.text('media_id') === '') throw fail(42029);
    if (type === 3 && row.text('userid') === '') throw fail(42050);
    return compact({
      type,
      keyname,
      value: row.str('value'),
      url: row.str('url'),
      media_id: row.str('media_id'),
      userid: row.str('userid'),
    });
  });
}

export function readVertical(card: Reader): TemplateCard['vertical_content_list'] {
  const list = card.readers('vertical_content_list');
  if (list === undefined) return undefined;
  if (list.length > 4) throw fail(42036);
  return list.map((row) => {
    const title = row.text('title');
    if (title === '') throw fail(42033);
    return compact({ title, desc: row.str('desc') });
  });
}

export function readJumps(card: Reader): TemplateCard['jump_list'] {
  const list = card.readers('jump_list');
  if (list === undefined) return undefined;
  if (list.length > 3) throw fail(42042);
  return list.map((jump) => {
    const title = jump.text('title');
    if (title === '') throw fail(42033);
    return { title, ...readLink(jump) };
  });
}

/** Required for text_notice and news_notice with type 1 or 2; the button card also takes 0. */
export function readAction(card: Reader, required: boolean): TemplateCard['card_action'] {
  const action = card.obj('card_action');
  if (action === undefined) {
    if (required) throw fail(42045);
    return undefined;
  }
  const type = action.int('type');
  const allowed = required ? [1, 2] : [0, 1, 2];
  if (!allowed.includes(type ?? 0)) throw fail(42045);
  return readLink(action);
}

export function readOptions(list: Reader[] | undefined, max: number): CardOption[] {
  if (list === undefined || list.length < 1 || list.length > max) throw fail(42037);
  const options = list.map((option) => {
    const [id, text] = [option.text('id'), option.text('text')];
    if (id === '' || byteLength(id) > OPTION_ID_BYTES) throw fail(42040);
    if (text === '') throw fail(42041);
    return compact<CardOption>({ id, text, is_checked: option.bool('is_checked') });
  });
  if (new Set(options.map(({ id }) => id)).size !== options.length) throw fail(42040);
  return options;
}

export function readQuestionKey(reader: Reader): string {
  const key = reader.text('question_key');
  if (key === '' || byteLength(key) > KEY_BYTES) throw fail(42043);
  return key;
}

export function readSelect(select: Reader, mode: Mode): CardSelect {
  const question_key = readQuestionKey(select);
  const option_list = readOptions(select.readers('option_list'), 10);
  const wanted = select.str('selected_id');
  // A bad selected_id falls back to the first option.
  const selected_id = option_list.some(({ id }) => id === wanted) ? wanted : undefined;
  const disable = mode === 'send' ? undefined : select.bool('disable');
  return compact<CardSelect>({ question_key, title: select.str('title'), selected_id, disable, option_list });
}
