import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeName, readZip, safeName, zipPieces, type ZipFile } from './index.ts';

const AT = Date.UTC(2026, 10, 22, 4);
const whole = async (files: readonly ZipFile[]): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of zipPieces(files, AT)) pieces.push(piece);
  return Buffer.concat(pieces);
};

describe('names in a .zip', () => {
  it.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\x.dll', 'C__Windows_x.dll'],
    ['合同（终稿）.pdf', '合同（终稿）.pdf'],
    ['con.txt', '_con.txt'],
    ['COM1', '_COM1'],
    ['.hidden', 'hidden'],
    ['a. . ', 'a'],
    ['fdp.\u202eexe', 'fdp._exe'],
    ['', '未命名'],
    ['...', '未命名'],
  ])('%j is kept as %j', (name, kept) => expect(safeName(name)).toBe(kept));

  it('no name leaves its folder, is refused by Windows, or is cut without its extension', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const kept = safeName(`${name}.pdf`);
        expect(kept).not.toMatch(/[<>:"/\\|?*]|^\.|[. ]$/u);
        expect([...kept].length).toBeLessThanOrEqual(80);
        expect(kept).toMatch(/pdf$/);
        expect(safeName(kept)).toBe(kept);
      }),
    );
  });

  it('two of one name are told apart, whatever the case', () => {
    const taken = new Set<string>();
    const names = ['a.pdf', 'A.pdf', 'a.pdf', 'b'].map((name) => freeName(name, taken));
    expect(names).toEqual(['a.pdf', 'A (2).pdf', 'a (3).pdf', 'b']);
  });
});

describe('a .zip in pieces', () => {
  it('holds every byte under its name, packed or stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }), fc.boolean()), {
          maxLength: 5,
        }),
        async (contents) => {
          const files = contents.map(([pieces, stored], at) => ({
            path: `附件/${String(at)}.bin`,
            stored,
            open: () => pieces,
          }));
          const read = readZip(await whole(files));
          expect([...read.keys()]).toEqual(files.map(({ path }) => path));
          for (const [at, [pieces]] of contents.entries())
            expect(Buffer.from(read.get(`附件/${String(at)}.bin`) ?? [])).toEqual(Buffer.concat(pieces));
        },
      ),
    );
  });

  it('opens a file when the reader gets to it, not before', async () => {
    const opened: number[] = [];
    const files = [0, 1, 2].map((at) => ({
      path: `${String(at)}.bin`,
      stored: true,
      open: () => {
        opened.push(at);
        return [new Uint8Array(1000)];
      },
    }));
    const pieces = zipPieces(files, AT);
    await pieces.next();
    expect(opened).toEqual([0]);
    await pieces.return(undefined);
    expect(opened).toEqual([0]);
  });

  it('a file that breaks off breaks the package off', async () => {
    const broken: ZipFile = {
      path: 'a',
      open: () => Promise.reject(new Error('gone')),
    };
    await expect(whole([broken])).rejects.toThrow('gone');
  });
});
