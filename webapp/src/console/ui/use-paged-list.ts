import { computed, watch, type ComputedRef, type WatchSource } from 'vue';
import { useLoad, type Loaded } from './use-load.ts';
import { usePaging, useQuery, type Paging } from './use-query.ts';

/** One page of any list the server gives. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  /** Absent where the server does not count. */
  readonly total?: number | null;
}

export interface PagedList<T, A extends Page<T>> extends Omit<Loaded<A>, 'loading'> {
  /** Empty until the first answer. */
  items: ComputedRef<readonly T[]>;
  paging: Paging;
}

/**
 * A list page by page: read again when one turns the page or when one of `filters` changes. The page is part of the
 * URL unless `paging` says otherwise.
 */
export function usePagedList<T, A extends Page<T>>(
  read: (cursor: string, signal: AbortSignal) => Promise<A & Page<T>>,
  filters: readonly WatchSource[] = [],
  paging: Paging = usePaging(useQuery()),
): PagedList<T, A> {
  const { data, failure, slow, reload } = useLoad<A>((signal) => read(paging.cursor.value, signal));
  watch([...filters, paging.cursor], () => void reload());
  return { data, failure, slow, reload, paging, items: computed(() => data.value?.items ?? []) };
}
