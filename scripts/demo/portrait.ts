import { crc32, deflateSync } from 'node:zlib';
import { createPrng } from './prng.ts';

type Colour = readonly [number, number, number];
type Colours = readonly [Colour, ...Colour[]];
interface Shape {
  /** Place in the palette. */
  readonly colour: number;
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  /** Only above or below this line. */
  readonly from?: number;
  readonly to?: number;
}

/** Twice the 295 × 413 pixels of a one-inch photo: shown smaller, the edges are smooth. */
const WIDTH = 590;
const HEIGHT = 826;
const BACKGROUNDS: Colours = [
  [67, 142, 219],
  [238, 242, 246],
  [188, 48, 52],
];
const SKINS: Colours = [
  [240, 208, 182],
  [229, 190, 160],
];
const HAIRS: Colours = [
  [38, 34, 36],
  [56, 44, 40],
];
const JACKETS: Colours = [
  [44, 54, 78],
  [62, 64, 70],
  [94, 48, 56],
];
const SHIRT: Colour = [250, 250, 250];

export interface Sitter {
  readonly seed: number;
  readonly hair: 'short' | 'long';
}

/** An ID-style photo of nobody, as PNG: a bust drawn from ellipses. The same for the same sitter on every machine. */
export function portrait({ seed, hair }: Sitter): Buffer {
  const prng = createPrng(seed);
  // In turn, so that few photos show all of them.
  const background = BACKGROUNDS[seed % BACKGROUNDS.length] ?? BACKGROUNDS[0];
  const palette = [background, prng.pick(HAIRS), prng.pick(SKINS), prng.pick(JACKETS), SHIRT] as const;
  return png(palette, drawn(shapes(hair, prng.below(16))));
}

const [BACKGROUND, HAIR, SKIN, JACKET, COLLAR] = [0, 1, 2, 3, 4] as const;

/** From the back to the front. */
function shapes(hair: Sitter['hair'], wide: number): Shape[] {
  const x = WIDTH / 2;
  const face = { x, y: 360, rx: 128 + wide / 2, ry: 162 };
  const back =
    hair === 'long'
      ? [{ colour: HAIR, x, y: 420, rx: 176 + wide, ry: 250, to: 640 }]
      : [{ colour: HAIR, x, y: 318, rx: 146 + wide, ry: 160, to: 380 }];
  return [
    ...back,
    { colour: JACKET, x, y: 860, rx: 268 + wide, ry: 250 },
    { colour: COLLAR, x, y: 640, rx: 92, ry: 108, from: 612 },
    { colour: SKIN, x, y: 560, rx: 62, ry: 112 },
    { colour: SKIN, ...face },
    { colour: SKIN, x: x - face.rx, y: 372, rx: 20, ry: 36 },
    { colour: SKIN, x: x + face.rx, y: 372, rx: 20, ry: 36 },
    { colour: HAIR, x, y: 250, rx: 138 + wide, ry: 96, to: hair === 'long' ? 288 : 272 },
  ];
}

/** Rows of palette places, each after the filter's number (PNG, 7.3). */
function drawn(all: readonly Shape[]): Buffer {
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT, BACKGROUND);
  for (let y = 0; y < HEIGHT; y += 1) {
    const start = y * (WIDTH + 1);
    rows[start] = 0;
    for (const shape of all) {
      const half = halfWidth(shape, y);
      const left = Math.max(0, Math.round(shape.x - half));
      const right = Math.min(WIDTH, Math.round(shape.x + half));
      if (half > 0) rows.fill(shape.colour, start + 1 + left, start + 1 + right);
    }
  }
  return rows;
}

function halfWidth({ y: middle, rx, ry, from = 0, to = HEIGHT }: Shape, y: number): number {
  const up = (y - middle) / ry;
  return y < from || y >= to || Math.abs(up) >= 1 ? 0 : rx * Math.sqrt(1 - up * up);
}

/** Eight bits of palette (PNG, 11.2). */
function png(palette: readonly Colour[], rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
