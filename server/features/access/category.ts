/** 院内, 院外服务, 代管: the category of a person decides what is visible (S2-4.4). */
export const CATEGORIES = ['internal', 'external', 'entrusted'] as const;
export type Category = (typeof CATEGORIES)[number];

export const CATEGORY_NAMES: Readonly<Record<Category, string>> = {
  internal: '院内人员',
  external: '院外服务人员',
  entrusted: '代管单位人员',
};

const isCategory = (word: string): word is Category => (CATEGORIES as readonly string[]).includes(word);

/**
 * The affiliations of a person (rule B8), today the one the directory keeps. A word we do not know qualifies for
 * nothing.
 */
export const affiliationsOf = (person: { readonly category: string }): readonly Category[] =>
  isCategory(person.category) ? [person.category] : [];
