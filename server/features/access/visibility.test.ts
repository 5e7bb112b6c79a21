import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { affiliationsOf, CATEGORIES } from './category.ts';
import { parseModules } from './module-catalog.ts';
import { qualifyingCategories, visibleModules } from './visibility.ts';

const file: unknown = JSON.parse(readFileSync('config/modules.json', 'utf8'));
const catalog = parseModules(file);
const keysFor = (...affiliations: (typeof CATEGORIES)[number][]) =>
  visibleModules(affiliations, catalog).map(({ module }) => module.key);

describe('S2-4.4 what a category sees', () => {
  it('S2-4.4 only modules inside the category’s business range', () => {
    expect(keysFor('internal')).toEqual(expect.arrayContaining(['leave', 'seals', 'payslips', 'directory']));
    expect(keysFor('external')).toEqual(expect.arrayContaining(['repairs', 'directory']));
    for (const closed of ['leave', 'seals', 'payslips', 'campaigns', 'notices'])
      expect(keysFor('external')).not.toContain(closed);
    expect(keysFor('entrusted')).toContain('notices');
    expect(keysFor('entrusted')).not.toContain('payslips');
    expect(keysFor()).toEqual([]);
  });

  it('S2-4.4 a word nobody knows qualifies for nothing', () => {
    expect(affiliationsOf({ category: 'student' })).toEqual([]);
    expect(affiliationsOf({ category: 'external' })).toEqual(['external']);
  });
});

describe('B8 several affiliations', () => {
  it('B8 each module names the affiliation that qualifies, never the others', () => {
    const both = visibleModules(['external', 'internal'], catalog);
    const by = (key: string) => both.find(({ module }) => module.key === key)?.by;
    expect(by('leave')).toEqual(['internal']);
    expect(by('repairs')).toEqual(['internal', 'external']);
    expect(qualifyingCategories(['entrusted', 'external'], { categories: ['internal'] })).toEqual([]);
  });

  it('B8 two affiliations together see what either sees, and nothing more', () => {
    for (const a of CATEGORIES)
      for (const b of CATEGORIES)
        expect(new Set(keysFor(a, b))).toEqual(new Set([...keysFor(a), ...keysFor(b)]));
  });
});

describe('modules.json', () => {
  it('says what is wrong with it', () => {
    const module = { key: 'leave', name: '请假', categories: ['internal'], owner: 'D05' };
    const parse = (...modules: object[]) => parseModules({ modules });
    expect(() => parse(module, module)).toThrow('twice');
    expect(() => parse({ ...module, categories: [] })).toThrow();
    expect(() => parse({ ...module, categories: ['student'] })).toThrow();
    expect(() => parse({ ...module, jointOwners: ['D05'] })).toThrow('leave');
  });
});
