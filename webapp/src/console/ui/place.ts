import { onScopeDispose, ref, watch } from 'vue';
import { t } from '../phrases.ts';

export interface Crumb {
  words: string;
  to?: string;
}

/** Where one is, not how one came there; the last part is this page. */
export const place = ref<Crumb[]>([]);

export function usePlace(crumbs: () => Crumb[]): void {
  watch(
    crumbs,
    (found) => {
      place.value = found;
      document.title = [...found.map((crumb) => crumb.words).reverse(), t.app].join(' - ');
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    place.value = [];
  });
}
