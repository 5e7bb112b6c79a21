// Is the audit record whole? Compares the chain with itself, its head, and the heads written outside the database:
//   node dist/scripts/audit-verify.js [another copy of audit-heads.jsonl]
// Give it the copy you keep elsewhere: a cut that took the local file along shows only against that.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAnchors, verifyAudit, type ChainFault } from '../server/platform/audit/index.ts';
import { Advice, configured, runProgram, withDatabase } from './command-line.ts';

const WORDS: Readonly<Record<ChainFault['kind'], string>> = {
  changed: 'was changed after it was sealed',
  missing: 'is missing',
  inserted: 'was inserted or moved',
  tail_cut: 'and all after it were cut off',
  rewritten: 'differs from the head written outside the database: the record was rewritten',
};

await runProgram(async ([given]) => {
  const config = configured();
  if (given !== undefined && !existsSync(given)) throw new Advice(`There is no file ${given}.`);
  const anchors = await readAnchors(given ?? join(config.dataDir, 'audit-heads.jsonl'));
  const report = await withDatabase(config, ({ db }) => verifyAudit(db, anchors));
  console.log(
    `${report.sealed} entries sealed, ${report.unsealed} not sealed yet, ${anchors.length} heads outside.`,
  );
  for (const { kind, seq } of report.faults) console.log(`✗ entry ${seq} ${WORDS[kind]}`);
  if (report.faults.length === 0) console.log('✓ the record is whole');
  return report.faults.length === 0 ? 0 : 1;
});
