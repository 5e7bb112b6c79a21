#!/usr/bin/env node
// Proves the house's walls: floors, doors, purity, no cycles (types included). Usage:
//   node scripts/check-imports.mjs [--root <folder>]
// Rules and exceptions: scripts/check-imports/places.mjs. Plan: README.md, "Floors" and "Inside a room".
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTree } from './check-imports/read-tree.mjs';
import { checkTree } from './check-imports/rules.mjs';

const given = process.argv.indexOf('--root');
const root =
  given > 0
    ? resolve(process.argv[given + 1] ?? '.')
    : fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const tree = readTree(root);
const findings = checkTree(tree);

for (const { path, line, rule, what, cure } of findings)
  console.log(`${path}:${line}  [${rule}] ${what}. Cure: ${cure}.`);
console.log(
  findings.length === 0
    ? `check-imports: ${tree.files.size} files, every wall stands.`
    : `check-imports: ${findings.length} finding(s) in ${tree.files.size} files.`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
