import { setTimeout as sleep } from 'node:timers/promises';
import type { ActResult, LedgerEntry } from '../contract.ts';
import type { OpenEntry } from '../state/ledger.ts';
import type { World } from '../world.ts';
import { createReorderQueue } from './reorder.ts';
import { ReplyError, callbackOf, envelopeOf, openReply, post, verifyUrl } from './wire.ts';
import type { CallbackSender, OutgoingCallback, Sent } from './types.ts';
import type { Envelope, WireAnswer } from './wire.ts';
import { toXml } from './xml.ts';

type First = (sent: Sent) => void;

export function createCallbackSender(world: World): CallbackSender {
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  const start = (callback: OutgoingCallback): Promise<Sent> =>
    new Promise((first) => {
      const work = deliver(world, callback, stopping.signal, first)
        .catch((error: unknown) => {
          if (!stopping.signal.aborted)
            world.settings.log('sandbox callback failed', { error: String(error) });
          first({ delivery: 'no_answer', reply: 'none' });
        })
        .finally(() => running.delete(work));
      running.add(work);
    });
  const sendNow = async (callback: OutgoingCallback): Promise<Sent> => {
    const times = world.faults.hit(['duplicate_callbacks'], callback.name)?.request.times ?? 1;
    const results = await Promise.all(Array.from({ length: times }, () => start(callback)));
    return results[0] ?? { delivery: 'off', reply: 'none' };
  };
  const queue = createReorderQueue(sendNow);
  return {
    send: async (callback) => {
      if (callbackOf(world, callback.target).url === null) {
        callback.settled?.();
        return { delivery: 'off', reply: 'none' };
      }
      const reordered = world.faults.hit(['reorder_callbacks'], callback.name)?.request;
      if (reordered !== undefined) {
        queue.hold(callback, reordered.of, reordered.ms);
        return { delivery: 'queued', reply: 'none' };
      }
      return await sendNow(callback);
    },
    verify: (target) => verifyUrl(world, target),
    idle: async () => {
      await queue.idle();
      while (running.size > 0) await Promise.allSettled(running);
    },
    stop: () => {
      queue.stop();
      stopping.abort();
    },
  };
}

async function deliver(
  world: World,
  callback: OutgoingCallback,
  signal: AbortSignal,
  first: First,
): Promise<void> {
  const xml = toXml(callback.fields);
  const { name, summary, shown, actId } = callback;
  const entry = world.ledger.open({
    kind: 'callback',
    name,
    summary,
    fields: shown,
    ...(actId !== undefined && { actId }),
    request: { method: 'POST', path: callbackOf(world, callback.target).url ?? '', body: xml },
  });
  world.data.counters.callbacks += 1;
  try {
    if (await delayedOrLost(world, name, entry, signal, first)) return;
    await attempts(world, callback, xml, entry, signal, first);
  } finally {
    callback.settled?.();
  }
}

/** true = a fault ate it. */
async function delayedOrLost(
  world: World,
  name: string,
  entry: OpenEntry,
  signal: AbortSignal,
  first: First,
): Promise<boolean> {
  const lost = world.faults.hit(['lost_callbacks'], name);
  if (lost !== undefined) {
    entry.close({ state: 'failed', faultId: lost.id, summary: `${entry.entry.summary}（故障：没有发出）` });
    first({ delivery: 'lost', reply: 'none' });
    return true;
  }
  const late = world.faults.hit(['late_callbacks'], name);
  if (late === undefined) return false;
  entry.update({ faultId: late.id, nextAttemptAt: Date.now() + late.request.ms });
  first({ delivery: 'queued', reply: 'none' });
  await sleep(late.request.ms, undefined, { signal, ref: false });
  return false;
}

async function attempts(
  world: World,
  callback: OutgoingCallback,
  xml: string,
  entry: OpenEntry,
  signal: AbortSignal,
  first: First,
): Promise<void> {
  const { count, delaysMs } = world.settings.retries;
  for (let attempt = 1; ; attempt += 1) {
    const envelope = envelopeOf(world, callback.target, xml);
    if (envelope === null) return;
    entry.update({ attempts: attempt, nextAttemptAt: null, state: 'running' });
    const answer = await post(world, envelope, signal);
    if (answer.status === 200) {
      first({ delivery: 'accepted', reply: accept(world, callback, envelope, answer, entry) });
      return;
    }
    first({ delivery: 'no_answer', reply: 'none' });
    const trouble = answer.status === null ? answer.trouble : `应答 ${answer.status}`;
    const retried = attempt <= count && (answer.status === null || world.settings.retries.onStatus);
    if (!retried) {
      world.data.counters.failed += 1;
      finish(entry, envelope, answer, {
        state: 'failed',
        summary: `${callback.summary} · ${trouble}，不再重试`,
      });
      return;
    }
    const delay = delaysMs[attempt - 1] ?? delaysMs.at(-1) ?? 0;
    entry.update({
      state: 'retrying',
      summary: `${callback.summary} · ${trouble}`,
      nextAttemptAt: Date.now() + delay,
    });
    await sleep(delay, undefined, { signal, ref: false });
  }
}

function finish(
  entry: OpenEntry,
  envelope: Envelope,
  answer: WireAnswer,
  changes: Partial<LedgerEntry>,
  clear = answer.text,
): void {
  entry.detail.raw = { request: envelope.body, response: answer.text };
  entry.close(changes, { status: answer.status ?? 0, body: clear });
}

/** The delivery is accepted even when the reply cannot be used: 企业微信 never delivers it again. */
function accept(
  world: World,
  callback: OutgoingCallback,
  envelope: Envelope,
  answer: WireAnswer,
  entry: OpenEntry,
): ActResult['reply'] {
  const said: Partial<LedgerEntry> = { state: 'ok', summary: callback.summary };
  try {
    const reply = openReply(world, callback.target, answer.text);
    finish(entry, envelope, answer, said, reply?.xml ?? '');
    if (reply === null) return 'none';
    if (callback.onReply === undefined) throw new ReplyError('这个事件不接受被动回复，已忽略');
    const applied = callback.onReply(reply.node);
    note(world, entry, applied.summary, 'ok');
    return applied.kind;
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    if (entry.entry.state !== 'ok') finish(entry, envelope, answer, said);
    note(world, entry, error.message, 'failed');
    return 'invalid';
  }
}

function note(world: World, entry: OpenEntry, summary: string, state: 'ok' | 'failed'): void {
  const { actId } = entry.entry;
  const reply = world.ledger.open({
    kind: 'reply',
    name: '被动回复',
    summary,
    actId,
    request: { method: '', path: '', body: entry.detail.response?.body ?? '' },
  });
  reply.update({ state });
}
