import type { Context } from 'koa';

export type SignInProblem = 'expired' | 'outsider' | 'unknown' | 'locked' | 'unreachable';

interface Words {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  /** Whether trying again can help. */
  readonly again: boolean;
}

const WORDS: Readonly<Record<SignInProblem, Words>> = {
  expired: { status: 400, title: '登录已过期', text: '这次登录没有完成，请再试一次。', again: true },
  outsider: {
    status: 403,
    title: '只有本单位成员可以使用',
    text: '请用本单位的企业微信账号打开。',
    again: false,
  },
  unknown: {
    status: 403,
    title: '还没有你的人员信息',
    text: '你的企业微信账号还没有登记在花名册里，请联系人事处。',
    again: false,
  },
  locked: { status: 403, title: '账号已停用', text: '你的账号现在不能登录，请联系人事处。', again: false },
  unreachable: { status: 503, title: '没能登录', text: '企业微信暂时没有回应，请稍后再试。', again: true },
};

const STYLE = `
:root{color-scheme:light dark;--bg:#F2F4F7;--card:#fff;--ink:#1B1F26;--ink2:#525A67;--fill:#1B62D6}
@media(prefers-color-scheme:dark){:root{--bg:#0F1115;--card:#1A1D23;--ink:#E9EBEF;--ink2:#B6BCC7;--fill:#2C6BDD}}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.45 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:26rem;margin:4rem auto;padding:1.5rem 1rem;background:var(--card);border-radius:10px}
h1{margin:0 0 .5rem;font-size:1.3125rem}p{margin:0;color:var(--ink2)}
a{display:block;margin-top:1.25rem;padding:.75rem;border-radius:8px;background:var(--fill);color:#fff;text-align:center;text-decoration:none}`;

/** A page of its own, because without a session the single page cannot show anything. */
export function showProblem(ctx: Context, problem: SignInProblem, returnTo = '/'): void {
  const { status, title, text, again } = WORDS[problem];
  const link = again ? `<a href="/api/auth/login?return=${encodeURIComponent(returnTo)}">再试一次</a>` : '';
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${text}</p>${link}</main></body></html>`;
}
