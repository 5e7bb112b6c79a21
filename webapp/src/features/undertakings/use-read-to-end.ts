import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** A finger's breadth: the last line need not touch the bar. */
const NEAR_PX = 4;

/**
 * Was the text read to its end: has its end come above what lies over the foot of the page, or was the focus there (by
 * keyboard, by a screen reader)? Once reached, it stays so until `begin`.
 */
export function useReadToEnd(
  end: Ref<HTMLElement | null>,
  foot: Ref<HTMLElement | null>,
): { reached: Ref<boolean>; look: () => void; begin: () => void } {
  const reached = ref(false);
  function look(): void {
    if (reached.value || !end.value) return;
    const covered = foot.value?.offsetHeight ?? 0;
    reached.value = end.value.getBoundingClientRect().bottom <= window.innerHeight - covered + NEAR_PX;
  }
  const begin = (): void => void (reached.value = false);
  onMounted(() => {
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('scroll', look);
    window.removeEventListener('resize', look);
  });
  return { reached, look, begin };
}
