import type { ChatMessage, MessageContent, TemplateCard } from '../contract.ts';
import { copyChanged } from '../state/chats.ts';
import type { World } from '../world.ts';
import { hasButtons } from './validate.ts';

export type CardMessage = ChatMessage & { content: Extract<MessageContent, { msgtype: 'template_card' }> };

export const isCard = (copy: ChatMessage | undefined): copy is CardMessage =>
  copy?.content.msgtype === 'template_card';

/** Greys the buttons of one member's copy; only cards with buttons (page 94888, button.replace_name). */
export function greyOut(world: World, userid: string, copy: CardMessage, words: string): boolean {
  if (!hasButtons(copy.content.card.card_type)) return false;
  copy.content.state.replacedBy = words;
  copy.content.state.updates += 1;
  copyChanged(world, userid, copy);
  return true;
}

/** Puts a whole new card in place of one member's copy; the task id stays. */
export function replaceCard(world: World, userid: string, copy: CardMessage, card: TemplateCard): void {
  const { task_id } = copy.content.card;
  copy.content.card = { ...structuredClone(card), ...(task_id !== undefined && { task_id }) };
  copy.content.state.replacedBy = card.replace_text ?? null;
  copy.content.state.updates += 1;
  copyChanged(world, userid, copy);
}
