import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { asFailure } from '../api/failure.ts';
import { toast } from './toast.ts';
import { useLoad, type Loaded } from './use-load.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

export interface Pages<Answer, Item> extends Loaded<Answer> {
  /** All rows read so far. */
  readonly items: ComputedRef<Item[]>;
  readonly next: Ref<string | null>;
  readonly moreBusy: Ref<boolean>;
  more(): Promise<void>;
}

/**
 * A list that goes on page by page. Its first page comes with the answer that the page shows; reading anew begins there
 * again, and a page that cannot be had is told in passing.
 * @param pageOf where the list stands in the answer
 */
export function usePages<Answer, Item>(
  read: (cursor: string | null, signal?: AbortSignal) => Promise<Answer>,
  pageOf: (answer: Answer) => Page<Item>,
): Pages<Answer, Item> {
  const earlier = shallowRef<readonly Item[]>([]);
  const next = ref<string | null>(null);
  const moreBusy = ref(false);
  const first = useLoad(async (signal) => {
    const answer = await read(null, signal);
    earlier.value = [];
    next.value = pageOf(answer).next;
    return answer;
  });
  const items = computed(() => [
    ...(first.data.value ? pageOf(first.data.value).items : []),
    ...earlier.value,
  ]);

  async function more(): Promise<void> {
    if (moreBusy.value) return;
    moreBusy.value = true;
    try {
      const page = pageOf(await read(next.value));
      earlier.value = [...earlier.value, ...page.items];
      next.value = page.next;
    } catch (error) {
      toast({ words: asFailure(error).message, tone: 'bad' });
    } finally {
      moreBusy.value = false;
    }
  }
  return { ...first, items, next, moreBusy, more };
}
