import { promisify } from 'node:util';
import { createInflateRaw, inflateRaw } from 'node:zlib';
import { AppError, badRequest } from '../../kernel/errors.ts';

const inflate = promisify(inflateRaw);

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const MAX_COMMENT = 65_535;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_ENTRIES = 500;
const PIECE_BYTES = 256 * 1024;

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

/** How many bytes may still come out of a zip. Counted while unpacking: a directory can lie about sizes. */
export interface UnpackBudget {
  left: number;
}

/**
 * Unpack a small zip in memory with a hard cap on what comes out, so that neither a zip bomb nor a directory that
 * lies about sizes reaches the sheet reader.
 * @param maxBytes all entries together, unpacked
 * @throws badRequest `sheets.not_xlsx` or `sheets.too_large`
 */
export async function unpackWithin(zip: Buffer, maxBytes: number): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  const budget = { left: maxBytes };
  for (const place of zipDirectory(zip)) {
    entries.push({ name: place.name, content: await unpackEntry(zip, place, budget) });
  }
  return entries;
}

export interface ZipPlace {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  /** As the directory claims; good enough to show progress by. */
  readonly claimedBytes: number;
  readonly at: number;
}

/** What is in a zip, nothing unpacked. @throws badRequest `sheets.not_xlsx` or `sheets.too_large` */
export function zipDirectory(zip: Buffer): ZipPlace[] {
  const end = endOfDirectory(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw badRequest('sheets.too_large');
  const places: ZipPlace[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw notXlsx();
    const nameBytes = zip.readUInt16LE(at + 28);
    places.push({
      name: zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      method: zip.readUInt16LE(at + 10),
      packedBytes: zip.readUInt32LE(at + 20),
      claimedBytes: zip.readUInt32LE(at + 24),
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

function packedOf(zip: Buffer, place: ZipPlace): Buffer {
  const { at, method, packedBytes } = place;
  if (at + LOCAL_BYTES > zip.length || zip.readUInt32LE(at) !== LOCAL_ENTRY) throw notXlsx();
  const start = at + LOCAL_BYTES + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes || (method !== 0 && method !== 8)) throw notXlsx();
  return packed;
}

/** One entry whole. @throws badRequest `sheets.not_xlsx` or `sheets.too_large` */
export async function unpackEntry(zip: Buffer, place: ZipPlace, budget: UnpackBudget): Promise<Buffer> {
  const packed = packedOf(zip, place);
  if (budget.left <= 0 && packed.length > 0) throw badRequest('sheets.too_large');
  const content =
    place.method === 0 || packed.length === 0
      ? packed
      : await inflate(packed, { maxOutputLength: budget.left }).catch((cause: unknown) => {
          const { code } = cause as { code?: string };
          throw code === 'ERR_BUFFER_TOO_LARGE' ? badRequest('sheets.too_large') : notXlsx();
        });
  spend(budget, content.length);
  return content;
}

/** One entry in pieces, for what would not fit whole. @throws badRequest `sheets.not_xlsx` or `sheets.too_large` */
export async function* unpackPieces(
  zip: Buffer,
  place: ZipPlace,
  budget: UnpackBudget,
): AsyncGenerator<Buffer> {
  const packed = packedOf(zip, place);
  if (place.method === 0 || packed.length === 0) {
    spend(budget, packed.length);
    yield packed;
    return;
  }
  const stream = createInflateRaw({ chunkSize: PIECE_BYTES });
  stream.end(packed);
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      spend(budget, piece.length);
      yield piece;
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : notXlsx();
  }
}

function spend(budget: UnpackBudget, bytes: number): void {
  budget.left -= bytes;
  if (budget.left < 0) throw badRequest('sheets.too_large');
}

const notXlsx = () => badRequest('sheets.not_xlsx');
