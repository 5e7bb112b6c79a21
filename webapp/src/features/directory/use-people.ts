import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../api/failure.ts';
import { get } from '../../api/http.ts';
import type { PeoplePage, PersonHit, UnitsPage } from '../../api/shapes.ts';

export interface People {
  units: ShallowRef<UnitsPage | null>;
  people: ShallowRef<PersonHit[]>;
  next: Ref<string | null>;
  failure: ShallowRef<Failure | null>;
  loading: Ref<boolean>;
  reload: () => Promise<void>;
  more: () => Promise<void>;
}

/** Either the people who match a search, or one unit with its sub-units and its own people. */
export function usePeople(q: () => string, unitId: () => string, root: () => string): People {
  const units = shallowRef<UnitsPage | null>(null);
  const people = shallowRef<PersonHit[]>([]);
  const next = ref<string | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const loading = ref(true);
  let stop = new AbortController();

  const query = () => (q() === '' ? { unitId: unitId() } : { q: q(), unitId: root() });
  const wantsPeople = (): boolean => q() !== '' || unitId() !== '';

  async function reload(): Promise<void> {
    stop.abort();
    const { signal } = (stop = new AbortController());
    loading.value = true;
    try {
      const [tree, found] = await Promise.all([
        q() === '' ? get<UnitsPage>('/api/directory/units', { parentId: unitId() }, signal) : null,
        wantsPeople() ? get<PeoplePage>('/api/directory/people', query(), signal) : null,
      ]);
      if (signal.aborted) return;
      units.value = tree;
      people.value = found?.items ?? [];
      next.value = found?.next ?? null;
      failure.value = null;
    } catch (error) {
      if (!signal.aborted) failure.value = asFailure(error);
    } finally {
      if (!signal.aborted) loading.value = false;
    }
  }

  async function more(): Promise<void> {
    const cursor = next.value;
    if (cursor === null) return;
    try {
      const found = await get<PeoplePage>('/api/directory/people', { ...query(), cursor });
      if (next.value !== cursor) return;
      people.value = [...people.value, ...found.items];
      next.value = found.next;
    } catch (error) {
      failure.value = asFailure(error);
    }
  }

  watch([q, unitId], () => void reload(), { immediate: true });
  return { units, people, next, failure, loading, reload, more };
}
