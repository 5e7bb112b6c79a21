import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../api/failure.ts';
import { useLoad, type Loaded } from '../../ui/use-load.ts';
import { listRequests } from './api.ts';
import type { RequestBrief, RequestsPage } from './shapes.ts';

export interface Wanted {
  readonly box: string;
  readonly status: string;
  readonly personId: string;
}

export interface RequestList extends Omit<Loaded<RequestsPage>, 'data'> {
  items: ComputedRef<RequestBrief[]>;
  next: Ref<string | null>;
  ready: ComputedRef<boolean>;
  /** Somebody who sends for a unit begins requests here. */
  mayReport: ComputedRef<boolean>;
  /** How many each box holds; null when all kinds are not asked for together. */
  counts: ComputedRef<RequestsPage['counts']>;
  moreFailure: ShallowRef<Failure | null>;
  loadMore: () => Promise<void>;
}

/** Requests page by page, newest first, filtered by the server. */
export function useRequests(wanted: () => Wanted): RequestList {
  const later = shallowRef<RequestBrief[]>([]);
  const next = ref<string | null>(null);
  const moreFailure = shallowRef<Failure | null>(null);
  const name = (): string => `${wanted().box} ${wanted().status} ${wanted().personId}`;
  const query = () => ({ box: wanted().box, status: wanted().status, personId: wanted().personId });

  const first = useLoad<RequestsPage>(
    async (signal) => {
      const answer = await listRequests(query(), signal);
      later.value = [];
      next.value = answer.next;
      moreFailure.value = null;
      return answer;
    },
    { cache: () => `kept:accounts:${name()}`, slowAtOnce: true },
  );

  async function loadMore(): Promise<void> {
    const cursor = next.value;
    const asked = name();
    if (cursor === null) return;
    try {
      const answer = await listRequests({ ...query(), cursor });
      if (name() !== asked || next.value !== cursor) return;
      later.value = [...later.value, ...answer.items];
      next.value = answer.next;
      moreFailure.value = null;
    } catch (error) {
      if (name() === asked) moreFailure.value = asFailure(error);
    }
  }

  watch(name, () => {
    first.data.value = null;
    first.failure.value = null;
    later.value = [];
    next.value = null;
    void first.reload();
  });

  const items = computed(() => [...(first.data.value?.items ?? []), ...later.value]);
  const ready = computed(() => first.data.value !== null);
  // What an earlier version kept on the device does not say it.
  const mayReport = computed(() => first.data.value?.can?.report ?? false);
  // Counted under the same filters: with one of them chosen they would belong to other lists.
  const counts = computed(() =>
    wanted().status === '' && wanted().personId === '' ? (first.data.value?.counts ?? null) : null,
  );
  return { ...first, items, next, ready, mayReport, counts, moreFailure, loadMore };
}
