// `npm run check`: what can be told without running the product. Two at a time; each says its own words when it is done,
// and one fault does not hide what the others find.
import { spawn } from 'node:child_process';

/** The longest first, so that none of them is left alone at the end. */
const STEPS = [
  'prettier --check --log-level warn .',
  'vue-tsc -p webapp/tsconfig.json --noEmit',
  'tsc -p . --noEmit',
  'node scripts/check-imports.mjs',
  'oxlint --deny-warnings server scripts test webapp/src',
];
const AT_ONCE = 2;

/** @param {string} step @returns {Promise<boolean>} */
function run(step) {
  // npm puts the tools of the project on the path; these are our own words, so the shell may split them.
  const child = spawn(step, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => {
      console.log(`\n== ${step}: ${code === 0 ? 'ok' : 'FAILED'} ==\n${Buffer.concat(said)}`.trimEnd());
      resolve(code === 0);
    });
  });
}

const left = [...STEPS];
let failed = 0;
async function lane() {
  for (let step = left.shift(); step !== undefined; step = left.shift()) if (!(await run(step))) failed += 1;
}
await Promise.all(Array.from({ length: AT_ONCE }, lane));
process.exitCode = failed === 0 ? 0 : 1;
