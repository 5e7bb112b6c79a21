import { issueCode } from '../api/message-send.ts';
import { eventCallback } from '../callbacks/app-events.ts';
import type { XmlField } from '../callbacks/xml.ts';
import { isCard } from '../cards/change.ts';
import type { CardMessage } from '../cards/change.ts';
import type { ActResult, CardOption, TapRequest, TemplateCard } from '../contract.ts';
import { copyChanged, findCopy } from '../state/chats.ts';
import type { World } from '../world.ts';
import { actor, perform } from './act.ts';
import { ControlRefusal } from './errors.ts';

/** Tapping a card: a callback button, the submit button, or an item of the menu in its corner. */

interface Tapped {
  event: 'template_card_event' | 'template_card_menu_event';
  words: string;
  /** The tap hands in the selections. */
  selects: boolean;
}

/** Copies whose tap waits for its first answer; the client shows a spinner and takes no second tap. */
const waiting = new WeakSet<CardMessage>();

export async function tapCard(world: World, userid: string, request: TapRequest): Promise<ActResult> {
  const member = actor(world, userid);
  const copy = findCopy(world.data, userid, request.messageId);
  if (!isCard(copy) || copy.recalled) throw new ControlRefusal(404, 'no_card', '没有这张卡片');
  const tapped = find(copy.content.card, request.key);
  const { state, card } = copy.content;
  if (state.replacedBy !== null && tapped.event === 'template_card_event') {
    throw new ControlRefusal(409, 'replaced', `按钮已经是「${state.replacedBy}」`);
  }
  if (waiting.has(copy)) throw new ControlRefusal(409, 'pending', '上一次点击还没有回应');
  const selections = tapped.selects ? selected(card, request.selections ?? {}) : {};
  waiting.add(copy);
  state.pending = true;
  state.taps.push({ at: world.now(), key: request.key, selections });
  copyChanged(world, member.userid, copy);
  const settled = (): void => {
    state.pending = false;
    copyChanged(world, member.userid, copy);
  };
  const fields = eventFields(world, copy, request.key, selections);
  const title = `${member.name}点了「${tapped.words}」`;
  try {
    return await perform(world, 'tap', member, title, (actId) =>
      eventCallback(world, member.userid, tapped.event, fields, { actId, card: copy, settled }),
    );
  } finally {
    waiting.delete(copy);
  }
}

function find(card: TemplateCard, key: string): Tapped {
  const button = card.button_list?.find((b) => b.type !== 1 && b.key === key);
  if (button !== undefined) return { event: 'template_card_event', words: button.text, selects: true };
  if (card.submit_button?.key === key) {
    return { event: 'template_card_event', words: card.submit_button.text ?? '提交', selects: true };
  }
  const action = card.action_menu?.action_list.find((item) => item.key === key);
  if (action === undefined) throw new ControlRefusal(422, 'no_key', '卡片上没有这个按钮');
  return { event: 'template_card_menu_event', words: action.text, selects: false };
}

/** Each tap issues a fresh code of its own. */
function eventFields(
  world: World,
  copy: CardMessage,
  key: string,
  selections: Record<string, string[]>,
): XmlField[] {
  const { card } = copy.content;
  const items: XmlField[] = Object.entries(selections).map(([question, options]) => [
    'SelectedItem',
    [
      ['QuestionKey', question],
      ['OptionIds', options.map((id): XmlField => ['OptionId', id])],
    ],
  ]);
  return [
    ['EventKey', key],
    ['TaskId', card.task_id ?? ''],
    ['CardType', card.card_type],
    ['ResponseCode', issueCode(world, copy.msgid)],
    ...(items.length > 0 ? [['SelectedItems', items] as const] : []),
  ];
}

interface Question {
  key: string;
  options: CardOption[];
  many: boolean;
  disabled: boolean;
  preselected: string[];
}

function questionsOf(card: TemplateCard): Question[] {
  const selects = [...(card.button_selection ? [card.button_selection] : []), ...(card.select_list ?? [])];
  const single = selects.map((select) => ({
    key: select.question_key,
    options: select.option_list,
    many: false,
    disabled: select.disable === true,
    preselected: [select.selected_id ?? select.option_list[0]?.id ?? ''],
  }));
  const { checkbox } = card;
  if (checkbox === undefined) return single;
  const checked = checkbox.option_list.filter((option) => option.is_checked === true);
  return [
    ...single,
    {
      key: checkbox.question_key,
      options: checkbox.option_list,
      many: checkbox.mode === 1,
      disabled: checkbox.disable === true,
      preselected: checked.map((option) => option.id),
    },
  ];
}

function selected(card: TemplateCard, given: Record<string, string[]>): Record<string, string[]> {
  const answers: Record<string, string[]> = {};
  for (const question of questionsOf(card)) {
    const chosen = (question.disabled ? undefined : given[question.key]) ?? question.preselected;
    const known = chosen.every((id) => question.options.some((option) => option.id === id));
    if (!known || (!question.many && chosen.length > 1)) {
      throw new ControlRefusal(422, 'selection', '选项不在卡片上');
    }
    answers[question.key] = chosen;
  }
  return answers;
}
