import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';

/** The photo a person has now. */
export interface PhotoRow {
  /** The person's. */
  id: string;
  fileId: string;
  width: number;
  height: number;
  uploadedAt: number;
  version: number;
}

export const PhotoTable = new EntitySchema<PhotoRow>({
  name: 'person_photo',
  tableName: 'person_photo',
  columns: {
    id: c.id(),
    fileId: c.ref(),
    width: c.integer(),
    height: c.integer(),
    uploadedAt: c.instant(),
    version: c.version(),
  },
});
