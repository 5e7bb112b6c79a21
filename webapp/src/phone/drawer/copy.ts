import { ref, type Ref } from 'vue';

/** Copies text; `copied` is true for a moment after it worked. */
export function useCopy(): { copied: Ref<boolean>; copy: (text: string) => Promise<void> } {
  const copied = ref(false);
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return;
    }
    copied.value = true;
    window.setTimeout(() => {
      copied.value = false;
    }, 2000);
  };
  return { copied, copy };
}
