import type { CardType } from './content.ts';

/** template_card as message/send and message/update_template_card take it. */
export interface WireCard {
  readonly card_type: CardType;
  readonly task_id?: string | undefined;
  readonly source?: WireSource | undefined;
  readonly action_menu?: WireMenu | undefined;
  readonly main_title?: WireTitle | undefined;
  readonly quote_area?: WireQuote | undefined;
  readonly emphasis_content?: WireTitle | undefined;
  readonly sub_title_text?: string | undefined;
  readonly card_image?: { readonly url: string; readonly aspect_ratio?: number | undefined } | undefined;
  readonly vertical_content_list?: readonly WireTitle[] | undefined;
  readonly horizontal_content_list?: readonly WireRow[] | undefined;
  readonly jump_list?: readonly WireJump[] | undefined;
  readonly card_action?: { readonly type: 1; readonly url: string } | undefined;
  readonly button_selection?: WireSelection | undefined;
  readonly button_list?: readonly WireButton[] | undefined;
  readonly checkbox?: WireCheckbox | undefined;
  readonly select_list?: readonly WireSelection[] | undefined;
  readonly submit_button?: { readonly text: string; readonly key: string } | undefined;
  readonly replace_text?: string | undefined;
}

export interface WireSource {
  readonly icon_url?: string | undefined;
  readonly desc?: string | undefined;
  readonly desc_color?: 0 | 1 | 2 | 3 | undefined;
}

export interface WireMenu {
  readonly desc?: string | undefined;
  readonly action_list: readonly { readonly text: string; readonly key: string }[];
}

export interface WireTitle {
  readonly title?: string | undefined;
  readonly desc?: string | undefined;
}

export interface WireQuote {
  readonly type: 0 | 1;
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly quote_text?: string | undefined;
}

export interface WireRow {
  /** 1 address, 2 file, 3 member; absent: plain. */
  readonly type?: 1 | 2 | 3 | undefined;
  readonly keyname: string;
  readonly value?: string | undefined;
  readonly url?: string | undefined;
  readonly media_id?: string | undefined;
  readonly userid?: string | undefined;
}

export interface WireJump {
  readonly type: 1;
  readonly title: string;
  readonly url: string;
}

export interface WireButton {
  /** 1 opens `url`; absent: calls back with `key`. */
  readonly type?: 1 | undefined;
  readonly text: string;
  readonly style?: number | undefined;
  readonly key?: string | undefined;
  readonly url?: string | undefined;
}

export interface WireSelection {
  readonly question_key: string;
  readonly title?: string | undefined;
  readonly selected_id?: string | undefined;
  readonly disable?: boolean | undefined;
  readonly option_list: readonly { readonly id: string; readonly text: string }[];
}

export interface WireCheckbox {
  readonly question_key: string;
  /** 0 one, 1 several. */
  readonly mode: 0 | 1;
  readonly disable?: boolean | undefined;
  readonly option_list: readonly {
    readonly id: string;
    readonly text: string;
    readonly is_checked: boolean;
  }[];
}
