import type { Middleware } from 'koa';
import helmet from 'koa-helmet';
import type { StaticFiles } from './static-files.ts';

interface Options {
  readonly statics: Pick<StaticFiles, 'scriptHashes'>;
  readonly secure: boolean;
  readonly frameAncestors?: readonly string[];
}

const HSTS_SECONDS = 31_536_000;
const HSTS = `max-age=${HSTS_SECONDS}; includeSubDomains`;

// Hosts that 企业微信's JS-SDK and its login panel refer to (read from @wecom/jssdk).
const WECOM_SCRIPTS = [
  'https://res.wx.qq.com',
  'https://open.work.weixin.qq.com',
  'https://wwcdn.weixin.qq.com',
];
const WECOM_FRAMES = ['https://open.work.weixin.qq.com', 'https://login.work.weixin.qq.com'];
const WECOM_CONNECT = ['https://open.work.weixin.qq.com', 'https://work.weixin.qq.com'];

/** Headers every answer carries: what a page may do, and that an answer of the API is no page. */
export function securityHeaders(options: Options): Middleware {
  const forPages = pageHeaders(options);
  const forApi = apiHeaders(options);
  return (ctx, next) => (ctx.path.startsWith('/api/') ? forApi(ctx, next) : forPages(ctx, next));
}

/** Data is never rendered, framed or guessed at; files that are shown say more themselves. */
function apiHeaders({ secure }: Options): Middleware {
  const headers = {
    'Content-Security-Policy': "default-src 'none'; object-src 'none'; frame-ancestors 'self'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    ...(secure ? { 'Strict-Transport-Security': HSTS } : {}),
  };
  return (ctx, next) => {
    ctx.set(headers);
    return next();
  };
}

/** The CSP lets 企业微信's JS-SDK work and nothing else from outside. */
function pageHeaders({ statics, secure, frameAncestors = [] }: Options): Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...statics.scriptHashes, ...WECOM_SCRIPTS],
        // Vant sets positions in style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https://wework.qpic.cn', 'https://rescdn.qqmail.com'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...WECOM_CONNECT],
        frameSrc: ["'self'", ...WECOM_FRAMES],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'", 'https://*.work.weixin.qq.com', ...frameAncestors],
      },
    },
    // frame-ancestors says it; X-Frame-Options cannot name several.
    frameguard: false,
    strictTransportSecurity: secure ? { maxAge: HSTS_SECONDS } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: secure ? { policy: 'same-origin' } : false,
    originAgentCluster: secure,
  });
}
