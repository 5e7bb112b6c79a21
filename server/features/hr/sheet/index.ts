/** Sheets of HR: a file to raw rows to records, with everything that is wrong told per cell. */
export { COLUMNS, columnOf, labelOf, SHEET_NAMES, type Column } from './columns.ts';
export { mapFile, type MappedFile } from './find-sheets.ts';
export { mapColumns, type MappedSheet, type SheetTable } from './map-columns.ts';
export { rawRows } from './raw-rows.ts';
export { readHrFile, type HrFile, type ReadHrFileOptions } from './read-file.ts';
export { readUnit } from './read-unit.ts';
export { readPerson } from './read-person.ts';
export { readBatch, type BatchToRead, type ReadBatch } from './read-batch.ts';
export type { KnownForReading } from './known.ts';
export type { RowReading } from './row-reader.ts';
export { createSuggestions, type NamedUnit, type Suggestions } from './suggestions.ts';
export { nearest } from './nearest.ts';
export { faultSentence, faultTitle, faultWords, type FaultWords } from './fault-words.ts';
export { templateSheet } from './template-sheet.ts';
export { markedCopy } from './marked-copy.ts';
