import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../platform/zip/index.ts';
import { withFiles } from './copy-files.ts';

const SHEET = { name: '个人数据-张-1.xlsx', type: 'x/y', bytes: Buffer.from('sheet') };
const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const of = (path: string, bytes: Buffer) => ({ path, open: () => Promise.resolve(Readable.from([bytes])) });

describe('个保法 45 files of a copy', () => {
  it('without any it is the sheet as it was', async () => {
    expect(await withFiles(SHEET, [], NOW)).toBe(SHEET);
  });

  it('holds as many as there is room for, and names every one it has not', async () => {
    const files = [
      of('签名/a.png', Buffer.alloc(6, 1)),
      { path: '签名/b.png', open: () => Promise.reject(new Error('gone')) },
      of('签名/c.png', Buffer.alloc(6, 2)),
      of('签名/d.png', Buffer.alloc(1, 3)),
    ];
    const made = await withFiles(SHEET, files, NOW, 10);
    expect(made).toMatchObject({ name: '个人数据-张-1.zip', type: 'application/zip' });
    const found = readZip(made.bytes);
    expect([...found.keys()]).toEqual([SHEET.name, '签名/a.png', '没有放进来的文件.txt']);
    expect(Buffer.from(found.get('没有放进来的文件.txt') ?? []).toString()).toBe(
      '签名/b.png：现在读不到\n签名/c.png：文件太多，请向人事处索取\n签名/d.png：文件太多，请向人事处索取\n',
    );
  });
});
