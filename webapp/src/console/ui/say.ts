import { ref } from 'vue';

export const saying = ref('');

let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells for a moment what was done; read out politely. */
export function say(words: string): void {
  saying.value = words;
  clearTimeout(timer);
  timer = setTimeout(hush, 6000);
}

export function hush(): void {
  saying.value = '';
}
