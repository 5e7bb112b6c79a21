import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { bytes, checked, webUrl } from '../fields.ts';

/** 身份验证 (pages 91022, 91023, 95833). */
export interface AuthorizeRequest {
  /** Its host must be exactly the app's 可信域名. */
  readonly redirectUri: string;
  /** [a-zA-Z0-9], at most 128 bytes; comes back unchanged. */
  readonly state: string;
  /** `base`: silent, userid only. `private`: asks the member's consent, sensitive fields by `detail`. */
  readonly scope?: 'base' | 'private';
}

/** 企业微信 Web 登录 (pages 98152, 98176): a QR code in a desktop browser. */
export interface WebLoginRequest {
  /** Its host must be the app's 可信域名 or its Web网页 授权回调域名. */
  readonly redirectUri: string;
  /** Against forged returns; [a-zA-Z0-9], at most 128 bytes; comes back unchanged. */
  readonly state: string;
  /** Of the login page; default zh. */
  readonly lang?: 'zh' | 'en';
}

export type Visitor =
  | { readonly kind: 'member'; readonly userid: string; readonly userTicket: string | undefined }
  /** Not of this corp; an upstream or downstream visitor's userid has the form `CorpId/userid` and counts here too. */
  | { readonly kind: 'outsider'; readonly openid: string | undefined };

const infoShape = z.looseObject({
  userid: z.string().nullish(),
  user_ticket: z.string().nullish(),
  openid: z.string().nullish(),
});

const detailShape = z.looseObject({
  userid: z.string().min(1),
  gender: z.union([z.string(), z.number()]).transform(String).nullish(),
  avatar: z.string().nullish(),
  mobile: z.string().nullish(),
  email: z.string().nullish(),
  biz_mail: z.string().nullish(),
  address: z.string().nullish(),
  qr_code: z.string().nullish(),
});
export type MemberDetail = z.output<typeof detailShape>;

export interface OauthSettings {
  readonly authorizeBase: string;
  readonly loginBase: string;
  readonly corpId: string;
  readonly agentId: number;
}

export type OauthResource = ReturnType<typeof oauthResource>;

const AUTHORIZE_PATH = '/connect/oauth2/authorize';
const LOGIN_PATH = '/wwlogin/sso/login';
const stateShape = z.string().regex(/^[a-zA-Z0-9]{1,128}$/);

export function oauthResource({ call }: Caller, settings: OauthSettings) {
  const page = pageAt(settings.authorizeBase, AUTHORIZE_PATH);
  const loginPage = pageAt(settings.loginBase, LOGIN_PATH);

  return {
    /** The link's parameters keep this order and end in the literal fragment, as the clients expect. */
    authorizeUrl(request: AuthorizeRequest): string {
      const redirectUri = checked('oauth2/authorize', webUrl(2048), request.redirectUri, 'redirectUri');
      const state = checked('oauth2/authorize', stateShape, request.state, 'state');
      const scope = request.scope === 'private' ? 'snsapi_privateinfo' : 'snsapi_base';
      const query = [
        `appid=${encodeURIComponent(settings.corpId)}`,
        `redirect_uri=${encodeURIComponent(redirectUri)}`,
        'response_type=code',
        `scope=${scope}`,
        `state=${state}`,
        // Without it snsapi_privateinfo is treated as snsapi_base.
        `agentid=${settings.agentId}`,
      ];
      return `${page}?${query.join('&')}#wechat_redirect`;
    },

    /** The code that comes back is exchanged by `visitor`; a web login gives no user ticket. */
    webLoginUrl(request: WebLoginRequest): string {
      const api = 'sso/login';
      const redirectUri = checked(api, webUrl(2048), request.redirectUri, 'redirectUri');
      const query = [
        'login_type=CorpApp',
        `appid=${encodeURIComponent(settings.corpId)}`,
        `agentid=${settings.agentId}`,
        `redirect_uri=${encodeURIComponent(redirectUri)}`,
        `state=${checked(api, stateShape, request.state, 'state')}`,
        `lang=${request.lang ?? 'zh'}`,
      ];
      return `${loginPage}?${query.join('&')}`;
    },

    /** The code is single use and lives 5 minutes; unknown, used or expired: FixData 40029. */
    async visitor(code: string): Promise<Visitor> {
      const api = 'auth/getuserinfo';
      const query = { code: checked(api, bytes(1, 512), code, 'code') };
      const answer = await call({ api, by: 'agent', query, isRead: true }, infoShape);
      if (answer.userid && !answer.userid.includes('/')) {
        return { kind: 'member', userid: answer.userid, userTicket: answer.user_ticket ?? undefined };
      }
      return { kind: 'outsider', openid: answer.openid ?? answer.userid ?? undefined };
    },

    /** Sensitive fields the member agreed to give; absent when refused. The ticket lives 30 minutes. */
    detail: async (userTicket: string): Promise<MemberDetail> => {
      const api = 'auth/getuserdetail';
      const body = { user_ticket: checked(api, bytes(1, 512), userTicket, 'userTicket') };
      return call({ api, by: 'agent', body, isRead: true }, detailShape);
    },
  };
}

/** The setting may name the host or, on private deployments, the whole page. */
function pageAt(base: string, path: string): string {
  const url = new URL(base);
  const own = url.pathname === '/' ? path : url.pathname.replace(/\/+$/, '');
  return `${url.origin}${own}`;
}
