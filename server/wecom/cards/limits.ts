/**
 * Limits of template cards (page 90236, sections 7.3 and 7.4 of wecom/messages-and-callbacks.md).
 * SHOWN: graphemes that phones show ("建议不超过 N 个字"); longer texts are cut with `…`.
 * COUNT: longest lists the API takes (hard); longer ones are cut at the end.
 * BYTES: longest keys, ids and addresses in UTF-8 (hard); longer ones are faults, for cut they mean another thing.
 */
export const SHOWN = {
  source: 20,
  title: 36,
  desc: 44,
  /** Title of a vote card; its text and that of a choice card may be a paragraph. */
  voteTitle: 16,
  questionDesc: 160,
  emphasisTitle: 14,
  emphasisDesc: 22,
  subTitle: 160,
  rowLabel: 5,
  rowValue: 30,
  jump: 18,
  button: 10,
  option: 16,
  checkOption: 17,
  paragraphTitle: 38,
  paragraphDesc: 160,
} as const;

export const COUNT = {
  rows: 6,
  jumps: 3,
  buttons: 6,
  menu: 3,
  paragraphs: 4,
  options: 10,
  checkOptions: 20,
  selections: 3,
} as const;

export const BYTES = {
  key: 1024,
  optionId: 128,
  /** Not stated for cards; 1024 is the general limit for addresses (errcode 40039). */
  url: 1024,
  userId: 64,
  mediaId: 1024,
} as const;
