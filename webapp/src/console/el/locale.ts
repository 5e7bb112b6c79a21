import { localeContextKey } from 'element-plus/es/hooks/use-locale/index.mjs';
import zhCn from 'element-plus/es/locale/lang/zh-cn.mjs';
import { ref, type App } from 'vue';

/** Element Plus speaks Chinese. Loaded beside the first page, since its hook brings the English words along. */
export function speakChinese(app: App): void {
  app.provide(localeContextKey, ref(zhCn));
}
