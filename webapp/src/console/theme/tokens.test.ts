// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const element = readFileSync(new URL('element.css', import.meta.url), 'utf8');

/** The custom properties of the block that begins with `selector`. */
function block(selector: string): Record<string, string> {
  const start = css.indexOf(selector);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
}

const light = block('html.console:root {');
const dark = block('html.console.dark:root {');

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

const hues = ['blue', 'green', 'amber', 'orange', 'red'];
/** Every ink that stands on every ground, and each hue on its own wash and as a filled button. */
const text: [string, string][] = [
  ...['paper', 'page', 'wash', 'blue-w', 'grey-w'].flatMap((ground) =>
    ['ink', 'ink2', 'ink3'].map((ink): [string, string] => [ink, ground]),
  ),
  ...['paper', 'page', 'wash'].flatMap((ground) => hues.map((hue): [string, string] => [hue, ground])),
  ...hues.map((hue): [string, string] => [hue, `${hue}-w`]),
  ...hues.map((hue): [string, string] => ['ink', `${hue}-w`]),
  ...hues.map((hue): [string, string] => ['ink2', `${hue}-w`]),
  // Links and the selected name on a selected row or a notice; a faulty cell on its wash.
  ['blue', 'amber-w'],
  ['blue', 'red-w'],
  ['blue', 'green-w'],
  ['red', 'blue-w'],
  ['amber', 'blue-w'],
  ['onfill', 'blue'],
  ['onfill', 'blue-2'],
  ['onfill', 'red'],
  ['onfill', 'red-2'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the console’s %s colours', (_, theme) => {
  const colour = (name: string): string => {
    const value = theme[`--${name}`];
    if (!value) throw new Error(`no token --${name}`);
    return value;
  };

  it.each(text)('text %s on %s reaches 4.5', (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the token table', () => {
  it('gives dark a value for every colour of light', () => {
    const colours = Object.keys(light).filter((name) => !['--sans', '--mono'].includes(name));
    expect(Object.keys(dark)).toEqual(colours);
  });

  it('names only colours that exist when it themes Element Plus', () => {
    const used = [...element.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name);
    expect(used.length).toBeGreaterThan(40);
    expect(used.filter((name) => !(name in light))).toEqual([]);
  });
});
