import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  /** Text in pieces, made while it is packed. */
  readonly pieces: Iterable<string>;
}

const PIECE_CHARACTERS = 128 * 1024;

/** Parts packed one after the other; only what is packed is kept. */
export async function packZip(parts: Iterable<ZipPart>): Promise<Buffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, pieces } of parts) {
    const { packed, crc, bytes } = await pack(pieces);
    const nameBytes = Buffer.from(name);
    const packedBytes = packed.reduce((sum, piece) => sum + piece.length, 0);
    const facts = Buffer.alloc(16);
    facts.writeUInt32LE(crc, 0);
    facts.writeUInt32LE(packedBytes, 4);
    facts.writeUInt32LE(bytes, 8);
    facts.writeUInt16LE(nameBytes.length, 12);
    // Version 2.0, names in UTF-8, deflated, no time.
    const local = Buffer.from('504b030414000008080000000000', 'hex');
    const central = Buffer.from('504b0102140014000008080000000000', 'hex');
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    files.push(local, facts, nameBytes, ...packed);
    directory.push(central, facts, tail, nameBytes);
    at += local.length + facts.length + nameBytes.length + packedBytes;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 4, 8);
  end.writeUInt16LE(directory.length / 4, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, listed, end]);
}

async function pack(pieces: Iterable<string>): Promise<{ packed: Buffer[]; crc: number; bytes: number }> {
  const packed: Buffer[] = [];
  const stream = createDeflateRaw({ level: 3 });
  const ended = new Promise<void>((resolve, reject) => {
    stream
      .on('data', (piece: Buffer) => packed.push(piece))
      .on('end', resolve)
      .on('error', reject);
  });
  let crc = 0;
  let bytes = 0;
  for (const text of gathered(pieces)) {
    const piece = Buffer.from(text);
    crc = crc32(piece, crc);
    bytes += piece.length;
    if (!stream.write(piece)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
  await ended;
  return { packed, crc, bytes };
}

function* gathered(pieces: Iterable<string>): Generator<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
