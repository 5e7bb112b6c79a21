/** Files that go along with the copy of one's own data: with any it is a package, without any the sheet alone. */
import { buffer } from 'node:stream/consumers';
import { zipPieces, type ZipFile } from '../../../platform/zip/index.ts';
import type { DataFile, PersonFile } from './person-data.ts';

/** Bytes of pictures in one copy: what is beyond is named in it, never silently left out (H2). */
export const MOST_BYTES = 20 * 1024 * 1024;
const LEFT_OUT = '没有放进来的文件.txt';

/** Read outside of any unit of work: the bytes may lie in another building. */
export async function withFiles(
  sheet: DataFile,
  files: readonly PersonFile[],
  now: number,
  most = MOST_BYTES,
): Promise<DataFile> {
  if (files.length === 0) return sheet;
  const packed: ZipFile[] = [{ path: sheet.name, stored: true, open: () => [sheet.bytes] }];
  const leftOut: string[] = [];
  let room = most;
  for (const { path, open } of files) {
    const bytes = room > 0 ? await open().then(buffer, () => null) : null;
    if (bytes === null || bytes.length > room) {
      leftOut.push(`${path}：${bytes === null && room > 0 ? '现在读不到' : '文件太多，请向人事处索取'}`);
      if (bytes !== null) room = 0;
      continue;
    }
    room -= bytes.length;
    packed.push({ path, stored: true, open: () => [bytes] });
  }
  if (leftOut.length > 0)
    packed.push({ path: LEFT_OUT, open: () => [Buffer.from(`${leftOut.join('\n')}\n`)] });
  const pieces: Uint8Array[] = [];
  for await (const piece of zipPieces(packed, now)) pieces.push(piece);
  const name = sheet.name.replace(/\.\w+$/, '.zip');
  return { name, type: 'application/zip', bytes: Buffer.concat(pieces) };
}
