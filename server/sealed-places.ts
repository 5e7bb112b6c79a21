import { sealedHrFiles } from './features/hr/index.ts';
import { sealedColumns } from './platform/rotation/index.ts';
import { tables } from './tables.ts';

/** Everything the vault sealed, wherever it lies: what a rotation of keys goes through. */
export const sealedPlaces = { columns: sealedColumns(tables), files: [sealedHrFiles] } as const;
