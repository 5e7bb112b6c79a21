import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** The server's own code: no tests, nothing that stands in for something, not the sandbox. */
export function serverSources(): Source[] {
  return readdirSync('server', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\/testing\/|\/sandbox\//.test(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** The value of a constant string of this name, in this file or wherever it is exported. */
export function constantIn(sources: readonly Source[], file: Source, name: string): string | undefined {
  const pattern = new RegExp(`const ${name} = '([^']+)'`);
  const own = pattern.exec(file.text);
  return (own ?? sources.map(({ text }) => pattern.exec(text)).find(Boolean))?.[1];
}
