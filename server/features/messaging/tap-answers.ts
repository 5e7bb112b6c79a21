import { AppError } from '../../kernel/errors.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { wordsFor } from '../../phrases/index.ts';
import type { TapAnswer } from './receive-tap.ts';

export interface CardPage {
  readonly url: string;
  /** On the one button that is left: 打开处理 */
  readonly button: string;
}

/** The person acts by tapping a card of theirs: they read the outcome in the reply, no update need follow. */
export const tapsNow = ({ actor }: Pick<Tx, 'actor'>, personId: string | null): boolean =>
  actor.kind === 'person' && actor.via === 'card' && actor.personId === personId;

/** The card stays open, but what is left to do is done on its page. */
export const leadToPage = ({ url, button }: CardPage, desc: string): TapAnswer => ({
  final: false,
  card: (current) =>
    current.cardType === 'button_interaction'
      ? { ...current, desc, buttons: [{ text: button, style: 1, url }] }
      : current,
});

/**
 * What answers a tap in every room: the act is tried, then the state is described as it is now, so that a repeated or
 * late tap reads the same (R27). A refusal while the matter is still open is told in words, with the page beside it.
 * @param act null where the key asks for nothing
 * @param describe last words of the card; null while it is still open to this person
 */
export async function actThenDescribe(
  act: (() => Promise<unknown>) | null,
  describe: () => Promise<string | null>,
  page: CardPage,
): Promise<TapAnswer> {
  const refusal = await refusalOf(act);
  const words = await describe();
  if (words !== null) return { final: true, words };
  return leadToPage(page, refusal ? wordsFor(refusal.code, refusal.data, 'zh') : '请打开页面处理');
}

async function refusalOf(act: (() => Promise<unknown>) | null): Promise<AppError | null> {
  try {
    await act?.();
    return null;
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return error;
    throw error;
  }
}
