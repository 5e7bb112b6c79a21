/**
 * What a template card says, once, for three destinations: message/send, message/update_template_card and the
 * passive reply to a tap. Texts may be of any length, they are cut to what is shown; keys, ids and addresses are
 * never cut, a wrong one is a CardFault.
 */
export type CardContent = NoticeCard | NewsCard | ButtonCard | VoteCard | ChoiceCard;

export type CardType = CardContent['cardType'];

interface Common {
  /** Unique within the app, see task-id.ts. Sent with the card only: an updated card keeps its own. */
  readonly taskId?: string;
  readonly source?: CardSource;
}

/** text_notice: a message that opens a page. `title` or `subTitle` is needed. */
export interface NoticeCard extends Common {
  readonly cardType: 'text_notice';
  readonly title?: string;
  readonly desc?: string;
  readonly emphasis?: { readonly title: string; readonly desc?: string };
  readonly subTitle?: string;
  readonly quote?: CardQuote;
  readonly rows?: readonly CardRow[];
  readonly jumps?: readonly CardJump[];
  readonly menu?: CardMenu;
  /** Opened by a tap anywhere on the card. */
  readonly actionUrl: string;
}

/** news_notice: the same with a picture. */
export interface NewsCard extends Common {
  readonly cardType: 'news_notice';
  readonly title: string;
  readonly desc?: string;
  /** Width : height, between 1.3 and 2.25. */
  readonly image: { readonly url: string; readonly aspectRatio?: number };
  readonly paragraphs?: readonly { readonly title: string; readonly desc?: string }[];
  readonly quote?: CardQuote;
  readonly rows?: readonly CardRow[];
  readonly jumps?: readonly CardJump[];
  readonly menu?: CardMenu;
  readonly actionUrl: string;
}

/** button_interaction: the card that asks for a decision. */
export interface ButtonCard extends Common {
  readonly cardType: 'button_interaction';
  readonly title: string;
  readonly desc?: string;
  readonly subTitle?: string;
  readonly quote?: CardQuote;
  readonly rows?: readonly CardRow[];
  readonly selection?: CardSelection;
  readonly buttons: readonly CardButton[];
  readonly menu?: CardMenu;
  readonly actionUrl?: string;
  readonly replaceText?: string;
}

/** vote_interaction: one question with up to 20 options. */
export interface VoteCard extends Common {
  readonly cardType: 'vote_interaction';
  readonly title: string;
  readonly desc?: string;
  readonly questionKey: string;
  readonly several?: boolean;
  readonly disabled?: boolean;
  readonly options: readonly (CardOption & { readonly checked?: boolean })[];
  readonly submit: CardSubmit;
  readonly replaceText?: string;
}

/** multiple_interaction: up to three selections. */
export interface ChoiceCard extends Common {
  readonly cardType: 'multiple_interaction';
  readonly title: string;
  readonly desc?: string;
  readonly selections: readonly CardSelection[];
  readonly submit: CardSubmit;
  readonly replaceText?: string;
}

export interface CardSource {
  readonly desc?: string;
  readonly iconUrl?: string;
  readonly color?: 'grey' | 'black' | 'red' | 'green';
}

export interface CardQuote {
  readonly title?: string;
  readonly text?: string;
  readonly url?: string;
}

/** A fact; with `url` it opens a page, with `userId` the member's profile, with `mediaId` the file. */
export interface CardRow {
  readonly label: string;
  readonly value?: string;
  readonly url?: string;
  readonly userId?: string;
  readonly mediaId?: string;
}

export interface CardJump {
  readonly title: string;
  readonly url: string;
}

export interface CardMenu {
  readonly desc?: string;
  readonly actions: readonly { readonly text: string; readonly key: string }[];
}

/** `key`: a tap calls back. `url`: a tap opens a page. Style 1 is the strong one. */
export type CardButton = { readonly text: string; readonly style?: 1 | 2 | 3 | 4 } & (
  { readonly key: string } | { readonly url: string }
);

export interface CardOption {
  readonly id: string;
  readonly text: string;
}

export interface CardSelection {
  readonly questionKey: string;
  readonly title?: string;
  readonly selectedId?: string;
  readonly disabled?: boolean;
  readonly options: readonly CardOption[];
}

export interface CardSubmit {
  readonly text: string;
  readonly key: string;
}

/** The card would be refused by 企业微信. `field` is a path such as `buttons[1].key`; it holds no content. */
export class CardFault extends Error {
  override readonly name = 'CardFault';
  readonly field: string;

  constructor(field: string) {
    super(`template card: ${field}`);
    this.field = field;
  }
}
