import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { PhotoEventKind, PhotoState, Reason } from './contract.ts';

/** The photo a person has now. */
export interface PhotoRow {
  /** The person's. */
  id: string;
  fileId: string;
  width: number;
  height: number;
  uploadedAt: number;
  state: PhotoState;
  /** Why it was rejected, and in words where the list has none. */
  reason: Reason | null;
  why: string | null;
  decidedAt: number | null;
  /** When the person left; their photo's keeping time counts from then. */
  leftAt: number | null;
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
    state: c.withDefault(c.code(16), 'waiting'),
    reason: c.nullable(c.code(16)),
    why: c.nullable(c.label(100)),
    decidedAt: c.nullable(c.instant()),
    leftAt: c.nullable(c.instant()),
    version: c.version(),
  },
});

/** What happened to somebody's photos, one after the other. Never changed. */
export interface PhotoEventRow {
  id: string;
  personId: string;
  kind: PhotoEventKind;
  happenedAt: number;
  /** Null: the keeping period, no person. */
  byPersonId: string | null;
  byName: string;
  reason: Reason | null;
  why: string | null;
}

export const PhotoEventTable = new EntitySchema<PhotoEventRow>({
  name: 'person_photo_event',
  tableName: 'person_photo_event',
  columns: {
    id: c.id(),
    personId: c.ref(),
    kind: c.code(16),
    happenedAt: c.instant(),
    byPersonId: c.nullable(c.ref()),
    byName: c.label(64),
    reason: c.nullable(c.code(16)),
    why: c.nullable(c.label(100)),
  },
  indices: [
    { name: 'person_photo_event_of', columns: ['personId', 'id'] },
    { name: 'person_photo_event_time', columns: ['happenedAt'] },
  ],
});
