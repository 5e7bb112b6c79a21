import {
  CardFault,
  type CardButton,
  type CardJump,
  type CardMenu,
  type CardOption,
  type CardQuote,
  type CardRow,
  type CardSelection,
  type CardSource,
  type CardSubmit,
  type VoteCard,
} from './content.ts';
import { BYTES, COUNT, SHOWN } from './limits.ts';
import { address, distinct, exact, first, line, needed } from './values.ts';
import { cutGraphemes } from './cut.ts';
import type {
  WireButton,
  WireCheckbox,
  WireJump,
  WireMenu,
  WireQuote,
  WireRow,
  WireSelection,
  WireSource,
} from './wire.ts';

const COLOR = { grey: 0, black: 1, red: 2, green: 3 } as const;

export const source = (from: CardSource | undefined): WireSource | undefined =>
  from && {
    icon_url: from.iconUrl === undefined ? undefined : address(from.iconUrl, 'source.iconUrl'),
    desc: line(from.desc, SHOWN.source),
    desc_color: from.color && COLOR[from.color],
  };

/** Vote and choice cards know no colour of the source. */
export const plainSource = (from: CardSource | undefined): WireSource | undefined => {
  const wire = source(from);
  return wire && { icon_url: wire.icon_url, desc: wire.desc };
};

export function menu(from: CardMenu | undefined): WireMenu | undefined {
  if (from === undefined) return undefined;
  const actions = first(from.actions, COUNT.menu);
  if (actions === undefined) throw new CardFault('menu.actions');
  const list = actions.map((action, i) => ({
    text: needed(action.text, SHOWN.button, `menu.actions[${i}].text`),
    key: exact(action.key, BYTES.key, `menu.actions[${i}].key`),
  }));
  distinct(
    list.map((action) => action.key),
    (i) => `menu.actions[${i}].key`,
  );
  return { desc: line(from.desc, SHOWN.title), action_list: list };
}

export const quote = (from: CardQuote | undefined): WireQuote | undefined =>
  from && {
    type: from.url === undefined ? 0 : 1,
    url: from.url === undefined ? undefined : address(from.url, 'quote.url'),
    title: line(from.title, SHOWN.title),
    quote_text: line(from.text, SHOWN.subTitle),
  };

export const rows = (from: readonly CardRow[] | undefined): readonly WireRow[] | undefined =>
  first(from, COUNT.rows)?.map(row);

function row(from: CardRow, i: number): WireRow {
  const keyname = needed(from.label, SHOWN.rowLabel, `rows[${i}].label`);
  const value = line(from.value, SHOWN.rowValue);
  if (from.url !== undefined) return { type: 1, keyname, value, url: address(from.url, `rows[${i}].url`) };
  if (from.userId !== undefined) {
    return { type: 3, keyname, value, userid: exact(from.userId, BYTES.userId, `rows[${i}].userId`) };
  }
  if (from.mediaId === undefined) return { keyname, value };
  const mediaId = exact(from.mediaId, BYTES.mediaId, `rows[${i}].mediaId`);
  return { type: 2, keyname, value: fileName(from.value, `rows[${i}].value`), media_id: mediaId };
}

/** A file's row shows its name, which must keep its extension (page 90236). */
function fileName(name: string | undefined, field: string): string {
  const whole = needed(name, Number.MAX_SAFE_INTEGER, field);
  const extension = /\.[0-9A-Za-z]{1,8}$/.exec(whole)?.[0] ?? '';
  const stem = whole.slice(0, whole.length - extension.length);
  return cutGraphemes(stem, SHOWN.rowValue - extension.length) + extension;
}

export const jumps = (from: readonly CardJump[] | undefined): readonly WireJump[] | undefined =>
  first(from, COUNT.jumps)?.map((jump, i) => ({
    type: 1,
    title: needed(jump.title, SHOWN.jump, `jumps[${i}].title`),
    url: address(jump.url, `jumps[${i}].url`),
  }));

export function buttons(from: readonly CardButton[]): readonly WireButton[] {
  const list = first(from, COUNT.buttons)?.map(button);
  if (list === undefined) throw new CardFault('buttons');
  const keys = list.flatMap((one, i) => (one.key === undefined ? [] : [{ key: one.key, i }]));
  distinct(
    keys.map((one) => one.key),
    (at) => `buttons[${keys[at]?.i}].key`,
  );
  return list;
}

function button(from: CardButton, i: number): WireButton {
  const text = needed(from.text, SHOWN.button, `buttons[${i}].text`);
  if ('url' in from) return { type: 1, text, style: from.style, url: address(from.url, `buttons[${i}].url`) };
  return { text, style: from.style, key: exact(from.key, BYTES.key, `buttons[${i}].key`) };
}

export function selection(from: CardSelection, field: string): WireSelection {
  const options = optionList(first(from.options, COUNT.options), SHOWN.option, field);
  return {
    question_key: exact(from.questionKey, BYTES.key, `${field}.questionKey`),
    title: line(from.title, SHOWN.option),
    // An option that was cut off cannot be the chosen one.
    selected_id: options.some((option) => option.id === from.selectedId) ? from.selectedId : undefined,
    disable: from.disabled,
    option_list: options,
  };
}

export function selections(from: readonly CardSelection[]): readonly WireSelection[] {
  const list = first(from, COUNT.selections)?.map((one, i) => selection(one, `selections[${i}]`));
  if (list === undefined) throw new CardFault('selections');
  distinct(
    list.map((one) => one.question_key),
    (i) => `selections[${i}].questionKey`,
  );
  return list;
}

export function checkbox(from: VoteCard): WireCheckbox {
  const kept = first(from.options, COUNT.checkOptions);
  return {
    question_key: exact(from.questionKey, BYTES.key, 'questionKey'),
    mode: from.several === true ? 1 : 0,
    disable: from.disabled,
    option_list: optionList(kept, SHOWN.checkOption, '').map((option, i) => ({
      ...option,
      is_checked: kept?.[i]?.checked === true,
    })),
  };
}

function optionList(from: readonly CardOption[] | undefined, shown: number, parent: string): CardOption[] {
  const field = parent === '' ? 'options' : `${parent}.options`;
  if (from === undefined) throw new CardFault(field);
  distinct(
    from.map((option) => option.id),
    (i) => `${field}[${i}].id`,
  );
  return from.map((option, i) => ({
    id: exact(option.id, BYTES.optionId, `${field}[${i}].id`),
    text: needed(option.text, shown, `${field}[${i}].text`),
  }));
}

export const submit = (from: CardSubmit): { text: string; key: string } => ({
  text: needed(from.text, SHOWN.button, 'submit.text'),
  key: exact(from.key, BYTES.key, 'submit.key'),
});
