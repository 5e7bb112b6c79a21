import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { LockRule } from '../model.ts';

/** A system that was registered in the console; those of the settings file have no row. */
export interface SystemRow {
  id: string;
  code: string;
  name: string;
  grade: 'file' | 'manual';
  ownerUnitId: string;
  byDefault: boolean;
  onLock: LockRule;
  onSecondOut: LockRule;
  inspected: boolean;
  state: 'on' | 'off';
  registeredAt: number;
  version: number;
}

export const SystemTable = new EntitySchema<SystemRow>({
  name: 'account_system',
  tableName: 'account_system',
  columns: {
    id: c.id(),
    code: c.code(32),
    name: c.label(32),
    grade: c.code(8),
    ownerUnitId: c.ref(),
    byDefault: c.flag(),
    onLock: c.code(8),
    onSecondOut: c.code(8),
    inspected: c.flag(),
    state: c.code(8),
    registeredAt: c.instant(),
    version: c.version(),
  },
  indices: [{ name: 'account_system_code', columns: ['code'], unique: true }],
});

/** S3-7: data that one system gives another. */
export interface DataLinkRow {
  id: string;
  providerCode: string;
  consumerCode: string;
  content: string;
  state: 'planned' | 'running' | 'stopped';
  sinceAt: number;
  version: number;
}

export const DataLinkTable = new EntitySchema<DataLinkRow>({
  name: 'account_data_link',
  tableName: 'account_data_link',
  columns: {
    id: c.id(),
    providerCode: c.code(32),
    consumerCode: c.code(32),
    content: c.label(128),
    state: c.code(16),
    sinceAt: c.instant(),
    version: c.version(),
  },
  indices: [
    { name: 'account_data_link_once', columns: ['providerCode', 'consumerCode', 'content'], unique: true },
  ],
});

export const systemTables = [SystemTable, DataLinkTable] as const;
