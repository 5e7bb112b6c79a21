import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';

/** What the last walk of a template found; one row a template, no person in it. */
export interface DryRunRow {
  /** The template's key. */
  id: string;
  templateVersion: number;
  walkedAt: number;
  runCount: number;
  deadCount: number;
  ends: readonly { readonly stepKey: string; readonly reason: string }[];
}

export const DryRunTable = new EntitySchema<DryRunRow>({
  name: 'approval_dry_run',
  tableName: 'approval_dry_run',
  columns: {
    id: { ...c.code(40), primary: true },
    templateVersion: c.integer(),
    walkedAt: c.instant(),
    runCount: c.integer(),
    deadCount: c.integer(),
    ends: c.json(),
  },
});
