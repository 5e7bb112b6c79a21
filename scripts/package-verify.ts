// Is a package whole, and does it say what the record says? Holds its files against its manifest and its entries
// against the chain inside it, with the program every package carries; then compares with this installation:
//   node dist/scripts/package-verify.js <package.zip>
// A package of a period holds one folder a case: each is checked.
import { readFile } from 'node:fs/promises';
import { Advice, configured, runProgram, withDatabase } from './command-line.ts';
import { verifyPackage } from './packages/verify-package.ts';

await runProgram(async ([path]) => {
  if (path === undefined)
    throw new Advice('Say which file: node dist/scripts/package-verify.js <package.zip>');
  const packed = await readFile(path).catch(() => null);
  if (!packed) throw new Advice(`There is no file ${path}.`);
  const faults = await withDatabase(configured(), ({ db }) => verifyPackage(db, packed, console.log));
  if (faults === null) throw new Advice(`${path} is no package of ours: it has no manifest.json.`);
  for (const words of faults) console.log(`✗ ${words}`);
  if (faults.length === 0) console.log('✓ whole, and as this record has it');
  return faults.length === 0 ? 0 : 1;
});
