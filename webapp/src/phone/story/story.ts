/**
 * The newcomer's story as data: the app registers it with the sandbox (`GET /sandbox/story` answers
 * `{ story: Story | null }`), so that the phone knows no product words. In notes `**…**` is bold.
 */
export interface Story {
  steps: StoryStep[];
  /** After the last step: whose phone is worth a look, and why. */
  end: { userid: string | null; note: string };
}

export interface StoryStep {
  /** On the pill, e.g. `王处长同意`. */
  label: string;
  /** Who acts in this step. */
  userid: string;
  /** One sentence when this person holds the phone. */
  note: string;
  /** One sentence when somebody else does; absent: `换成 **姓名**，接着走下一步。` */
  switchNote?: string;
  /** A page to open instead of a card to tap. `url` absolute, or a path of the app. */
  open?: { label: string; url: string };
  /** The card to ring and the text of its button. */
  ring?: { titleHas: string; button: string };
  /** The step is done when `userid`'s chat with the app holds such a card, greyed out with `replacedBy` if given. */
  done: CardSign;
}

export interface CardSign {
  userid: string;
  /** Part of the card's title. */
  titleHas: string;
  /** Part of the words that took the place of the buttons. */
  replacedBy?: string;
}
