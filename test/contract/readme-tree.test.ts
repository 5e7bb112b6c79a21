import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The tree of the README: lines of a fenced block, `<two spaces per level><name>/  <words>`. */
function treeOf(text: string): { path: string; words: string }[] | null {
  const blocks = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const lines = blocks.find((block) => /^server\/ /m.test(block))?.split('\n');
  if (!lines) return null;
  const above: string[] = [];
  return lines.flatMap((line) => {
    const match = /^((?: {2})*)([\w.-]+)\/(?: {2,}(\S.*))?$/.exec(line);
    if (!match) return line.trim() === '' ? [] : [{ path: `not a line of a tree: ${line}`, words: '' }];
    const [, indent = '', name = '', words = ''] = match;
    above.length = indent.length / 2;
    above.push(name);
    return [{ path: above.join('/'), words }];
  });
}

const foldersIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(path, entry.name));

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

const SHOWN = ['server', 'server/features', 'webapp', 'config', 'scripts', 'test', 'docs'];

describe.each(['README.md', 'README.zh-CN.md'])('the tree in %s', (file) => {
  const tree = existsSync(file) ? treeOf(readFileSync(file, 'utf8')) : null;
  const paths = (tree ?? []).map((line) => line.path);

  it.skipIf(tree === null && file !== 'README.md')('shows no folder that is not there', () => {
    expect(tree).not.toBeNull();
    expect(paths.filter((path) => !isFolder(path))).toEqual([]);
  });

  it.skipIf(tree === null)('shows the server, its rooms, and what stands beside it', () => {
    expect(SHOWN.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it.skipIf(tree === null)('where it opens a folder, it shows all folders in it', () => {
    const opened = new Set(paths.map((path) => dirname(path)).filter((path) => path !== '.'));
    const missing = [...opened].flatMap(foldersIn).filter((path) => !paths.includes(path));
    expect(missing).toEqual([]);
  });

  it.skipIf(tree === null)('says of each what it is for', () => {
    expect((tree ?? []).filter((line) => line.words === '').map((line) => line.path)).toEqual([]);
  });
});
