/**
 * Which tests open a database. Only these can come out differently on another one, so the run on MariaDB is theirs: a
 * rule without a database says the same twice.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whoever opens a database in a test asks here which one it is to be. */
const ASKS = /process\.env\.(DB|TEST_DATABASE_URL)\b/;
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']+\.(?:ts|mjs))'/g;

/** Test files below these folders that ask which database to open, themselves or through what they import. */
export function databaseTests(folders: readonly string[]): string[] {
  const texts = new Map<string, string>();
  const textOf = (file: string): string => {
    const text = texts.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : '');
    texts.set(file, text);
    return text;
  };
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((file) => isServerTest(file) && asks(file, textOf))
    .sort();
}

const isServerTest = (file: string): boolean =>
  file.endsWith('.test.ts') && !file.startsWith(join('test', 'browser'));

function asks(start: string, textOf: (file: string) => string): boolean {
  const seen = new Set([start]);
  // What is added while it is walked is walked as well.
  for (const file of seen) {
    const text = textOf(file);
    if (ASKS.test(text)) return true;
    for (const [, path = ''] of text.matchAll(IMPORT)) seen.add(join(dirname(file), path));
  }
  return false;
}
