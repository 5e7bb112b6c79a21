// Sums vitest's JSON reports: `node scripts/ci-sum.mjs <report> …`. Prints what failed or was skipped, and last, alone on a
// line, `N passed, N failed, N skipped`. Fails when anything failed, nothing passed, a report is missing, a test
// file could not be loaded, or a browser story did not run.
import { existsSync, readFileSync } from 'node:fs';

const reports = process.argv.slice(2);
const faults = [];
const notes = [];
let passed = 0;
let failed = 0;
let skipped = 0;
let browserStories = 0;

for (const path of reports) {
  if (!existsSync(path)) {
    faults.push(`${path} was not written: the run broke off`);
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
  if (!report.success) faults.push(`${path}: the run failed`);
  for (const file of report.testResults) look(file);
}

function look({ name, status, message, assertionResults }) {
  const file = name.replace(`${process.cwd()}/`, '');
  if (status === 'failed' && assertionResults.length === 0)
    faults.push(`${file} could not be run: ${message}`);
  for (const test of assertionResults) {
    const isBrowser = file.startsWith('test/browser/');
    if (isBrowser && test.status === 'passed') browserStories += 1;
    if (test.status === 'failed') faults.push(`failed: ${file} > ${test.fullName}`);
    else if (test.status !== 'passed')
      (isBrowser ? faults : notes).push(`${test.status}: ${file} > ${test.fullName}`);
  }
}

if (browserStories === 0) faults.push('no browser story ran');
if (passed === 0) faults.push('no test passed');
for (const line of [...notes, ...faults]) console.log(line);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = faults.length === 0 ? 0 : 1;
