export { readSheets, SHEET_LIMITS, type Sheet, type SheetLimits } from './read-sheets.ts';
export { readTable, TABLE_LIMITS, type ReadTableOptions, type TableFile } from './read-table.ts';
export type { Table, TableLimits } from './table-builder.ts';
export type { TextEncoding } from './decode-text.ts';
export { everyPage, listFile, type SheetFile } from './list-file.ts';
export { writeSheets } from './write-sheets.ts';
export { writeStyled, type CellLook, type StyledCell, type StyledSheet } from './write-styled.ts';
export { packZip, type ZipPart } from './zip-pack.ts';
