import type { Own, OwnText } from '../api.ts';

const brief = (textId: string, title: string, occasionWords = '首次登录') => ({
  textId,
  version: 1,
  title,
  source: '企业微信管理办法 第十五条',
  occasionWords,
});
export const keeping = brief('account-keeping', '账号和密码保管承诺');
export const workOnly = brief('work-only', '不用于与工作无关的事');
export const classified = brief('no-classified-content', '涉密信息不上网承诺', '发布信息、建群');

export const own = (part: Partial<Own> = {}): Own => ({
  open: [keeping, workOnly],
  due: { dueAt: 1, provisional: false, state: 'ok', words: '还剩 5 个工作日' },
  later: [classified],
  given: { items: [], next: null },
  ...part,
});

export const text = (part: Partial<OwnText> = {}): OwnText => ({
  text: {
    ...keeping,
    words: '一人一号，由本人使用。\n\n1. 我保管好密码。\n2. 我不转借账号。',
    sha256: 'a'.repeat(64),
    registeredAt: 1,
  },
  given: null,
  can: { give: true },
  next: [workOnly],
  ...part,
});
