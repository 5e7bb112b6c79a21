import { onActivated, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { setTitle } from '../wecom/title.ts';

/** What the title bar says; our own bar in a plain browser shows the same. */
export const pageTitle = ref('');

/** Sets the title of a page, also when one comes back to it. */
export function usePageTitle(words: () => string): void {
  const route = useRoute();
  const tell = (): void => {
    pageTitle.value = words();
    setTitle(pageTitle.value, route.meta['tab'] !== true);
  };
  watch(words, tell, { immediate: true });
  onActivated(tell);
}

/** Back to where the person came from; a page opened from a card has nothing behind it but home. */
export function useBack(): () => void {
  const router = useRouter();
  return () => {
    if (history.state?.back) router.back();
    else void router.replace('/');
  };
}
