import { unpackWithin } from '../zip-guard.ts';

/** Addresses of the cells of the first sheet with a ground of this colour (`FDE2E0`), in the order of the sheet. */
export async function filledCells(file: Buffer, color: string): Promise<string[]> {
  const entries = await unpackWithin(file, 64 * 1024 * 1024);
  const xml = (name: string) => entries.find((entry) => entry.name === name)?.content.toString() ?? '';
  const [, cellFormats = ''] = xml('xl/styles.xml').split('<cellXfs');
  const fills = [...xml('xl/styles.xml').matchAll(/<fill>(.*?)<\/fill>/g)].map(([, fill]) => fill ?? '');
  const filled = [...cellFormats.matchAll(/<xf [^>]*>/g)].map(([format]) =>
    fills[Number(/fillId="(\d+)"/.exec(format)?.[1] ?? 0)]?.includes(color),
  );
  const cells = xml('xl/worksheets/sheet1.xml').matchAll(/<c r="([A-Z]+\d+)" s="(\d+)"/g);
  return [...cells].flatMap(([, address = '', style]) => (filled[Number(style)] ? [address] : []));
}
