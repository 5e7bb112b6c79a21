import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { badRequest } from '../../kernel/errors.ts';

const inflate = promisify(inflateRaw);

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const MAX_COMMENT = 65_535;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_ENTRIES = 500;

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * Unpack a small zip in memory with a hard cap on what comes out, so that neither a zip bomb nor a directory that
 * lies about sizes reaches the sheet reader.
 * @param maxBytes all entries together, unpacked
 * @throws badRequest `sheets.not_xlsx` or `sheets.too_large`
 */
export async function unpackWithin(zip: Buffer, maxBytes: number): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  let left = maxBytes;
  for (const place of directory(zip)) {
    const content = await unpack(zip, place, left);
    left -= content.length;
    entries.push({ name: place.name, content });
  }
  return entries;
}

interface Place {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly at: number;
}

function directory(zip: Buffer): Place[] {
  const end = endOfDirectory(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw badRequest('sheets.too_large');
  const places: Place[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw notXlsx();
    const nameBytes = zip.readUInt16LE(at + 28);
    places.push({
      name: zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      method: zip.readUInt16LE(at + 10),
      packedBytes: zip.readUInt32LE(at + 20),
      at: zip.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return places;
}

function endOfDirectory(zip: Buffer): number {
  const lowest = Math.max(0, zip.length - END_BYTES - MAX_COMMENT);
  for (let at = zip.length - END_BYTES; at >= lowest; at -= 1) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw notXlsx();
}

async function unpack(zip: Buffer, place: Place, maxBytes: number): Promise<Buffer> {
  const { at, method, packedBytes } = place;
  if (at + LOCAL_BYTES > zip.length || zip.readUInt32LE(at) !== LOCAL_ENTRY) throw notXlsx();
  const start = at + LOCAL_BYTES + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes) throw notXlsx();
  if (maxBytes <= 0 && packedBytes > 0) throw badRequest('sheets.too_large');
  if (method === 0) {
    if (packedBytes > maxBytes) throw badRequest('sheets.too_large');
    return packed;
  }
  if (method !== 8) throw notXlsx();
  if (packedBytes === 0) return Buffer.alloc(0);
  return inflate(packed, { maxOutputLength: maxBytes }).catch((cause: unknown) => {
    const { code } = cause as { code?: string };
    throw code === 'ERR_BUFFER_TOO_LARGE' ? badRequest('sheets.too_large') : notXlsx();
  });
}

const notXlsx = () => badRequest('sheets.not_xlsx');
