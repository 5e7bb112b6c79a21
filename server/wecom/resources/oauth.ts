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
  readonly corpId: string;
  readonly agentId: number;
}

export type OauthResource = ReturnType<typeof oauthResource>;

const AUTHORIZE_PATH = '/connect/oauth2/authorize';

export function oauthResource({ call }: Caller, settings: OauthSettings) {
  const page = authorizePage(settings.authorizeBase);

  return {
    /** The link's parameters keep this order and end in the literal fragment, as the clients expect. */
    authorizeUrl(request: AuthorizeRequest): string {
      const redirectUri = checked('oauth2/authorize', webUrl(2048), request.redirectUri, 'redirectUri');
      const state = checked(
        'oauth2/authorize',
        z.string().regex(/^[a-zA-Z0-9]{1,128}$/),
        request.state,
        'state',
      );
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
function authorizePage(base: string): string {
  const url = new URL(base);
  const path = url.pathname === '/' ? AUTHORIZE_PATH : url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path}`;
}
