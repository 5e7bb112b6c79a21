import './ui/tokens.css';
import './ui/base.css';
import { createApp } from 'vue';
import { watchConnection } from './api/connection.ts';
import App from './App.vue';
import { openForLastPerson } from './device.ts';
import { router } from './router.ts';
import { loadMe } from './session.ts';

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

const app = createApp(App).use(router);
// The skeleton in index.html stays until the first page's code is there.
void Promise.all([router.isReady(), stylesLoaded()]).then(() => {
  app.mount('#app');
  void import('./ui/icons-more.ts');
  // Needed for the first write, so not in the way of the first page. A page that shows it tells a failure.
  loadMe().catch(() => undefined);
});
