import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: { readonly target: unknown }[];
}

/** Until nothing fades or slides any more, two seconds at most: half-way through a fade no colour has its contrast. */
const REST = `(async () => {
  const frame = () => new Promise((resume) => requestAnimationFrame(resume));
  const moving = () => document.getAnimations().filter((one) =>
    one.playState === 'running' && Number.isFinite(one.effect?.getComputedTiming().endTime));
  const until = performance.now() + 2000;
  for (let still = 0; still < 3 && performance.now() < until; still = moving().length > 0 ? 0 : still + 1) await frame();
})()`;

/** WCAG A and AA faults of the page when it has come to rest, each with where it is. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(REST);
  await page.evaluate(source);
  const { violations } = await page.evaluate<{ violations: Violation[] }>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  );
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${String(node.target)}`),
  );
}
