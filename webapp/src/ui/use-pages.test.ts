import { afterEach, describe, expect, it, vi } from 'vitest';
import { createApp, defineComponent, h, type App } from 'vue';
import { hideToast, toasts } from './toast.ts';
import { usePages, type Page, type Pages } from './use-pages.ts';

let app: App;
afterEach(() => {
  app.unmount();
  hideToast();
});

/** A composable needs a component to live in. */
async function using(
  read: (cursor: string | null) => Promise<Page<number>>,
): Promise<Pages<Page<number>, number>> {
  let pages: Pages<Page<number>, number> | undefined;
  const host = defineComponent({
    setup() {
      pages = usePages(read, (answer) => answer);
      return () => h('i');
    },
  });
  app = createApp(host);
  app.mount(document.createElement('div'));
  await vi.waitFor(() => expect(pages?.data.value).not.toBeNull());
  return pages as Pages<Page<number>, number>;
}
const NUMBERS: Record<string, Page<number>> = {
  first: { items: [1, 2], next: 'b' },
  b: { items: [3], next: null },
};

describe('a list page by page', () => {
  it('adds the next page and says when there is none', async () => {
    const pages = await using(async (cursor) => NUMBERS[cursor ?? 'first'] as Page<number>);
    expect([pages.items.value, pages.next.value]).toEqual([[1, 2], 'b']);
    await pages.more();
    expect([pages.items.value, pages.next.value]).toEqual([[1, 2, 3], null]);
    await pages.reload();
    expect(pages.items.value).toEqual([1, 2]);
  });

  it('keeps what there is when the next page cannot be had, and asks once at a time', async () => {
    const read = vi.fn(async (cursor: string | null) => {
      if (cursor !== null) throw new Error('down');
      return NUMBERS['first'] as Page<number>;
    });
    const pages = await using(read);
    await Promise.all([pages.more(), pages.more()]);
    expect(read).toHaveBeenCalledTimes(2);
    expect(pages.items.value).toEqual([1, 2]);
    expect(pages.next.value).toBe('b');
    expect(toasts.now?.tone).toBe('bad');
  });
});
