import { EntitySchema } from 'typeorm';
import * as c from '../../../../platform/db/columns.ts';

export type PackageState = 'making' | 'ready' | 'failed';

/** Requests of a period as one .zip: asked for, made by a job, kept for some days. What for is in the record of acts. */
export interface PackageRow {
  id: string;
  askedBy: string;
  /** Null: all kinds. */
  templateKey: string | null;
  /** Of the applicant's unit, those below it included; null: everything the asker answers for. */
  unitId: string | null;
  fromOn: string;
  /** The first day no longer in it. */
  untilOn: string;
  state: PackageState;
  caseCount: number;
  doneCount: number;
  /** Units of the applicants in it, asked for again when it is taken; null until it is ready. */
  unitIds: readonly string[] | null;
  /** Of the .zip; null until it is ready. */
  bytes: number | null;
  askedAt: number;
  endedAt: number | null;
  takenAt: number | null;
}

export const PackageTable = new EntitySchema<PackageRow>({
  name: 'approval_package',
  tableName: 'approval_package',
  columns: {
    id: c.id(),
    askedBy: c.ref(),
    templateKey: c.nullable(c.code(40)),
    unitId: c.nullable(c.ref()),
    fromOn: c.day(),
    untilOn: c.day(),
    state: c.code(16),
    caseCount: c.integer(),
    doneCount: c.integer(),
    unitIds: c.nullable(c.json()),
    bytes: c.nullable(c.counter()),
    askedAt: c.instant(),
    endedAt: c.nullable(c.instant()),
    takenAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'approval_package_asked', columns: ['askedBy', 'id'] },
    { name: 'approval_package_at', columns: ['askedAt'] },
  ],
});

/**
 * A piece of the .zip: bytes in the store of attachments under their hash, so that any instance can give them out; never
 * those of an attachment (parts.ts).
 */
export interface PartRow {
  id: string;
  packageId: string;
  seq: number;
  contentHash: string;
}

export const PartTable = new EntitySchema<PartRow>({
  name: 'approval_package_part',
  tableName: 'approval_package_part',
  columns: { id: c.id(), packageId: c.ref(), seq: c.integer(), contentHash: c.code(64) },
  indices: [{ name: 'approval_package_part_seq', columns: ['packageId', 'seq'], unique: true }],
});

export const packageTables = [PackageTable, PartTable] as const;
