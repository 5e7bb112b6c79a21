import { child, children, textOf } from './xml.ts';
import type { XmlNode } from './xml.ts';

/** TemplateCard of a passive reply (page 90241) → the JSON spelling of message/send, not validated yet. */
export function cardFromXml(node: XmlNode): Record<string, unknown> {
  return object({
    card_type: textOf(node, 'CardType'),
    source: part(node, 'Source', { IconUrl: 'icon_url', Desc: 'desc', DescColor: '#desc_color' }),
    main_title: part(node, 'MainTitle', { Title: 'title', Desc: 'desc' }),
    sub_title_text: textOf(node, 'SubTitleText'),
    emphasis_content: part(node, 'EmphasisContent', { Title: 'title', Desc: 'desc' }),
    quote_area: part(node, 'QuoteArea', { ...LINK, Title: 'title', QuoteText: 'quote_text' }),
    card_action: part(node, 'CardAction', LINK),
    card_image: part(node, 'CardImage', { Url: 'url', AspectRatio: '#aspect_ratio' }),
    image_text_area: part(node, 'ImageTextArea', {
      ...LINK,
      Title: 'title',
      Desc: 'desc',
      ImageUrl: 'image_url',
    }),
    horizontal_content_list: list(node, 'HorizontalContentList', HORIZONTAL),
    vertical_content_list: list(node, 'VerticalContentList', { Title: 'title', Desc: 'desc' }),
    jump_list: list(node, 'JumpList', { ...LINK, Title: 'title' }),
    action_menu: actionMenu(child(node, 'ActionMenu')),
    button_list: list(node, 'ButtonList', BUTTON),
    button_selection: select(child(node, 'ButtonSelection')),
    checkbox: select(child(node, 'CheckBox')),
    select_list: selects(node),
    submit_button: part(node, 'SubmitButton', { Text: 'text', Key: 'key' }),
    replace_text: textOf(node, 'ReplaceText'),
  });
}

/** XML name → JSON name; `#` marks numbers, `?` booleans. */
type Names = Readonly<Record<string, string>>;

// The page spells it AppId in some places and Appid in others.
const LINK: Names = { Type: '#type', Url: 'url', AppId: 'appid', Appid: 'appid', PagePath: 'pagepath' };
const HORIZONTAL: Names = {
  KeyName: 'keyname',
  Value: 'value',
  Type: '#type',
  Url: 'url',
  MediaId: 'media_id',
  UserId: 'userid',
};
const BUTTON: Names = { Text: 'text', Style: '#style', Key: 'key', Type: '#type', Url: 'url' };
const OPTION: Names = { Id: 'id', Text: 'text', IsChecked: '?is_checked' };

function values(node: XmlNode, names: Names): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [xmlName, jsonName] of Object.entries(names)) {
    const text = textOf(node, xmlName)?.trim();
    if (text === undefined) continue;
    if (jsonName.startsWith('#')) found[jsonName.slice(1)] = Number(text);
    else if (jsonName.startsWith('?')) found[jsonName.slice(1)] = text === 'true' || text === '1';
    else found[jsonName] = text;
  }
  return found;
}

function part(node: XmlNode, name: string, names: Names): Record<string, unknown> | undefined {
  const found = child(node, name);
  return found === undefined ? undefined : values(found, names);
}

function list(node: XmlNode, name: string, names: Names): Record<string, unknown>[] | undefined {
  const found = children(node, name);
  return found.length === 0 ? undefined : found.map((item) => values(item, names));
}

function actionMenu(node: XmlNode | undefined): Record<string, unknown> | undefined {
  if (node === undefined) return undefined;
  return object({
    desc: textOf(node, 'Desc'),
    action_list: list(node, 'ActionList', { Text: 'text', Key: 'key' }) ?? [],
  });
}

const select = (node: XmlNode | undefined): Record<string, unknown> | undefined =>
  node === undefined ? undefined : question(node);

function question(node: XmlNode): Record<string, unknown> {
  const names = {
    QuestionKey: 'question_key',
    Title: 'title',
    SelectedId: 'selected_id',
    Disable: '?disable',
    Mode: '#mode',
  };
  return { ...values(node, names), option_list: list(node, 'OptionList', OPTION) ?? [] };
}

function selects(node: XmlNode): Record<string, unknown>[] | undefined {
  const found = children(node, 'SelectList');
  return found.length === 0 ? undefined : found.map(question);
}

function object(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
