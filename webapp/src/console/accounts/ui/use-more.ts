import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Failure } from '../../../api/failure.ts';
import { useAct } from '../../ui/use-act.ts';
import { useLoad } from '../../ui/use-load.ts';

interface Page<T, C> {
  items: T[];
  next: string | null;
  counts: C | null;
}

export interface More<T, C> {
  items: ComputedRef<T[]>;
  counts: ComputedRef<C | null>;
  ready: ComputedRef<boolean>;
  next: Ref<string | null>;
  failure: ShallowRef<Failure | null>;
  /** Why the next page did not come. */
  moreFailure: ShallowRef<Failure | null>;
  busy: Ref<boolean>;
  reload: (quiet?: boolean) => Promise<void>;
  more: () => Promise<void>;
}

/** A list inside a page: read from the start, then on and on to its end. */
export function useMore<T, C>(
  read: (cursor: string | undefined, signal?: AbortSignal) => Promise<Page<T, C>>,
): More<T, C> {
  const later = shallowRef<T[]>([]);
  const next = ref<string | null>(null);
  const acting = useAct();
  const { data, failure, reload } = useLoad<Page<T, C>>(async (signal) => {
    const page = await read(undefined, signal);
    later.value = [];
    next.value = page.next;
    return page;
  });
  async function more(): Promise<void> {
    const cursor = next.value;
    if (cursor === null || acting.busy.value) return;
    const page = await acting.run(() => read(cursor));
    if (!page || next.value !== cursor) return;
    later.value = [...later.value, ...page.items];
    next.value = page.next;
  }
  return {
    items: computed(() => [...(data.value?.items ?? []), ...later.value]),
    counts: computed(() => data.value?.counts ?? null),
    ready: computed(() => data.value !== null),
    next,
    failure,
    moreFailure: acting.failure,
    busy: acting.busy,
    reload,
    more,
  };
}
