import { describe, expect, it } from 'vitest';
import { standingOf, type TagFacts } from './standing.ts';

const facts = (more: Partial<TagFacts> = {}): TagFacts => ({
  pushes: true,
  mirror: { state: 'written', name: '值班' },
  name: '值班',
  joining: 0,
  leaving: 0,
  changes: 0,
  held: 0,
  ...more,
});

describe('S1-7.2c how far a tag is', () => {
  it.each([
    ['equal', {}],
    ['coming', { mirror: null }],
    ['coming', { mirror: { state: 'writing' as const, name: '值班' } }],
    ['coming', { joining: 1 }],
    ['coming', { leaving: 1 }],
    ['coming', { name: '夜间值班' }],
    ['refused', { mirror: { state: 'failed' as const, name: '值班' } }],
    ['coming', { changes: 1 }],
    ['changed', { changes: 2, held: 1 }],
    ['off', { pushes: false, mirror: null, joining: 3 }],
  ])('is %s', (standing, more) => expect(standingOf(facts(more))).toBe(standing));
});
