import type { Middleware } from 'koa';
import helmet from 'koa-helmet';
import type { StaticFiles } from './static-files.ts';

interface Options {
  readonly statics: Pick<StaticFiles, 'scriptHashes'>;
  readonly secure: boolean;
  readonly frameAncestors?: readonly string[];
}

// Hosts that 企业微信's JS-SDK and its login panel refer to (read from @wecom/jssdk).
const WECOM_SCRIPTS = [
  'https://res.wx.qq.com',
  'https://open.work.weixin.qq.com',
  'https://wwcdn.weixin.qq.com',
];
const WECOM_FRAMES = ['https://open.work.weixin.qq.com', 'https://login.work.weixin.qq.com'];
const WECOM_CONNECT = ['https://open.work.weixin.qq.com', 'https://work.weixin.qq.com'];

/** Headers every answer carries. The CSP lets 企业微信's JS-SDK work and nothing else from outside. */
export function securityHeaders({ statics, secure, frameAncestors = [] }: Options): Middleware {
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
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: secure ? { policy: 'same-origin' } : false,
    originAgentCluster: secure,
  });
}
