import { computed, ref, watch, type Ref, type WatchSource } from 'vue';
import { useRoute, useRouter } from 'vue-router';

export interface UrlState {
  /** One value of the URL's query, '' when absent. */
  one: (name: string) => string;
  /** Changes some and keeps the rest; an empty value goes away. A filter is no step of the history. */
  set: (changes: Readonly<Record<string, string>>) => void;
  /** The same for a filter of a paged list: another list begins at its first page. */
  narrow: (changes: Readonly<Record<string, string>>) => void;
}

/** Filters live in the URL, so that a link shows the same list. */
export function useQuery(): UrlState {
  const route = useRoute();
  const router = useRouter();
  const one = (name: string): string => {
    const value = route.query[name];
    return typeof value === 'string' ? value : '';
  };
  const set = (changes: Readonly<Record<string, string>>): void => {
    const next = { ...route.query, ...changes };
    const query = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''));
    void router.replace({ query });
  };
  return { one, set, narrow: (changes) => set({ ...changes, cursor: '', at: '' }) };
}

export interface Paging {
  cursor: Readonly<Ref<string>>;
  /** How many rows stand before this page. */
  before: Readonly<Ref<number>>;
  forward: (next: string, shown: number) => void;
  back: () => void;
}

/** Pages as part of the URL. */
export function usePaging(query: UrlState): Paging {
  const cursor = computed(() => query.one('cursor'));
  const before = computed(() => (cursor.value === '' ? 0 : Number(query.one('at')) || 0));
  const go = (to: string, at: number): void => query.set({ cursor: to, at: at === 0 ? '' : String(at) });
  return turning(cursor, before, go);
}

/** Pages of a list in a dialog or beside another list: nobody's link. A change of `filters` goes to the first. */
export function usePagingHere(filters: readonly WatchSource[] = []): Paging {
  const cursor = ref('');
  const before = ref(0);
  // At once: the list is read once, with the new filter and its own first page.
  watch(
    [...filters],
    () => {
      cursor.value = '';
      before.value = 0;
    },
    { flush: 'sync' },
  );
  return turning(cursor, before, (to, at) => {
    cursor.value = to;
    before.value = at;
  });
}

/** Remembers where each page of this visit began, so that ← works although the server only knows the way forward. */
function turning(
  cursor: Readonly<Ref<string>>,
  before: Readonly<Ref<number>>,
  go: (to: string, at: number) => void,
): Paging {
  const visited: { cursor: string; before: number }[] = [];
  return {
    cursor,
    before,
    forward(next, shown) {
      visited.push({ cursor: cursor.value, before: before.value });
      go(next, before.value + shown);
    },
    back() {
      const last = visited.pop();
      go(last?.cursor ?? '', last?.before ?? 0);
    },
  };
}
