import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** Waits until one stops typing. */
const pauseMs = 200;

/** What is typed into a list's search, and what is searched for: a moment later, and back when the URL changes. */
export function useSearchText(wanted: () => string, search: (text: string) => void): Ref<string> {
  const typed = ref(wanted());
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (text.trim() !== wanted()) search(text.trim());
    }, pauseMs);
  });
  watch(wanted, (text) => {
    if (text !== typed.value.trim()) typed.value = text;
  });
  onScopeDispose(() => clearTimeout(timer));
  return typed;
}
