import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { findMedia } from '../api/media.ts';
import {
  adminAppRequest,
  adminCallRequest,
  adminCallbackRequest,
  clockRequest,
  faultRequest,
  jsapiVerifyRequest,
  menuRequest,
  messageRequest,
  readRequest,
  resetRequest,
  story,
  tapRequest,
} from '../contract.ts';
import { clockView, droppedView } from '../state/views.ts';
import type { World } from '../world.ts';
import type { Control } from './control.ts';
import { ControlRefusal } from './errors.ts';
import { directoryRoutes } from './directory-routes.ts';
import { guard } from './guard.ts';
import { body, number, text } from './input.ts';
import { nativeRoutes } from './native-routes.ts';
import type { On } from './input.ts';
import { openStream } from './stream.ts';

/** Everything under /sandbox: thin wrappers over Control. See contract.ts for the list. */
export function controlRouter(world: World, control: Control, closing: AbortSignal): Router {
  const router = new Router({ prefix: '/sandbox' });
  const on: On = (method, path, handle) => {
    router[method](path, async (ctx) => await answer(world, ctx, () => handle(ctx, ctx.params)));
  };
  const user = (params: Readonly<Record<string, string>>): string => params['userid'] ?? '';

  on('get', '/state', () => control.state());
  on('get', '/dump', () => control.dump());
  on('get', '/events', (ctx) => openStream(world, ctx, closing));
  on('get', '/members/:userid', (_, p) => control.member(user(p)));
  on('get', '/members/:userid/chats', (_, p) => ({ chats: control.chats(user(p)) }));
  on('get', '/members/:userid/chats/:chatId', (ctx, p) =>
    control.chat(user(p), p['chatId'] ?? '', text(ctx, 'before'), number(ctx, 'limit', 50)),
  );
  on('get', '/members/:userid/workbench', (_, p) => control.workbench(user(p)));
  on('post', '/members/:userid/read', async (ctx, p) =>
    control.read(user(p), (await body(ctx, readRequest)).chatId),
  );
  on('post', '/members/:userid/message', async (ctx, p) =>
    control.message(user(p), await body(ctx, messageRequest)),
  );
  on('post', '/members/:userid/tap', async (ctx, p) => control.tap(user(p), await body(ctx, tapRequest)));
  on('post', '/members/:userid/menu', async (ctx, p) => control.menu(user(p), await body(ctx, menuRequest)));
  on('post', '/members/:userid/enter', (_, p) => control.enter(user(p)));
  on('post', '/members/:userid/consent', async (ctx, p) => {
    control.consent(user(p), (await body(ctx, z.object({ agreed: z.boolean() }))).agreed);
    return {};
  });
  on('get', '/story', () => ({ story: control.story() }));
  on('post', '/story', async (ctx) => {
    control.setStory((await body(ctx, z.object({ story: story.nullable() }))).story);
    return { story: control.story() };
  });
  on('get', '/acts', (ctx) => ({
    acts: world.ledger.acts(number(ctx, 'limit', 30), text(ctx, 'before') ?? undefined),
  }));
  on('get', '/ledger', (ctx) => ({
    entries: world.ledger.entries(number(ctx, 'since', 0), number(ctx, 'limit', 500)),
    last: world.ledger.last,
  }));
  on('get', '/ledger/:id', (_, p) => {
    const detail = world.ledger.detail(p['id'] ?? '');
    if (detail === undefined) throw new ControlRefusal(404, 'no_entry', '没有这条记录');
    return detail;
  });
  on('get', '/dropped', () => ({ dropped: droppedView(world) }));
  on('get', '/media/:mediaId', (ctx, p) => sendMedia(world, ctx, p['mediaId'] ?? ''));
  on('get', '/faults', () => ({ faults: world.faults.list() }));
  on('post', '/faults', async (ctx) => control.addFault(await body(ctx, faultRequest)));
  on('delete', '/faults', () => ({ faults: control.removeFaults() }));
  on('delete', '/faults/:id', (_, p) => ({ faults: control.removeFaults(p['id'] ?? '') }));
  on('get', '/clock', () => clockView(world));
  on('post', '/clock', async (ctx) => control.clock(await body(ctx, clockRequest)));
  on('post', '/reset', async (ctx) => control.reset(await body(ctx, resetRequest)));
  on('post', '/admin/call', async (ctx) => control.adminCall(await body(ctx, adminCallRequest)));
  on('post', '/admin/app', async (ctx) => control.adminApp(await body(ctx, adminAppRequest)));
  on('post', '/admin/callback', async (ctx) => control.adminCallback(await body(ctx, adminCallbackRequest)));
  on('post', '/admin/activate', async (ctx) =>
    control.activate((await body(ctx, z.object({ userids: z.array(z.string()).optional() }))).userids),
  );
  on('post', '/jsapi/verify', async (ctx) => control.verifyJsapi(await body(ctx, jsapiVerifyRequest)));
  directoryRoutes(on, control);
  nativeRoutes(on, control);
  router.all('/{*any}', async (ctx) => {
    await answer(world, ctx, () => {
      throw new ControlRefusal(404, 'no_path', '沙箱没有这个接口');
    });
  });
  return router;
}

async function answer(world: World, ctx: Context, handle: () => unknown): Promise<void> {
  try {
    guard(world, ctx);
    const result = await handle();
    if (ctx.respond === false || Buffer.isBuffer(ctx.body)) return;
    ctx.set('Cache-Control', 'no-store');
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(result ?? {});
  } catch (error) {
    if (!(error instanceof ControlRefusal)) throw error;
    ctx.status = error.status;
    ctx.body = { error: error.error, message: error.message };
  }
}

function sendMedia(world: World, ctx: Context, id: string): void {
  const media = findMedia(world, id);
  if (media === undefined) throw new ControlRefusal(404, 'no_media', '文件已过期');
  ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(media.filename)}`);
  // Uploaded by whoever: shown as what it says it is, never run.
  ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.type = media.contentType;
  ctx.body = media.bytes;
}
