import type { ChatMessage, TemplateCard } from '../../../../server/sandbox/contract.ts';
import type { CardSign, Story, StoryStep } from './story.ts';

export interface Progress {
  done: boolean[];
  /** Index of the step to take now; null when all are done. */
  current: number | null;
}

export const cardTitle = (card: TemplateCard): string => card.main_title?.title || card.sub_title_text || '';

function shows(message: ChatMessage, sign: CardSign): boolean {
  const { content } = message;
  if (message.recalled || content.msgtype !== 'template_card') return false;
  if (!cardTitle(content.card).includes(sign.titleHas)) return false;
  return sign.replacedBy === undefined || (content.state.replacedBy ?? '').includes(sign.replacedBy);
}

/**
 * How far the story is, from nothing but what the members' chats show: it survives a reload, and the same
 * decision taken in the H5 counts too.
 */
export function progressOf(story: Story, messagesOf: (userid: string) => readonly ChatMessage[]): Progress {
  const done = story.steps.map((step) =>
    messagesOf(step.done.userid).some((message) => shows(message, step.done)),
  );
  const current = done.indexOf(false);
  return { done, current: current < 0 ? null : current };
}

/** Everybody whose chat the story looks at, in order of appearance. */
export const castOf = (story: Story): string[] => [
  ...new Set([
    ...story.steps.flatMap((step) => [step.userid, step.done.userid]),
    ...(story.end.userid === null ? [] : [story.end.userid]),
  ]),
];

export interface Ring {
  messageId: string;
  /** Key of the button that Enter taps. */
  key: string;
}

/** The newest live card this step asks to tap, with the button to tap. */
export function ringOf(step: StoryStep, userid: string, messages: readonly ChatMessage[]): Ring | null {
  const ring = step.ring;
  if (!ring || step.userid !== userid) return null;
  for (const message of [...messages].reverse()) {
    const { content } = message;
    if (content.msgtype !== 'template_card' || message.recalled) continue;
    if (content.state.replacedBy !== null || !cardTitle(content.card).includes(ring.titleHas)) continue;
    const key = content.card.button_list?.find((button) => button.text === ring.button)?.key;
    if (key !== undefined) return { messageId: message.id, key };
  }
  return null;
}

/**
 * The step this person can take now: the first open one with a card to tap in their hands, so that holders of one
 * joint step (会签) may go in any order; else the story's current step.
 */
export function stepFor(
  story: Story,
  progress: Progress,
  userid: string | null,
  messages: readonly ChatMessage[],
): StoryStep | null {
  const open = story.steps.filter((_, at) => progress.done[at] === false);
  const mine = userid === null ? undefined : open.find((step) => ringOf(step, userid, messages) !== null);
  return mine ?? open[0] ?? null;
}
