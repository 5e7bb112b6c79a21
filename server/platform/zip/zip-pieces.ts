import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ZipFile {
  /** Parts between `/` are safe names. */
  readonly path: string;
  /** Opened when its turn comes. */
  readonly open: () => Promise<AsyncIterable<Uint8Array>> | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Pictures and office files are compressed already. */
  readonly stored?: boolean;
}

/**
 * A .zip in pieces, made while it is read: a file is opened when the reader gets to it, and no more is held than one
 * piece of it. At most 65,535 files and 4 GB; the caller keeps below.
 */
export async function* zipPieces(
  files: Iterable<ZipFile> | AsyncIterable<ZipFile>,
  madeAt: number,
): AsyncGenerator<Uint8Array> {
  const packed = collector();
  const zip = new Zip(packed.take);
  for await (const { path, open, stored } of files) {
    const entry = stored === true ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    entry.mtime = madeAt;
    zip.add(entry);
    for await (const piece of await open()) {
      // The packer may keep what it is given until the next piece.
      entry.push(Uint8Array.from(piece));
      yield* packed.given();
    }
    entry.push(new Uint8Array(0), true);
    yield* packed.given();
  }
  zip.end();
  yield* packed.given();
}

function collector() {
  let waiting: Uint8Array[] = [];
  let failed: Error | null = null;
  return {
    take: (error: Error | null, piece: Uint8Array): void => {
      if (error) failed = error;
      else if (piece.length > 0) waiting.push(piece);
    },
    given(): Uint8Array[] {
      if (failed) throw failed;
      const pieces = waiting;
      waiting = [];
      return pieces;
    },
  };
}
