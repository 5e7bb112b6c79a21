// Is the audit record whole? Compares the chain with itself, its head, and the heads written outside the database:
//   node dist/scripts/audit-verify.js [another copy of audit-heads.jsonl]
// Give it the copy you keep elsewhere: a cut that took the local file along shows only against that.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAnchors, verifyAudit, type FaultKind } from '../server/platform/audit/index.ts';
import { Advice, configured, runProgram, vaultOf, withDatabase } from './command-line.ts';

const WORDS: Readonly<Record<FaultKind, string>> = {
  changed: 'was changed after it was sealed',
  missing: 'is missing',
  inserted: 'was inserted or moved',
  tail_cut: 'and all after it were cut off',
  rewritten: 'differs from the head written outside the database: the record was rewritten',
  personal_changed: 'has another personal part than it was written with',
  personal_missing: 'has lost its personal part',
  personal_inserted: 'has a personal part it was not written with (0: there is no such entry)',
  key_missing: 'and others of one person: the key to their personal parts is gone',
  key_changed: 'and others of one person: the key to their personal parts is not theirs',
  key_destroyed: 'and others of one person: the key was destroyed, and no entry says by whom',
};

await runProgram(async ([given]) => {
  const config = configured();
  if (given !== undefined && !existsSync(given)) throw new Advice(`There is no file ${given}.`);
  const anchors = await readAnchors(given ?? join(config.dataDir, 'audit-heads.jsonl'));
  const report = await withDatabase(config, ({ db }) => verifyAudit(db, anchors, vaultOf(config)));
  console.log(
    `${report.sealed} entries sealed, ${report.unsealed} not sealed yet, ${anchors.length} heads outside.`,
  );
  if (report.destroyed > 0)
    console.log(`${report.destroyed} entries whose personal part was destroyed with its person's key.`);
  for (const { kind, seq } of report.faults) console.log(`✗ entry ${seq} ${WORDS[kind]}`);
  if (report.faults.length === 0) console.log('✓ the record is whole');
  return report.faults.length === 0 ? 0 : 1;
});
