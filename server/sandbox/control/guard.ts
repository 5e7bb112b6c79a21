import type { Context } from 'koa';
import type { World } from '../world.ts';
import { ControlRefusal } from './errors.ts';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Who may drive the sandbox: this machine only. A foreign Host is a rebinding attempt, a foreign Origin another
 * site's script in the newcomer's browser.
 */
export function guard(world: World, ctx: Context): void {
  const { settings, url } = world;
  const remote = ctx.req.socket.remoteAddress ?? '';
  if (settings.controlFrom === 'loopback' && !LOOPBACK.test(remote)) {
    throw new ControlRefusal(403, 'not_local', '沙箱只能在本机操作');
  }
  const own = new URL(url).host;
  const host = ctx.get('host');
  if (!LOCAL_NAME.test(host) && host !== own) throw new ControlRefusal(403, 'host', '不认识的主机名');
  const origin = ctx.get('origin');
  if (origin === '') return;
  // Same server under one of its local names, or as it is published. "null" and other ports are foreign.
  if (origin !== `http://${host}` && origin !== new URL(url).origin) {
    throw new ControlRefusal(403, 'origin', '只接受沙箱自己页面的请求');
  }
}
