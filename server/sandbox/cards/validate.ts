import { fail } from '../api/envelope.ts';
import type { Reader } from '../api/reader.ts';
import type { CardType, TemplateCard } from '../contract.ts';
import { PARTS } from './by-type.ts';
import { compact, readMenu, readSource, readTitle } from './parts.ts';
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
