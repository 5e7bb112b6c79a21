import type { Brief, Occasion } from './contract.ts';
import type { Text } from './text.ts';

export const OCCASION_WORDS: Readonly<Record<Occasion, string>> = {
  'first-sign-in': '首次登录',
  publishing: '发布信息',
  'group-creation': '建群',
};

const VIA_WORDS: Readonly<Record<string, string>> = { h5: '企业微信', console: '电脑' };
export const viaWords = (via: string): string => VIA_WORDS[via] ?? via;

export const briefOf = ({ textId, version, title, source, occasions }: Text): Brief => ({
  textId,
  version,
  title,
  source,
  occasionWords: occasions.map((one) => OCCASION_WORDS[one]).join('、'),
});
