import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actionWords, targetWords } from './words.ts';

const sources = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
  .map((file) => readFileSync(join('server', file), 'utf8'))
  .filter((text) => text.includes('recordAct(') || text.includes('recordChange('));

/** What acts are called where they are recorded. */
const named = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name))),
];

it('an auditor reads a name, not a code, for every act and target that is recorded by name', () => {
  const actions = named(/action: '([a-z]+\.[A-Za-z_]+)'/g);
  expect(actions.length).toBeGreaterThan(40);
  expect(actions.filter((action) => actionWords(action) === action)).toEqual([]);
  const targets = named(/targetType: '([A-Za-z_]+)'/g);
  expect(targets.length).toBeGreaterThan(12);
  expect(targets.filter((type) => targetWords(type) === type)).toEqual([]);
});
