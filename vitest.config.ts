import { randomUUID } from 'node:crypto';
import vue from '@vitejs/plugin-vue';
import Components from 'unplugin-vue-components/vite';
import { VantResolver } from '@vant/auto-import-resolver';
import { defineConfig } from 'vitest/config';
import { databaseTests } from './scripts/database-tests.ts';

// What one run of the tests shares, no other may find: it may have other code.
process.env.TEST_RUN ??= randomUUID();

const serverTests = ['server/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'];
// Another database than the built-in one: those that open one.
const onMariadb = process.env.DB === 'mariadb';

// Every test opens its own database, so files may run side by side; the browser stories share one Chromium each.
export default defineConfig({
  test: {
    // Every core: by default one is left for somebody else, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'server',
          environment: 'node',
          include: onMariadb ? databaseTests(['server', 'scripts', 'test']) : serverTests,
          exclude: ['test/browser/**'],
          globalSetup: ['test/support/shared-stages.ts'],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [vue(), Components({ dts: false, resolvers: [VantResolver()] })],
        test: {
          name: 'web',
          environment: 'happy-dom',
          include: ['webapp/src/**/*.test.ts'],
          // The first mount of a file compiles its pages: slow on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/browser-setup.ts'],
          fileParallelism: false,
          // Alone, after the others: these stories look at times a person would notice.
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
