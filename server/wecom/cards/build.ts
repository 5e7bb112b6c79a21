import { assertNever } from '../../kernel/errors.ts';
import {
  CardFault,
  type ButtonCard,
  type CardContent,
  type ChoiceCard,
  type NewsCard,
  type NoticeCard,
  type VoteCard,
} from './content.ts';
import { COUNT, SHOWN } from './limits.ts';
import * as part from './parts.ts';
import { isTaskId } from './task-id.ts';
import { address, first, line, lines, needed } from './values.ts';
import type { WireCard, WireTitle } from './wire.ts';

/**
 * `template_card` of message/send. A card that calls back (buttons, vote, choice, or a menu) needs a `taskId`.
 * What only an update may say (`replaceText`, `disabled`) is left out. Throws CardFault.
 */
export function sendBody(card: CardContent): WireCard {
  const body = whole(card);
  const callsBack = body.action_menu !== undefined || !isNotice(card);
  if (card.taskId === undefined ? callsBack : !isTaskId(card.taskId)) throw new CardFault('taskId');
  return withoutUndefined({
    ...body,
    task_id: card.taskId,
    replace_text: undefined,
    button_selection: body.button_selection && { ...body.button_selection, disable: undefined },
    checkbox: body.checkbox && { ...body.checkbox, disable: undefined },
    select_list: body.select_list?.map((one) => ({ ...one, disable: undefined })),
  });
}

/** `template_card` of message/update_template_card: the whole new card, which keeps its task id. Throws CardFault. */
export function updateBody(card: CardContent): WireCard {
  return withoutUndefined(whole(card));
}

const isNotice = (card: CardContent): boolean =>
  card.cardType === 'text_notice' || card.cardType === 'news_notice';

function whole(card: CardContent): WireCard {
  switch (card.cardType) {
    case 'text_notice':
      return textNotice(card);
    case 'news_notice':
      return newsNotice(card);
    case 'button_interaction':
      return buttonInteraction(card);
    case 'vote_interaction':
      return voteInteraction(card);
    case 'multiple_interaction':
      return multipleInteraction(card);
    default:
      return assertNever(card);
  }
}

function textNotice(card: NoticeCard): WireCard {
  const title = line(card.title, SHOWN.title);
  const subTitle = lines(card.subTitle, SHOWN.subTitle);
  if (title === undefined && subTitle === undefined) throw new CardFault('title');
  return {
    card_type: card.cardType,
    ...noticeParts(card),
    main_title: orNothing({ title, desc: line(card.desc, SHOWN.desc) }),
    emphasis_content: card.emphasis && {
      title: needed(card.emphasis.title, SHOWN.emphasisTitle, 'emphasis.title'),
      desc: line(card.emphasis.desc, SHOWN.emphasisDesc),
    },
    sub_title_text: subTitle,
  };
}

function newsNotice(card: NewsCard): WireCard {
  const { aspectRatio } = card.image;
  if (aspectRatio !== undefined && !(aspectRatio > 1.3 && aspectRatio < 2.25)) {
    throw new CardFault('image.aspectRatio');
  }
  return {
    card_type: card.cardType,
    ...noticeParts(card),
    main_title: mainTitle(card, SHOWN.title, SHOWN.desc),
    card_image: { url: address(card.image.url, 'image.url'), aspect_ratio: aspectRatio },
    vertical_content_list: first(card.paragraphs, COUNT.paragraphs)?.map((one, i) => ({
      title: needed(one.title, SHOWN.paragraphTitle, `paragraphs[${i}].title`),
      desc: line(one.desc, SHOWN.paragraphDesc),
    })),
  };
}

const noticeParts = (card: NoticeCard | NewsCard) => ({
  source: part.source(card.source),
  action_menu: part.menu(card.menu),
  quote_area: part.quote(card.quote),
  horizontal_content_list: part.rows(card.rows),
  jump_list: part.jumps(card.jumps),
  card_action: { type: 1, url: address(card.actionUrl, 'actionUrl') } as const,
});

const buttonInteraction = (card: ButtonCard): WireCard => ({
  card_type: card.cardType,
  source: part.source(card.source),
  action_menu: part.menu(card.menu),
  main_title: mainTitle(card, SHOWN.title, SHOWN.desc),
  quote_area: part.quote(card.quote),
  sub_title_text: lines(card.subTitle, SHOWN.subTitle),
  horizontal_content_list: part.rows(card.rows),
  card_action:
    card.actionUrl === undefined ? undefined : { type: 1, url: address(card.actionUrl, 'actionUrl') },
  button_selection: card.selection && part.selection(card.selection, 'selection'),
  button_list: part.buttons(card.buttons),
  replace_text: line(card.replaceText, SHOWN.button),
});

const voteInteraction = (card: VoteCard): WireCard => ({
  card_type: card.cardType,
  source: part.plainSource(card.source),
  main_title: mainTitle(card, SHOWN.voteTitle, SHOWN.questionDesc),
  checkbox: part.checkbox(card),
  submit_button: part.submit(card.submit),
  replace_text: line(card.replaceText, SHOWN.button),
});

const multipleInteraction = (card: ChoiceCard): WireCard => ({
  card_type: card.cardType,
  source: part.plainSource(card.source),
  main_title: mainTitle(card, SHOWN.title, SHOWN.questionDesc),
  select_list: part.selections(card.selections),
  submit_button: part.submit(card.submit),
  replace_text: line(card.replaceText, SHOWN.button),
});

const mainTitle = (
  card: { readonly title: string; readonly desc?: string },
  title: number,
  desc: number,
): WireTitle => ({ title: needed(card.title, title, 'title'), desc: line(card.desc, desc) });

const orNothing = (title: WireTitle): WireTitle | undefined =>
  title.title === undefined && title.desc === undefined ? undefined : title;

/** Drops absent members at every depth, so that equal cards are equal as JSON and as objects. */
function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutUndefined) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutUndefined(member)])) as T;
}
