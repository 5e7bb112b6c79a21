import { describe, expect, it } from 'vitest';
import { readSheet } from '../ui/read-sheet.ts';
import { exchangeRow } from '../testing/samples.ts';
import { exchangeCsv, matchReceipt } from './exchange-file.ts';

const rows = [
  exchangeRow('e1'),
  exchangeRow('e2', { name: '=cmd()', changes: [{ item: '职务', before: '', after: '"主任", 兼' }] }),
];
const file = (content: BlobPart): File => new File([content], 'a.csv');

describe('the exchange file', () => {
  it('reads back as it was written, and runs nothing', async () => {
    const cells = await readSheet(file(exchangeCsv(rows)));
    expect(cells[0]).toEqual(['办理编号', '申请单号', '工号', '姓名', '办理', '变更事项']);
    expect(cells[1]).toEqual(['e1', '2026-0117', 'H2016031', '张老师', '变更', '职务：教师 → 教研室主任']);
    expect(cells[2]?.[3]).toBe("'=cmd()");
    expect(cells[2]?.[5]).toBe('职务：— → "主任", 兼');
  });
  it('a receipt ticks the rows it has, in any order, and says what it does not know', async () => {
    const cells = await readSheet(file('办理编号,结果\r\ne2,好\r\ne9,好\r\ne2,好\r\n'));
    expect(matchReceipt(cells, rows)).toEqual({ itemIds: ['e2'], unknown: 1 });
  });
  it('reads a sheet that Chinese Excel saved', async () => {
    const gbk = new Uint8Array([0xb9, 0xa4, 0xba, 0xc5, 0x0a, 0x65, 0x31]);
    expect(await readSheet(file(gbk))).toEqual([['工号'], ['e1']]);
  });
});
