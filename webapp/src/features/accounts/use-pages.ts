import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../api/failure.ts';
import { useLoad, type Loaded } from '../../ui/use-load.ts';

interface Page<T, C> {
  items: T[];
  next: string | null;
  counts: C | null;
}

export interface Pages<T, C> extends Omit<Loaded<Page<T, C>>, 'data'> {
  items: ComputedRef<T[]>;
  counts: ComputedRef<C | null>;
  ready: ComputedRef<boolean>;
  next: Ref<string | null>;
  moreFailure: ShallowRef<Failure | null>;
  loadMore: () => Promise<void>;
}

/** A list of the server's page by page, to its end; read anew when `box` changes. */
export function usePages<T, C>(
  box: () => string,
  read: (query: { box: string; cursor?: string }, signal?: AbortSignal) => Promise<Page<T, C>>,
): Pages<T, C> {
  const later = shallowRef<T[]>([]);
  const next = ref<string | null>(null);
  const moreFailure = shallowRef<Failure | null>(null);
  const { data, ...first } = useLoad<Page<T, C>>(
    async (signal) => {
      const answer = await read({ box: box() }, signal);
      later.value = [];
      next.value = answer.next;
      moreFailure.value = null;
      return answer;
    },
    { slowAtOnce: true },
  );

  async function loadMore(): Promise<void> {
    const cursor = next.value;
    const asked = box();
    if (cursor === null) return;
    try {
      const answer = await read({ box: asked, cursor });
      if (box() !== asked || next.value !== cursor) return;
      later.value = [...later.value, ...answer.items];
      next.value = answer.next;
      moreFailure.value = null;
    } catch (error) {
      if (box() === asked) moreFailure.value = asFailure(error);
    }
  }

  watch(box, () => {
    data.value = null;
    first.failure.value = null;
    later.value = [];
    next.value = null;
    void first.reload();
  });
  return {
    ...first,
    items: computed(() => [...(data.value?.items ?? []), ...later.value]),
    counts: computed(() => data.value?.counts ?? null),
    ready: computed(() => data.value !== null),
    next,
    moreFailure,
    loadMore,
  };
}
