/** A text of 企业微信 knows links (page 90236): a `<` in what people wrote becomes one that means nothing. */
export const wordsOnly = (words: string): string => words.replaceAll('<', '＜');

/** Words with the page they are about on a line of its own. */
export const textWithLink = (words: string, href: string, label = '打开'): string =>
  `${wordsOnly(words)}\n<a href="${href}">${label}</a>`;
