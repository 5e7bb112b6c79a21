import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';

/** What was put on somebody's tile of the workbench. */
export interface TileNumbers {
  /** By source of to-dos. */
  readonly todo: Readonly<Record<string, number>>;
  readonly unread: number;
  readonly running: number;
}

export interface TileRow {
  /** The person. */
  id: string;
  numbers: TileNumbers;
  /** False: it is not known to stand there; a call is under way, failed, or was not made. */
  isShown: boolean;
  saidAt: number;
  version: number;
}

export const TileTable = new EntitySchema<TileRow>({
  name: 'workbench_tile',
  tableName: 'workbench_tile',
  columns: {
    id: c.id(),
    numbers: c.json(),
    isShown: c.flag(),
    saidAt: c.instant(),
    version: c.version(),
  },
  indices: [
    { name: 'workbench_tile_shown', columns: ['isShown', 'id'] },
    { name: 'workbench_tile_said', columns: ['saidAt'] },
  ],
});

export const portalTables = [TileTable] as const;
