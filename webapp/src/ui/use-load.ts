import { onActivated, onDeactivated, onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { connection } from '../api/connection.ts';
import { asFailure, type Failure } from '../api/failure.ts';
import { keep, kept } from '../device.ts';

export interface Loaded<T> {
  data: ShallowRef<T | null>;
  failure: ShallowRef<Failure | null>;
  loading: Ref<boolean>;
  /** Loading for so long that the skeleton should show. */
  slow: Ref<boolean>;
  /** `data` is what this device kept; the server could not be reached. */
  stale: Ref<boolean>;
  reload: () => Promise<void>;
}

const slowMs = 150;

/**
 * One page's reading. `cache` names a place on the device for the last answer, shown when there is no network.
 * A newer reload makes the older one's answer worthless, whichever comes first. Coming back to a kept-alive
 * page, or the network coming back, reloads silently: what is shown stays until the new answer is there.
 */
export function useLoad<T>(
  read: (signal: AbortSignal) => Promise<T>,
  options: { cache?: () => string; slowAtOnce?: boolean } = {},
): Loaded<T> {
  const data: ShallowRef<T | null> = shallowRef(null);
  const failure: ShallowRef<Failure | null> = shallowRef(null);
  const loading = ref(true);
  const slow = ref(options.slowAtOnce ?? false);
  const stale = ref(false);
  let stop = new AbortController();
  let active = true;

  function fail(error: unknown): void {
    const found = asFailure(error);
    const old = found.offline && options.cache ? kept<T>(options.cache()) : null;
    if (old && data.value === null) data.value = old.value;
    stale.value = found.offline && data.value !== null;
    connection.keptAt = old?.at ?? null;
    failure.value = found;
  }

  async function reload(): Promise<void> {
    stop.abort();
    const mine = new AbortController();
    stop = mine;
    loading.value = true;
    const timer = window.setTimeout(() => {
      slow.value = true;
    }, slowMs);
    try {
      const answer = await read(mine.signal);
      if (mine.signal.aborted) return;
      data.value = answer;
      failure.value = null;
      stale.value = false;
      if (options.cache) keep(options.cache(), answer);
    } catch (error) {
      if (!mine.signal.aborted) fail(error);
    } finally {
      window.clearTimeout(timer);
      if (!mine.signal.aborted) {
        loading.value = false;
        slow.value = false;
      }
    }
  }

  const whenOnline = (): void => {
    if (active && failure.value?.offline) void reload();
  };
  window.addEventListener('online', whenOnline);
  let seenBefore = false;
  onActivated(() => {
    active = true;
    if (seenBefore) void reload();
    seenBefore = true;
  });
  onDeactivated(() => {
    active = false;
  });
  onScopeDispose(() => {
    stop.abort();
    window.removeEventListener('online', whenOnline);
  });
  void reload();
  return { data, failure, loading, slow, stale, reload };
}
