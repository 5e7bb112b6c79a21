import { createApp, defineComponent, h, nextTick, type App, type Component } from 'vue';
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router';

export interface Mounted {
  app: App;
  router: Router;
  root: HTMLElement;
  text: () => string;
  button: (words: string) => HTMLButtonElement;
  has: (words: string) => boolean;
}

/** Lets promises, timers of zero length and rendering run out. */
export async function settle(rounds = 8): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await new Promise((done) => setTimeout(done, 0));
    await nextTick();
  }
}

/** Mounts one page at a URL, with a router whose other pages are empty. */
export async function mountPage(
  page: Component,
  path: string,
  url: string,
  props: Record<string, unknown> = {},
): Promise<Mounted> {
  const empty = defineComponent({ render: () => h('i') });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path, component: page, props: () => props },
      { path: '/:rest(.*)*', component: empty },
    ],
  });
  await router.push(url);
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const app = createApp(defineComponent({ render: () => h(RouterView) })).use(router);
  app.mount(root);
  await settle();
  const buttons = (): HTMLButtonElement[] => [...document.querySelectorAll('button')];
  const find = (words: string) =>
    buttons().find((each) =>
      (each.getAttribute('aria-label') ?? each.textContent ?? '').trim().includes(words),
    );
  return {
    app,
    router,
    root,
    text: () => (document.body.textContent ?? '').replace(/\s+/g, ' '),
    has: (words) => find(words) !== undefined,
    button(words) {
      const found = find(words);
      if (!found) throw new Error(`no button ${words} in: ${document.body.textContent}`);
      return found;
    },
  };
}
