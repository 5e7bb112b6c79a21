/** Doing something as the member, and what became of it. */
import { reactive, ref } from 'vue';
import type { ActResult, TapRequest } from '../../../../server/sandbox/contract.ts';
import { words } from '../words.ts';
import { control, ControlProblem } from './control.ts';
import { go, place } from './phone.ts';
import { sandbox } from './sandbox.ts';

/** A line at the foot of the phone, gone after a few seconds. */
export const toast = ref<string | null>(null);
let toastTimer = 0;

export function say(text: string): void {
  toast.value = text;
  window.clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => {
    toast.value = null;
  }, 4000);
}

export const problemWords = (error: unknown): string =>
  error instanceof ControlProblem ? error.message : words.common.failed;

/** Taps on their way, by message id. */
export const sending = reactive(new Set<string>());
/** What to say under a card whose last tap changed nothing, by message id, until `updates` of the card moves on. */
export const outcomes = reactive(new Map<string, { text: string; updates: number }>());

function updatesOf(userid: string, messageId: string): number {
  const chats = Object.values(sandbox.books[userid]?.open ?? {});
  const content = chats.flatMap((chat) => chat.messages).find((one) => one.id === messageId)?.content;
  return content?.msgtype === 'template_card' ? content.state.updates : 0;
}

function outcomeWords(result: ActResult): string | null {
  switch (result.delivery) {
    case 'accepted':
      return null;
    case 'no_answer':
      return words.card.noAnswer;
    case 'off':
      return words.card.off;
    case 'queued':
      return words.card.queued;
    case 'lost':
      return words.card.lost;
  }
}

/** Opens what a tap asks to open: a page of the app in the phone, anything else in a window of its own. */
export function openLink(url: string): void {
  const home = sandbox.state?.app.homeUrl ?? '';
  let target: URL;
  try {
    target = new URL(url, home || location.href);
  } catch {
    return;
  }
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return;
  const ours = [home, `${target.protocol}//${sandbox.state?.app.trustedDomain ?? ''}`].some(
    (one) => URL.canParse(one) && new URL(one).origin === target.origin,
  );
  if (ours) go({ name: 'h5', to: target.href });
  else window.open(target.href, '_blank', 'noopener');
}

export async function tap(request: TapRequest): Promise<void> {
  const userid = place.member;
  if (userid === null || sending.has(request.messageId)) return;
  sending.add(request.messageId);
  outcomes.delete(request.messageId);
  try {
    const result = await control.tap(userid, request);
    const text = outcomeWords(result);
    if (text !== null) {
      outcomes.set(request.messageId, { text, updates: updatesOf(userid, request.messageId) });
      say(text);
    }
    if (result.openUrl !== null) openLink(result.openUrl);
  } catch (error) {
    say(problemWords(error));
  } finally {
    sending.delete(request.messageId);
  }
}

/** Anything else that calls the app back. Answers whether it went out. */
export async function act(doing: () => Promise<ActResult>): Promise<boolean> {
  try {
    const result = await doing();
    const text = outcomeWords(result);
    if (text !== null && result.delivery !== 'off') say(text);
    if (result.openUrl !== null) openLink(result.openUrl);
    return true;
  } catch (error) {
    say(problemWords(error));
    return false;
  }
}
