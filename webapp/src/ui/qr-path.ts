import { create } from 'qrcode';

/** Light modules around a code, so that a camera finds its corners (ISO/IEC 18004, quiet zone). */
const QUIET = 4;

/** A QR code as one SVG path of unit squares, and the side of its square including the quiet zone. */
export interface QrPath {
  readonly side: number;
  readonly path: string;
}

/** The dark modules of a code, run by run. Level M survives a scratched label; throws beyond 2,331 bytes. */
export function qrPath(text: string): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const runs: string[] = [];
  for (let y = 0; y < modules.size; y += 1) runs.push(...runsOfRow(modules, y));
  return { side: modules.size + 2 * QUIET, path: runs.join('') };
}

function runsOfRow(modules: { get(y: number, x: number): number; size: number }, y: number): string[] {
  const runs: string[] = [];
  for (let x = 0; x < modules.size; x += 1) {
    const from = x;
    while (x < modules.size && modules.get(y, x) !== 0) x += 1;
    if (x > from) runs.push(`M${from + QUIET} ${y + QUIET}h${x - from}v1h${from - x}z`);
  }
  return runs;
}
