import './theme/tokens.css';
import './theme/element.css';
import './theme/console.css';
import { createApp } from 'vue';
import { watchConnection } from '../api/connection.ts';
import ConsoleApp from './ConsoleApp.vue';
import { router } from './router.ts';
import { loadMe } from './session.ts';
import { keepTheme } from './theme/theme.ts';

// 企业微信's login leaves its fragment behind.
if (location.hash === '#wechat_redirect') {
  history.replaceState(history.state, '', location.pathname + location.search);
}
keepTheme();
watchConnection();
// A failure is shown by the shell.
loadMe().catch(() => undefined);

const app = createApp(ConsoleApp);
const locale = import('./el/locale.ts').then(({ speakChinese }) => speakChinese(app));
// Words of a dialog in English are no reason to show no page.
router.beforeResolve(() => locale.catch(() => undefined));
app.use(router).mount('#console');
