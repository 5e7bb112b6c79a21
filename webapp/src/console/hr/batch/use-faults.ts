import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../../api/failure.ts';
import { hr, type FaultAnswer } from '../api.ts';

export interface FaultGroup {
  title: string;
  faults: FaultAnswer[];
}

export interface Faults {
  groups: ComputedRef<FaultGroup[]>;
  /** In the order of the groups, as N and P walk them. */
  list: ComputedRef<FaultAnswer[]>;
  total: Ref<number>;
  loading: Ref<boolean>;
  failure: ShallowRef<Failure | null>;
  current: ComputedRef<FaultAnswer | null>;
  position: ComputedRef<number>;
  choose: (fault: FaultAnswer | null) => void;
  /** One further (+1) or back (-1), round at the ends; fetches the next faults where the known ones end. */
  step: (by: 1 | -1) => Promise<void>;
  more: () => Promise<void>;
  hasMore: ComputedRef<boolean>;
  /** After a fix: the faults as they are now; goes to the one that follows the place just left. */
  refresh: () => Promise<void>;
}

/** By the server's heading: 工号重复, 部门找不到. */
function grouped(faults: readonly FaultAnswer[]): FaultGroup[] {
  const groups = new Map<string, FaultGroup>();
  for (const fault of faults) {
    const group = groups.get(fault.label) ?? { title: fault.label, faults: [] };
    group.faults.push(fault);
    groups.set(fault.label, group);
  }
  return [...groups.values()];
}

export function useFaults(batchId: () => string): Faults {
  const known: ShallowRef<FaultAnswer[]> = shallowRef([]);
  const total = ref(0);
  const next = ref<string | null>(null);
  const loading = ref(false);
  const failure: ShallowRef<Failure | null> = shallowRef(null);
  const currentId = ref('');

  const groups = computed(() => grouped(known.value));
  const list = computed(() => groups.value.flatMap(({ faults }) => faults));
  const position = computed(() => list.value.findIndex(({ id }) => id === currentId.value));
  const current = computed(() => list.value[position.value] ?? null);

  async function fetchPage(cursor: string | null): Promise<void> {
    loading.value = true;
    try {
      const page = await hr.faults(batchId(), { cursor });
      known.value = cursor === null ? page.items : [...known.value, ...page.items];
      total.value = page.total;
      next.value = page.next;
      failure.value = null;
    } catch (error) {
      failure.value = asFailure(error);
    } finally {
      loading.value = false;
    }
  }

  function choose(fault: FaultAnswer | null): void {
    currentId.value = fault?.id ?? '';
  }

  async function step(by: 1 | -1): Promise<void> {
    if (list.value.length === 0) return;
    if (by === 1 && position.value === list.value.length - 1 && next.value) await fetchPage(next.value);
    const at = position.value === -1 ? (by === 1 ? 0 : list.value.length - 1) : position.value + by;
    choose(list.value[(at + list.value.length) % list.value.length] ?? null);
  }

  async function refresh(): Promise<void> {
    const at = position.value;
    const stays = currentId.value;
    // As many pages as were open, so that the place in the list does not jump.
    const wanted = known.value.length;
    await fetchPage(null);
    while (!failure.value && next.value && known.value.length < wanted) await fetchPage(next.value);
    if (!list.value.some(({ id }) => id === stays))
      choose(list.value[Math.min(at, list.value.length - 1)] ?? null);
  }

  return {
    groups,
    list,
    total,
    loading,
    failure,
    current,
    position,
    choose,
    step,
    more: () => fetchPage(next.value),
    hasMore: computed(() => next.value !== null),
    refresh,
  };
}
