import { spawnSync } from 'node:child_process';
import { chromiumPath } from './chromium.ts';

/**
 * Before the browser stories: Chromium and the built pages they open. Without Chromium the stories are skipped and
 * one line says so; `REQUIRE_BROWSER=1` (as .ci/run sets it) makes it a failure instead.
 */
export function setup(): void {
  if (chromiumPath() === null) {
    const cure = 'apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its path';
    if (process.env.REQUIRE_BROWSER === '1') throw new Error(`Browser stories need Chromium: ${cure}`);
    console.warn(`Browser stories skipped: Chromium not found (${cure}).`);
    return;
  }
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--if-needed'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The pages could not be built');
}
