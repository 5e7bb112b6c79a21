import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../api/failure.ts';

export interface Loaded<T> {
  data: ShallowRef<T | null>;
  failure: ShallowRef<Failure | null>;
  loading: Ref<boolean>;
  /** Loading for so long that the skeleton should show. */
  slow: Ref<boolean>;
  /** `quiet` (a poll) shows neither skeleton nor a failure while older data stands. */
  reload: (quiet?: boolean) => Promise<void>;
}

/** A skeleton that comes sooner only flickers (CONSOLE.md section 4). */
const slowMs = 400;

/** One reading of a page. A newer reload makes an older answer worthless, whichever comes first. */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const data: ShallowRef<T | null> = shallowRef(null);
  const failure: ShallowRef<Failure | null> = shallowRef(null);
  const loading = ref(true);
  const slow = ref(false);
  let stop = new AbortController();

  async function reload(quiet = false): Promise<void> {
    stop.abort();
    const mine = new AbortController();
    stop = mine;
    loading.value = true;
    const timer = setTimeout(() => {
      slow.value = !quiet;
    }, slowMs);
    try {
      const answer = await read(mine.signal);
      if (mine.signal.aborted) return;
      data.value = answer;
      failure.value = null;
    } catch (error) {
      if (!mine.signal.aborted) failure.value = asFailure(error);
    } finally {
      clearTimeout(timer);
      if (!mine.signal.aborted) {
        loading.value = false;
        slow.value = false;
      }
    }
  }

  onScopeDispose(() => stop.abort());
  void reload();
  return { data, failure, loading, slow, reload };
}
