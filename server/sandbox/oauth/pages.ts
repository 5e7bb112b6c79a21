import type { Member } from '../state/data.ts';

/** The three pages a person may see while logging in: pick a member, agree, or be told what is wrong. */

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const STYLE = `body{margin:0;font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;background:#f2f3f5;color:#1c2129}
@media (prefers-color-scheme:dark){body{background:#16181c;color:#e6e8eb}main,li a,input{background:#22252a!important;color:inherit!important}}
main{max-width:480px;margin:0 auto;padding:24px 16px}h1{font-size:20px;margin:0 0 4px}p{margin:0 0 16px;color:#6b7280}
ul{list-style:none;margin:0;padding:0}li a{display:block;padding:12px 16px;background:#fff;border-radius:8px;margin-bottom:8px;color:inherit;text-decoration:none}
li a:focus-visible,button:focus-visible,input:focus-visible{outline:2px solid #1b63d6;outline-offset:2px}
small{color:#6b7280}input{width:100%;box-sizing:border-box;padding:12px;border:1px solid #d6d9de;border-radius:8px;font:inherit;margin-bottom:12px}
button,.button{display:inline-block;padding:12px 20px;border:0;border-radius:8px;background:#1b63d6;color:#fff;font:inherit;text-decoration:none}
.plain{background:transparent;color:#1b63d6}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style><main>${body}</main></html>`;

export function problemPage(title: string, detail: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(detail)}</p>`);
}

export interface Choice {
  member: Member;
  place: string;
  href: string;
}

export interface PickerWords {
  title: string;
  heading: string;
  note: string;
}

export const OAUTH_WORDS: PickerWords = {
  title: '沙箱登录',
  heading: '沙箱登录：选择要扮演的人',
  note: '这是本机的演示，没有真实账号',
};

/** In place of the QR code. */
export const LOGIN_WORDS: PickerWords = {
  title: '企业微信登录（沙箱）',
  heading: '沙箱扫码登录：以谁的身份登录',
  note: '真实的企业微信在这里显示二维码。在沙箱里点一个人，就等于这个人扫码并确认',
};

/** The app writes the college in at its first start, which takes seconds. */
const NOBODY_YET = '通讯录里还没有人。第一次启动时，人员要几秒才写完，稍后刷新这一页';

/** `hidden` repeats the authorize parameters so that a search keeps them. */
export function pickerPage(
  choices: Choice[],
  query: string,
  hidden: [string, string][],
  more: number,
  words: PickerWords,
): string {
  const inputs = hidden
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  const rows = choices
    .map(
      ({ member, place, href }) =>
        `<li><a href="${escapeHtml(href)}">${escapeHtml(member.name)} <small>${escapeHtml([place, member.position, member.userid].filter((part) => part !== '').join(' · '))}</small></a></li>`,
    )
    .join('');
  const rest = more > 0 ? `<p>还有 ${more} 人，输入姓名或工号查找</p>` : '';
  const none = choices.length === 0 ? `<p>${query === '' ? NOBODY_YET : '没有找到这个人'}</p>` : '';
  return page(
    words.title,
    `<h1>${words.heading}</h1><p>${words.note}</p>
<form method="get">${inputs}<input type="search" name="q" value="${escapeHtml(query)}" placeholder="找人：姓名或工号" aria-label="找人：姓名或工号"></form>
<ul>${rows}</ul>${none}${rest}`,
  );
}

export function consentPage(app: string, member: Member, agree: string, refuse: string): string {
  return page(
    '授权',
    `<h1>${escapeHtml(app)} 申请获取你的信息</h1><p>${escapeHtml(member.name)}，对方将获得你的头像、性别、手机、邮箱、地址。同意后 30 天内不再询问。</p>
<p><a class="button" href="${escapeHtml(agree)}">同意</a> <a class="button plain" href="${escapeHtml(refuse)}">不同意</a></p>`,
  );
}
