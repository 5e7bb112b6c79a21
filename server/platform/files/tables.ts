import { EntitySchema } from 'typeorm';
import * as c from '../db/columns.ts';

/** An uploaded file. The bytes lie in the store under their hash; the same bytes twice are stored once. */
export interface FileRow {
  id: string;
  contentHash: string;
  name: string;
  type: string;
  size: number;
  uploadedBy: string;
  uploadedAt: number;
  /** What it belongs to; null until a request takes it; unclaimed files end soon (config/keeping.json). */
  ownerType: string | null;
  ownerId: string | null;
}

export const FileTable = new EntitySchema<FileRow>({
  name: 'file',
  tableName: 'file',
  columns: {
    id: c.id(),
    contentHash: c.code(64),
    name: c.label(255),
    type: c.code(100),
    size: c.integer(),
    uploadedBy: c.ref(),
    uploadedAt: c.instant(),
    ownerType: c.nullable(c.code(32)),
    ownerId: c.nullable(c.code(64)),
  },
  indices: [
    { name: 'file_owner', columns: ['ownerType', 'ownerId'] },
    { name: 'file_unclaimed', columns: ['ownerId', 'uploadedAt'] },
    { name: 'file_hash', columns: ['contentHash'] },
  ],
});
