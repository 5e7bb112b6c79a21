import type { OutgoingCallback, Sent } from './types.ts';

/** "No order guaranteed": holds callbacks back and lets them go last first, each after the one before was answered. */
export interface ReorderQueue {
  /** Goes with the others when `of` are there, or `ms` real milliseconds after the first. */
  hold(callback: OutgoingCallback, of: number, ms: number): void;
  idle(): Promise<void>;
  stop(): void;
}

export function createReorderQueue(send: (callback: OutgoingCallback) => Promise<Sent>): ReorderQueue {
  let held: OutgoingCallback[] = [];
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();
  const inTurn = async (before: Promise<void>, batch: OutgoingCallback[]): Promise<void> => {
    await before;
    for (const callback of batch) await send(callback);
  };
  const clear = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const release = (): void => {
    clear();
    const batch = held.reverse();
    held = [];
    sending = inTurn(sending, batch);
  };
  return {
    hold: (callback, of, ms) => {
      held.push(callback);
      if (held.length >= of) release();
      else timer ??= setTimeout(release, ms).unref();
    },
    idle: async () => {
      if (held.length > 0) release();
      await sending;
    },
    stop: () => {
      clear();
      held = [];
    },
  };
}
