import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../api/failure.ts';

export interface Act {
  busy: Ref<boolean>;
  failure: ShallowRef<Failure | null>;
  /** Runs unless one is already running: a double click sends once. Answers null when it did not succeed. */
  run: <T>(send: () => Promise<T>) => Promise<T | null>;
}

export function useAct(): Act {
  const busy = ref(false);
  const failure: ShallowRef<Failure | null> = shallowRef(null);
  async function run<T>(send: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    failure.value = null;
    try {
      return await send();
    } catch (error) {
      failure.value = asFailure(error);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, failure, run };
}
