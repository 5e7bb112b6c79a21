/** What a picture is and how large, by its own bytes. Pure. */

export interface Picture {
  readonly type: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

/** Null: neither PNG nor JPEG, or cut off before it says its size. */
export const pictureOf = (bytes: Buffer): Picture | null => pngOf(bytes) ?? jpegOf(bytes);

const PNG = '89504e470d0a1a0a';

/** The first chunk is IHDR: length, name, width, height (PNG, 11.2.2). */
function pngOf(bytes: Buffer): Picture | null {
  if (bytes.length < 24 || bytes.toString('hex', 0, 8) !== PNG) return null;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** SOF0 to SOF15 without DHT, JPG and DAC (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Markers that stand alone: TEM, RST0 to RST7, SOI. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Segments one after the other until the frame's, which says height and width (T.81, B.2.2). */
function jpegOf(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else if (isFrame(marker))
      return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    else {
      // Pictures begin: no frame came before.
      if (marker === 0xda || marker === 0xd9) return null;
      at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
    }
  }
  return null;
}
