// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it, vi } from 'vitest';

type Chunk = Rolldown.OutputChunk;

let chunks: Chunk[] = [];
let styles = new Map<string, string>();

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
  // Else the development build of Vue is weighed.
  vi.stubEnv('NODE_ENV', 'production');
  const made = await build({ configFile, logLevel: 'error', build: { write: false } });
  vi.unstubAllEnvs();
  const [result] = Array.isArray(made) ? made : [made];
  if (!result || !('output' in result)) throw new Error('nothing was built');
  chunks = result.output.filter((file): file is Chunk => file.type === 'chunk');
  styles = new Map(
    result.output.flatMap((file) =>
      file.type === 'asset' ? [[file.fileName, String(file.source)] as const] : [],
    ),
  );
}, 180_000);

const named = (name: string): Chunk => {
  const found = chunks.find((chunk) => chunk.isEntry && chunk.name === name);
  if (!found) throw new Error(`no entry ${name}`);
  return found;
};

/** The chunks that are fetched before anything runs; with `lazy`, all that can ever be fetched. */
function graph(entry: Chunk, lazy = false): Chunk[] {
  const found = new Set<Chunk>();
  const walk = (chunk: Chunk | undefined): void => {
    if (!chunk || found.has(chunk)) return;
    found.add(chunk);
    for (const file of [...chunk.imports, ...(lazy ? chunk.dynamicImports : [])]) {
      walk(chunks.find(({ fileName }) => fileName === file));
    }
  };
  walk(entry);
  return [...found];
}

const weigh = (text: string): number => gzipSync(text).length;
const scriptWeight = (parts: readonly Chunk[]): number =>
  parts.reduce((sum, { code }) => sum + weigh(code), 0);
const styleWeight = (parts: readonly Chunk[]): number =>
  parts
    .flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])])
    .reduce((sum, file) => sum + weigh(styles.get(file) ?? ''), 0);
const modules = (parts: readonly Chunk[], pattern: RegExp): string[] =>
  parts.flatMap(({ moduleIds }) => moduleIds).filter((id) => pattern.test(id));

describe('the built console', () => {
  it('starts with at most 75 kB of script and style, gzipped', () => {
    const first = graph(named('console'));
    expect(scriptWeight(first)).toBeGreaterThan(20_000);
    expect(scriptWeight(first) + styleWeight(first)).toBeLessThanOrEqual(75_000);
  });

  it('has no component of Element Plus in its first load', () => {
    expect(modules(graph(named('console')), /element-plus\/es\/components\//)).toEqual([]);
  });

  it('never imports the barrel of Element Plus, but does use its parts', () => {
    const all = graph(named('console'), true);
    expect(modules(all, /element-plus\/es\/(index|component|plugin|defaults)\.mjs$/)).toEqual([]);
    expect(modules(all, /element-plus\/es\/components\/dialog\//).length).toBeGreaterThan(0);
  });

  it('has one lazy script per page', () => {
    const lazy = chunks.filter((chunk) => chunk.isDynamicEntry).map((chunk) => chunk.name);
    expect(lazy).toEqual(
      expect.arrayContaining([
        'BatchesPage',
        'BatchPage',
        'PlanPage',
        'RunPage',
        'RunsPage',
        'RequestsPage',
        'RequestPage',
        'HandoverPage',
        'LatePage',
        'ExchangePage',
        'InspectionPage',
        'RightsPage',
      ]),
    );
  });
});

describe.each(['index', 'phone'])('the built %s entry', (name) => {
  it('can never reach Element Plus or the console', () => {
    const all = graph(named(name), true);
    expect(all.length).toBeGreaterThan(1);
    expect(modules(all, /element-plus|[\\/]src[\\/]console[\\/]/)).toEqual([]);
  });
});

describe('the built phone pages', () => {
  it('start with at most 80 kB of script and style, gzipped', () => {
    const first = graph(named('index'));
    expect(scriptWeight(first) + styleWeight(first)).toBeLessThanOrEqual(80_000);
  });
  it('and nothing of the phone is in the console', () => {
    expect(
      modules(graph(named('console'), true), /node_modules\/vant\/|[\\/]src[\\/](features|wecom)[\\/]/),
    ).toEqual([]);
  });
});
