import { eventCallback } from './callbacks/app-events.ts';
import { memberOf } from './state/directory.ts';
import type { World } from './world.ts';

/**
 * subscribe and unsubscribe (page 90240): an activated member enters or leaves the app's visible range, joins,
 * leaves or is disabled. Compared a moment after a change, so that a batch of changes is one comparison.
 */
export interface Followers {
  /** Compare soon. */
  changed(): void;
  /** Take the present state as known, without events. */
  accept(): void;
  stop(): void;
}

const PAUSE_MS = 50;
/** Of the time: comparing a large directory must not slow down who changes it. */
const SHARE = 0.05;

export function createFollowers(world: World): Followers {
  let known = new Map<string, string>();
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = PAUSE_MS;
  const present = (): Map<string, string> => {
    const found = new Map<string, string>();
    for (const key of world.scope().members) {
      const member = memberOf(world.data, key);
      if (member?.enabled === true && member.activated) found.set(key, member.userid);
    }
    return found;
  };
  const tell = (userid: string, event: 'subscribe' | 'unsubscribe'): void => {
    const name = memberOf(world.data, userid)?.name ?? userid;
    const title = event === 'subscribe' ? `${name}可以使用应用了` : `${name}不再能使用应用`;
    const actId = world.ledger.startAct('scope', userid, title);
    void world.callbacks.send(eventCallback(world, userid, event, [['EventKey', '']], { actId }));
  };
  const compare = (): void => {
    timer = null;
    const began = performance.now();
    const next = present();
    const before = known;
    known = next;
    for (const [key, userid] of next) if (!before.has(key)) tell(userid, 'subscribe');
    for (const [key, userid] of before) if (!next.has(key)) tell(userid, 'unsubscribe');
    pauseMs = Math.max(PAUSE_MS, (performance.now() - began) / SHARE);
  };
  return {
    changed: () => {
      timer ??= setTimeout(compare, pauseMs).unref();
    },
    accept: () => {
      known = present();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
