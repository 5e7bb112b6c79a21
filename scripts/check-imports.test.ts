import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

interface Finding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly what: string;
  readonly cure: string;
}
// The check is plain JavaScript, so that it runs before anything is built; hence no types of its own.
const load = (name: string) => import(new URL(`./check-imports/${name}.mjs`, import.meta.url).href);
const { readTree } = (await load('read-tree')) as { readTree: (root: string) => unknown };
const { checkTree } = (await load('rules')) as { checkTree: (tree: unknown) => Finding[] };

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const MANIFEST = JSON.stringify({
  dependencies: { zod: '4', typeorm: '1', koa: '3', axios: '1' },
  devDependencies: { vitest: '4', vue: '3' },
});

/** Findings in a tree of these files, as `path:line rule`. */
function check(files: Record<string, string>): string[] {
  return findings(files).map(({ path, line, rule }) => `${path}:${line} ${rule}`);
}

function findings(files: Record<string, string>): Finding[] {
  const root = mkdtempSync(join(tmpdir(), 'steward-walls-'));
  folders.push(root);
  for (const [path, text] of Object.entries({ 'package.json': MANIFEST, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkTree(readTree(root));
}

const room = (name: string, text = '') => ({ [`server/features/${name}/index.ts`]: text });
const TRAVEL = "import type { Travel } from '../leave/index.ts';\n";

describe('floors', () => {
  it('lets imports point down', () => {
    expect(
      check({
        'server/kernel/errors.ts': '',
        'server/platform/db/open.ts': "import '../../kernel/errors.ts';",
        ...room('directory', "import '../../platform/db/open.ts';"),
        ...room('approvals', "import '../directory/index.ts';"),
        'server/app.ts': "import './features/approvals/index.ts';",
      }),
    ).toEqual([]);
  });

  it('refuses an import that points up, types included', () => {
    const up = "\nimport type { A } from '../approvals/index.ts';";
    expect(check({ ...room('directory', up), ...room('approvals') })).toEqual([
      'server/features/directory/index.ts:2 floors',
    ]);
    const inline = "export type A = import('../approvals/index.ts').A;";
    expect(check({ ...room('directory', inline), ...room('approvals') })).toEqual([
      'server/features/directory/index.ts:1 floors',
    ]);
  });

  it('keeps rooms of floor 4 apart, and platform from wecom', () => {
    expect(check({ ...room('seals', TRAVEL), ...room('leave') })).toEqual([
      'server/features/seals/index.ts:1 floors',
    ]);
    const platform = { 'server/platform/http/route.ts': "import type { W } from '../../wecom/index.ts';" };
    expect(check({ ...platform, 'server/wecom/index.ts': '' })).toEqual([
      'server/platform/http/route.ts:1 floors',
    ]);
    const wecom = { 'server/wecom/index.ts': "import type { R } from '../platform/http/route.ts';" };
    expect(check({ ...wecom, 'server/platform/http/route.ts': '' })).toEqual([
      'server/wecom/index.ts:1 floors',
    ]);
  });

  it('lets the connector see platform and wecom, and migrations the platform only', () => {
    expect(
      check({
        'server/wecom/index.ts': '',
        'server/platform/db/columns.ts': '',
        'server/connector/token-store.ts': "import '../platform/db/columns.ts'; import '../wecom/index.ts';",
        ...room('directory'),
        'server/migrations/0001.ts':
          "import '../platform/db/columns.ts';\nimport '../features/directory/index.ts';",
      }),
    ).toEqual(['server/migrations/0001.ts:2 floors']);
  });

  it('wants every room on a floor, with a door', () => {
    expect(check({ 'server/features/cafeteria/menu.ts': '' })).toEqual([
      'server/features/cafeteria:1 rooms',
      'server/features/cafeteria:1 rooms',
    ]);
    expect(check({ 'server/helpers/x.ts': '' })).toEqual(['server/helpers:1 rooms']);
  });
});

describe('doors', () => {
  it('refuses the inside of another room', () => {
    const inside = "import { rows } from '../directory/queries.ts';";
    expect(
      check({ ...room('directory'), 'server/features/directory/queries.ts': '', ...room('access', inside) }),
    ).toEqual(['server/features/access/index.ts:1 doors']);
  });

  it('knows the doors of sub-rooms and the side doors', () => {
    const open = [
      "import '../../wecom/index.ts';",
      "import '../../wecom/cards/index.ts';",
      "import '../../wecom/cards/content.ts';",
      "import '../../wecom/cards/build.ts';",
    ].join('\n');
    expect(
      check({
        'server/wecom/index.ts': '',
        'server/wecom/cards/index.ts': '',
        'server/wecom/cards/content.ts': '',
        'server/wecom/cards/build.ts': '',
        ...room('messaging', open),
      }),
    ).toEqual(['server/features/messaging/index.ts:4 doors']);
  });

  it('lets contracts read contracts', () => {
    const contract = "import { z } from 'zod';\nimport { Unit } from '../directory/contract.ts';";
    expect(
      check({
        ...room('directory'),
        'server/features/directory/contract.ts': '',
        ...room('access'),
        'server/features/access/contract.ts': contract,
      }),
    ).toEqual([]);
  });

  it('holds the parts of a large contract to the same', () => {
    const parts = (shapes: string) =>
      check({
        ...room('access'),
        'server/features/access/tables.ts': '',
        'server/features/access/contract.ts': "export * from './contract/acts.ts';",
        'server/features/access/contract/brief.ts': '',
        'server/features/access/contract/acts.ts': shapes,
      });
    expect(parts("import { Unit } from './brief.ts';")).toEqual([]);
    expect(parts("import type { Row } from '../tables.ts';")).toEqual([
      'server/features/access/contract/acts.ts:1 contract',
    ]);
  });

  it('refuses anything else in a contract', () => {
    const contract =
      "import type { Row } from './tables.ts';\nimport { x } from 'koa';\nimport { y } from 'node:fs';";
    expect(
      check({
        ...room('access'),
        'server/features/access/tables.ts': '',
        'server/features/access/contract.ts': contract,
      }),
    ).toEqual([1, 2, 3].map((line) => `server/features/access/contract.ts:${line} contract`));
  });
});

describe('sandbox, tests and scripts', () => {
  const SANDBOX = { 'server/sandbox/index.ts': '' };

  it('keeps the sandbox out of the product', () => {
    expect(check({ ...SANDBOX, 'server/app.ts': "import './sandbox/index.ts';" })).toEqual([
      'server/app.ts:1 sandbox',
    ]);
    const demo = { ...SANDBOX, 'server/demo.ts': "import './sandbox/index.ts';" };
    expect(check({ ...demo, 'server/main.ts': "await import('./demo.ts');" })).toEqual([]);
    expect(check({ ...demo, 'server/main.ts': "import './demo.ts';" })).toEqual(['server/main.ts:1 sandbox']);
  });

  it('lets the sandbox see the kernel and the crypto only', () => {
    const imports = "import '../wecom/callback/crypto.ts';\nimport '../wecom/callback/xml.ts';";
    const found = check({
      'server/sandbox/index.ts': imports,
      'server/wecom/callback/index.ts': '',
      'server/wecom/callback/crypto.ts': '',
      'server/wecom/callback/xml.ts': '',
    });
    expect(found).toEqual(['server/sandbox/index.ts:2 floors', 'server/sandbox/index.ts:2 doors']);
  });

  it('refuses builders of tests in the product', () => {
    const product = "import { aPerson } from './testing/rows.ts';";
    const files = { ...room('directory', product), 'server/features/directory/testing/rows.ts': '' };
    expect(check(files)).toEqual(['server/features/directory/index.ts:1 tests']);
  });

  it('refuses packages that are missing in production', () => {
    const imports = "import 'vitest';\nimport 'left-pad';\nimport 'koa';";
    expect(check({ 'server/platform/http/server.ts': imports })).toEqual([
      'server/platform/http/server.ts:1 packages',
      'server/platform/http/server.ts:2 packages',
    ]);
  });
});

describe('the webapp', () => {
  const CONTRACT = { ...room('access'), 'server/features/access/contract.ts': '' };
  const page = (text: string) => ({
    'webapp/src/Page.vue': `<template>\n</template>\n<script setup lang="ts">\n${text}</script>`,
  });

  it('reads types of contracts and nothing else of the server', () => {
    const type = "import type { Me } from '../../server/features/access/contract.ts';\n";
    const value = "import { Me } from '../../server/features/access/contract.ts';\n";
    const inside = "import type { Row } from '../../server/features/access/index.ts';\n";
    expect(check({ ...CONTRACT, ...page(type) })).toEqual([]);
    expect(check({ ...CONTRACT, ...page(value) })).toEqual(['webapp/src/Page.vue:4 webapp']);
    expect(check({ ...CONTRACT, ...page(inside) })).toEqual(['webapp/src/Page.vue:4 webapp']);
  });

  it('counts a clause as types only when every name is', () => {
    const mixed = "import { type Me, Other } from '../../server/features/access/contract.ts';\n";
    const marked = "import { type Me, type Other } from '../../server/features/access/contract.ts';\n";
    expect(check({ ...CONTRACT, ...page(mixed) })).toEqual(['webapp/src/Page.vue:4 webapp']);
    expect(check({ ...CONTRACT, ...page(marked) })).toEqual([]);
  });
});

describe('purity', () => {
  const rule = (text: string, name = 'due') => ({
    ...room('supervision'),
    [`server/features/supervision/${name}.ts`]: text,
  });

  it.each([
    ['Date.now()', 'const at = Date.now();'],
    ['new Date()', 'const at = new Date();'],
    ['Math.random', 'const n = Math.random();'],
    ['globalThis', 'const n = globalThis.Math.random();'],
    ['node:', "import { readFileSync } from 'node:fs';"],
    ['typeorm, as a type', "import type { EntityManager } from 'typeorm';"],
    ['fetch', "await fetch('http://x');"],
    ['setTimeout', 'setTimeout(() => 0, 1);'],
  ])('refuses %s', (_name, text) => {
    expect(check(rule(text))).toEqual(['server/features/supervision/due.ts:1 purity']);
  });

  it('knows what is harmless', () => {
    const text =
      "import { z } from 'zod';\n// Date.now() in words\nconst day = new Date(0); const d = Date.parse('2026-01-01');";
    expect(check(rule(text))).toEqual([]);
  });

  it('holds for every file of engine/', () => {
    expect(check(rule('export const at = Date.now();', 'engine/acts'))).toEqual([
      'server/features/supervision/engine/acts.ts:1 purity',
    ]);
  });

  it('follows what the rule loads', () => {
    const files = {
      ...rule("import { words } from './words.ts';"),
      'server/features/supervision/words.ts': "import { rows } from './tables.ts';",
      'server/features/supervision/tables.ts': "import { EntitySchema } from 'typeorm';",
    };
    const [finding, ...more] = findings(files);
    expect(more).toEqual([]);
    expect(finding?.what).toBe(
      'typeorm through server/features/supervision/words.ts → server/features/supervision/tables.ts',
    );
    const typesOnly = {
      ...files,
      'server/features/supervision/due.ts': "import type { W } from './words.ts';",
    };
    expect(check(typesOnly)).toEqual([]);
  });

  it('lets a rule name types of another room, not load it', () => {
    expect(
      check({ ...rule("import type { Org } from '../directory/index.ts';"), ...room('directory') }),
    ).toEqual([]);
    expect(check({ ...rule("import { org } from '../directory/index.ts';"), ...room('directory') })).toEqual([
      'server/features/supervision/due.ts:1 purity',
    ]);
  });

  it('allows the one clock and nothing else in the kernel', () => {
    expect(check({ 'server/kernel/clock.ts': 'export const now = () => Date.now();' })).toEqual([]);
    expect(check({ 'server/kernel/words.ts': "import { z } from 'zod';" })).toEqual([
      'server/kernel/words.ts:1 purity',
    ]);
  });

  it('tells when an exception is no longer needed', () => {
    expect(check({ 'server/kernel/clock.ts': '' })).toEqual([
      'scripts/check-imports/places.mjs:1 exceptions',
    ]);
  });
});

describe('the environment', () => {
  it('is read by the configuration alone', () => {
    expect(
      check({
        'server/config.ts': 'export const read = (env = process.env) => env;',
        'server/main.ts': "import { readConfig } from './config.ts';\nreadConfig(process.env);",
      }),
    ).toEqual([]);
    expect(check({ 'server/main.ts': "const debug = process.env['DEBUG'];" })).toEqual([
      'server/main.ts:1 environment',
    ]);
    expect(check({ 'server/app.ts': 'readConfig(process.env);' })).toEqual(['server/app.ts:1 environment']);
  });
});

describe('cycles', () => {
  it('finds one shortest circle, types included', () => {
    const found = findings({
      'server/wecom/a.ts': "import type { B } from './b.ts';",
      'server/wecom/b.ts': "import { c } from './c.ts';",
      'server/wecom/c.ts': "import { a } from './a.ts';\nimport { b } from './b.ts';",
    });
    expect(found.map(({ path, what }) => [path, what])).toEqual([
      ['server/wecom/b.ts', 'a circle: server/wecom/b.ts → server/wecom/c.ts → server/wecom/b.ts'],
    ]);
  });

  it('finds circles between components of the webapp', () => {
    const files = {
      'webapp/src/A.vue': '<script setup lang="ts">import B from \'./B.vue\';</script>',
      'webapp/src/B.vue': '<script setup lang="ts">import A from \'./A.vue\';</script>',
    };
    expect(check(files)).toEqual(['webapp/src/A.vue:1 cycles']);
  });
});

it('finds an import of a file that is not there', () => {
  expect(check({ 'server/kernel/a.ts': "import './gone.ts';" })).toEqual(['server/kernel/a.ts:1 missing']);
});
