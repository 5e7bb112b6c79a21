import { reactive } from 'vue';

export interface ToastWords {
  words: string;
  tone?: 'good' | 'bad';
  /** One thing to do next, as a link. */
  link?: { words: string; to: string };
}

export const toasts = reactive<{ now: ToastWords | null }>({ now: null });

let timer = 0;

/** Says something for a moment. A new saying replaces the old one; one with a link stays longer. */
export function toast(saying: ToastWords): void {
  toasts.now = saying;
  window.clearTimeout(timer);
  timer = window.setTimeout(hideToast, saying.link || saying.words.length > 16 ? 6000 : 3000);
}

export function hideToast(): void {
  toasts.now = null;
}
