// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The custom properties of the block that begins with `selector`. */
function block(selector: string): Record<string, string> {
  const start = css.indexOf(selector);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
}

const light = block(':root,\n.light');
const system = block(':root:not(.light)');
const dark = block('.dark {');
const fixed = block(':root {');

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const text: [string, string][] = [
  ...['card', 'bg', 'card2'].flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['ink2', ground],
    ['ink3', ground],
    ['pri', ground],
  ]),
  ['red', 'card'],
  ['red', 'card2'],
  ['amb', 'card'],
  ['amb', 'pris'],
  ['grn', 'card'],
  ['org', 'card'],
  ['ink', 'pris'],
  ['ink2', 'pris'],
  ['onfill', 'fill'],
  ['pri', 'seg'],
  ...['pri', 'red', 'amb', 'org', 'grn', 'teal', 'vio'].map((hue): [string, string] => [hue, `${hue}s`]),
];
const signs: [string, string][] = [
  ['ctl', 'card'],
  ['onmark', 'grn'],
  ['onmark', 'red'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the colours of the %s theme', (_, theme) => {
  const colour = (name: string): string => {
    const value = theme[`--${name}`] ?? fixed[`--${name}`];
    if (!value) throw new Error(`no token --${name}`);
    return value;
  };

  it.each(text)('text %s on %s reaches 4.5', (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(signs)('sign %s on %s reaches 3', (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});

describe('the token table', () => {
  it('has the same names in both themes', () => {
    expect(Object.keys(dark)).toEqual(Object.keys(light));
  });
  it('gives the system’s dark theme and the forced one the same values', () => {
    expect(dark).toEqual(system);
  });
  it.each(['badge', 'danger', 'av0', 'av1', 'av2', 'av3', 'av4', 'av5'])('white reads on %s', (name) => {
    expect(contrast('#ffffff', fixed[`--${name}`] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});
