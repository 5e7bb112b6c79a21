import { shallowRef, watch, type ShallowRef } from 'vue';

/** Later pages do not count again: what the first one said stands. */
export function useKept<T>(source: () => T | null | undefined): ShallowRef<T | null> {
  const kept = shallowRef<T | null>(null) as ShallowRef<T | null>;
  watch(
    source,
    (now) => {
      if (now !== null && now !== undefined) kept.value = now;
    },
    { immediate: true },
  );
  return kept;
}
