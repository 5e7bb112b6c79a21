export { readSheets, SHEET_LIMITS, type Sheet, type SheetLimits } from './read-sheets.ts';
export { writeSheets } from './write-sheets.ts';
