import { computed, reactive, type ComputedRef } from 'vue';
import { useQuery } from './use-query.ts';

/** The names a list's filters have in the URL, each with the one the server knows it by: `{ seal: 'sealId' }`. */
type Names = Readonly<Record<string, string>>;
type Asked<N extends Names> = { readonly [K in keyof N as N[K]]: string };

export interface Filters<N extends Names> {
  /** What is chosen, by its name in the URL; '' when nothing is. */
  one: (name: keyof N & string) => string;
  /** The same as a request asks it. Another object only when something else is asked: a list may watch it. */
  asked: ComputedRef<Asked<N>>;
  /** What stands in the boxes one types into; `clear` empties them. */
  typed: Record<keyof N & string, string>;
  filtered: ComputedRef<boolean>;
  narrow: (changes: { readonly [K in keyof N]?: string }) => void;
  clear: () => void;
}

/** The filters of a paged list that are nothing but words in the URL. */
export function useFilters<const N extends Names>(names: N): Filters<N> {
  const { one, narrow } = useQuery();
  const keys = Object.keys(names);
  const byKey = (word: (key: string) => string) => Object.fromEntries(keys.map((key) => [key, word(key)]));
  const typed = reactive(byKey(one));
  const asked = computed<Record<string, string>>((before) => {
    const now = Object.fromEntries(keys.map((key) => [names[key], one(key)]));
    return before && Object.entries(now).every(([name, word]) => before[name] === word) ? before : now;
  });
  return {
    one,
    asked: asked as ComputedRef<Asked<N>>,
    typed: typed as Filters<N>['typed'],
    filtered: computed(() => keys.some((key) => one(key) !== '')),
    narrow: (changes) => narrow(changes as Record<string, string>),
    clear() {
      Object.assign(
        typed,
        byKey(() => ''),
      );
      narrow(byKey(() => ''));
    },
  };
}
