/** Rows come one after another, as two people talk; what was there when the page opened is there at once. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';

const STEP_MS = 130;

const still = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * @param ids all rows in the order they happened; ids never come back
 * @returns ids shown so far, and those that are still new to the eye
 */
export function useReveal(ids: () => readonly string[]): {
  shown: ShallowRef<ReadonlySet<string>>;
  fresh: ShallowRef<ReadonlySet<string>>;
} {
  const shown = shallowRef<ReadonlySet<string>>(new Set(ids()));
  const fresh = shallowRef<ReadonlySet<string>>(new Set());
  let queue: string[] = [];
  let timer = 0;

  const next = (): void => {
    timer = 0;
    const id = queue.shift();
    if (id === undefined) return;
    shown.value = new Set(shown.value).add(id);
    fresh.value = new Set(fresh.value).add(id);
    if (queue.length > 0) timer = window.setTimeout(next, STEP_MS);
  };

  watch(ids, (now) => {
    const missing = now.filter((id) => !shown.value.has(id) && !queue.includes(id));
    // A burst such as the first push of 600 members is not a conversation.
    if (still() || missing.length > 12) {
      shown.value = new Set(now);
      queue = [];
      return;
    }
    queue.push(...missing);
    if (queue.length > 0 && timer === 0) next();
  });
  onScopeDispose(() => window.clearTimeout(timer));
  return { shown, fresh };
}
