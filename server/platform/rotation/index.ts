export { countByKey, leftUnderOthers, type KeyCount } from './count-by-key.ts';
export { rotate, type Rotated } from './rotate.ts';
export { type SealedColumn, sealedColumns } from './sealed-columns.ts';
export { type SealedFiles, openSealedFile } from './sealed-files.ts';
