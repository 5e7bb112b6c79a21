import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

export interface Sheets {
  /** Name of the open sheet, or ''. */
  current: ComputedRef<string>;
  open: (name: string) => void;
  /** Replaces the open sheet by another one: back then closes both. */
  swap: (name: string) => void;
  /** Settles once the page is free of sheets, so that a navigation may follow. */
  close: () => Promise<void>;
}

/** A sheet is the hash of the URL, so that back closes the sheet and not the page. */
export function useSheets(): Sheets {
  const route = useRoute();
  const router = useRouter();
  const bare = (path: string): string => path.split('#')[0] ?? '';
  const at = (name: string) => ({
    path: route.path,
    query: route.query,
    hash: name === '' ? '' : `#${name}`,
  });

  async function close(): Promise<void> {
    if (route.hash === '') return;
    const before: unknown = history.state?.back;
    if (typeof before !== 'string' || bare(before) !== bare(route.fullPath)) {
      await router.replace(at(''));
      return;
    }
    await new Promise<void>((done) => {
      const off = router.afterEach(() => {
        off();
        done();
      });
      router.back();
    });
  }

  return {
    current: computed(() => decodeURIComponent(route.hash.slice(1))),
    open: (name) => void router.push(at(name)),
    swap: (name) => void router.replace(at(name)),
    close,
  };
}
