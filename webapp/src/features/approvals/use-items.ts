import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../api/failure.ts';
import { get } from '../../api/http.ts';
import type { Box, ItemsAnswer } from '../../api/shapes.ts';
import { session } from '../../session.ts';
import { useLoad, type Loaded } from '../../ui/use-load.ts';

type Item = ItemsAnswer['items'][number];

const pageSize = 20;
const largestPage = 50;

export interface ItemList extends Omit<Loaded<ItemsAnswer>, 'data'> {
  items: ComputedRef<Item[]>;
  counts: ShallowRef<ItemsAnswer['counts'] | null>;
  next: Ref<string | null>;
  /** False while the rows shown still belong to the box or the search before. */
  ready: ComputedRef<boolean>;
  moreFailure: ShallowRef<Failure | null>;
  loadMore: () => Promise<void>;
}

/** The rows of one box, page by page. A silent reload brings back as many rows as were shown. */
export function useItems(box: () => Box, q: () => string): ItemList {
  const counts = shallowRef<ItemsAnswer['counts'] | null>(null);
  const later = shallowRef<Item[]>([]);
  const next = ref<string | null>(null);
  const shownFor = ref('');
  const moreFailure = shallowRef<Failure | null>(null);
  const wanted = (): string => `${box()} ${q()}`;

  const first: Loaded<ItemsAnswer> = useLoad<ItemsAnswer>(
    async (signal) => {
      const asked = wanted();
      const shown =
        shownFor.value === asked
          ? Math.min(largestPage, first.data.value?.items.length ?? 0) + later.value.length
          : 0;
      const limit = shown > pageSize ? Math.min(largestPage, shown) : null;
      const answer = await get<ItemsAnswer>('/api/approvals/items', { box: box(), q: q(), limit }, signal);
      counts.value = answer.counts;
      const { todo: approvals, cc } = answer.counts;
      session.badges = { ...session.badges, approvals, cc };
      later.value = [];
      next.value = answer.next;
      moreFailure.value = null;
      shownFor.value = asked;
      return answer;
    },
    { cache: () => `kept:items:${box()}`, slowAtOnce: true },
  );

  async function loadMore(): Promise<void> {
    const cursor = next.value;
    const asked = wanted();
    if (cursor === null || shownFor.value !== asked) return;
    try {
      const answer = await get<ItemsAnswer>('/api/approvals/items', { box: box(), q: q(), cursor });
      if (wanted() !== asked || next.value !== cursor) return;
      later.value = [...later.value, ...answer.items];
      next.value = answer.next;
      moreFailure.value = null;
    } catch (error) {
      if (wanted() === asked) moreFailure.value = asFailure(error);
    }
  }

  watch(wanted, () => {
    first.data.value = null;
    first.failure.value = null;
    later.value = [];
    next.value = null;
    void first.reload();
  });

  const items = computed(() => [...(first.data.value?.items ?? []), ...later.value]);
  const ready = computed(() => first.data.value !== null);
  return { ...first, items, counts, next, ready, moreFailure, loadMore };
}
