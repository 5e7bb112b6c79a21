import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';

/** What one night did to one kind. Counts only. */
export interface KeepingRunRow {
  id: string;
  kind: string;
  ranAt: number;
  /** The period that was applied, days. */
  days: number;
  removed: number;
  /** Past their time, still there afterwards: held back, failed, or more than a night takes. */
  overdue: number;
  /** Since when the oldest one counts that is still there; null: none is. */
  oldestAt: number | null;
  failed: boolean;
}

export const KeepingRunTable = new EntitySchema<KeepingRunRow>({
  name: 'keeping_run',
  tableName: 'keeping_run',
  columns: {
    id: c.id(),
    kind: c.code(),
    ranAt: c.instant(),
    days: c.integer(),
    removed: c.integer(),
    overdue: c.integer(),
    oldestAt: c.nullable(c.instant()),
    failed: c.flag(),
  },
  indices: [
    { name: 'keeping_run_kind', columns: ['kind', 'ranAt'] },
    { name: 'keeping_run_at', columns: ['ranAt'] },
  ],
});

export const keepingTables = [KeepingRunTable] as const;
