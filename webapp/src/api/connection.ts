import { reactive } from 'vue';

/**
 * What is known about the network. `down` follows the browser's events and the last request; `keptAt` is the
 * time of the kept content that the page shows meanwhile (null: nothing kept).
 */
export const connection = reactive<{ down: boolean; keptAt: number | null }>({
  down: typeof navigator !== 'undefined' && navigator.onLine === false,
  keptAt: null,
});

export function watchConnection(target: Window = window): void {
  target.addEventListener('offline', () => {
    connection.down = true;
  });
  target.addEventListener('online', () => {
    connection.down = false;
  });
}
