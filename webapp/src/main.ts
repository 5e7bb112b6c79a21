import './ui/tokens.css';
import './ui/base.css';
import { createApp } from 'vue';
import { watchConnection } from './api/connection.ts';
import App from './App.vue';
import { openForLastPerson } from './device.ts';
import { router } from './router.ts';
import { loadMe } from './session.ts';

// 企业微信's OAuth leaves its fragment behind; for us a hash is an open sheet.
if (location.hash === '#wechat_redirect') {
  history.replaceState(history.state, '', location.pathname + location.search);
}
watchConnection();
openForLastPerson();

/** The inline script's stylesheets do not hold up this module; without them the page would be naked. */
async function stylesLoaded(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link.first')];
  await Promise.all(
    links.map((link) =>
      link.sheet
        ? null
        : new Promise((done) => {
            link.addEventListener('load', done);
            link.addEventListener('error', done);
          }),
    ),
  );
}

/** What the first page does not show must not be in its way. Safari has no idle callback. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: 1500 });
  else setTimeout(run, 300);
}

const app = createApp(App).use(router);
// The skeleton in index.html stays until the first page's code is there.
void Promise.all([router.isReady(), stylesLoaded()]).then(() => {
  app.mount('#app');
  whenIdle(() => {
    void import('./ui/icons-more.ts');
    // Needed for the first write. A page that shows who I am asks by itself and tells a failure.
    if (!router.currentRoute.value.meta.open) loadMe().catch(() => undefined);
  });
});
