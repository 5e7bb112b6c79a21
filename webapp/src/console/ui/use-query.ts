import { computed, ref, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';

export interface UrlState {
  /** One value of the URL's query, '' when absent. */
  one: (name: string) => string;
  /** Changes some and keeps the rest; an empty value goes away. A filter is no step of the history. */
  set: (changes: Readonly<Record<string, string>>) => void;
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
  return { one, set };
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

/** Pages of a list in a dialog: nobody's link. */
export function usePagingHere(): Paging {
  const cursor = ref('');
  const before = ref(0);
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
