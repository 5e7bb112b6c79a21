import type { Context } from 'koa';
import type { SandboxEvent } from '../contract.ts';
import { clockView } from '../state/views.ts';
import type { World } from '../world.ts';

const KEEP_OPEN_MS = 15_000;

/** Server-sent events. The response belongs to us until the browser leaves or the sandbox stops. */
export function openStream(world: World, ctx: Context, closing: AbortSignal): void {
  const { res } = ctx;
  ctx.respond = false;
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  });
  const write = (event: SandboxEvent): void => {
    const id = event.type === 'entry' ? `id: ${event.entry.seq}\n` : '';
    res.write(`${id}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  };
  const silence = world.events.listen(write);
  const beat = setInterval(() => res.write(': open\n\n'), KEEP_OPEN_MS).unref();
  const close = (): void => {
    silence();
    clearInterval(beat);
    closing.removeEventListener('abort', close);
    res.end();
  };
  res.on('close', close);
  closing.addEventListener('abort', close);
  write({ type: 'hello', seq: world.ledger.last, clock: clockView(world) });
}
