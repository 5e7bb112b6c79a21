import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import { TagFindingTable } from './compare/tables.ts';
import type { SetRule } from './definition.ts';

/** A named set of people (S1-7.2c): by rule, or by list when `rule` is null. 企业微信 shows it as a tag. */
export interface DirectorySetRow {
  id: string;
  /** The tag's name, at most 32 characters. */
  name: string;
  rule: SetRule | null;
  state: 'active' | 'removed';
  version: number;
}

export const DirectorySetTable = new EntitySchema<DirectorySetRow>({
  name: 'directory_set',
  tableName: 'directory_set',
  columns: {
    id: c.id(),
    name: c.label(64),
    rule: c.nullable(c.json()),
    state: c.code(16),
    version: c.version(),
  },
});

/** Who is in a set by list. */
export interface SetPersonRow {
  id: string;
  setId: string;
  personId: string;
}

export const SetPersonTable = new EntitySchema<SetPersonRow>({
  name: 'directory_set_person',
  tableName: 'directory_set_person',
  columns: { id: c.id(), setId: c.ref(), personId: c.ref() },
  indices: [
    { name: 'directory_set_person_once', columns: ['setId', 'personId'], unique: true },
    { name: 'directory_set_person_person', columns: ['personId'] },
  ],
});

/** The tag that 企业微信 has for a set. */
export interface TagMirrorRow {
  /** The set's id. */
  id: string;
  /** Null until its creation was answered. */
  tagId: number | null;
  /** As last written; '' before. */
  name: string;
  /** `writing`: a creation was begun and its end is not known, so a tag of this name found later is ours. */
  state: 'writing' | 'written' | 'failed';
  /** 企业微信's errcode of the last refused write. */
  errorCode: number | null;
  updatedAt: number;
  /** When 企业微信 was last asked what the tag holds; null: never. */
  comparedAt: number | null;
}

export const TagMirrorTable = new EntitySchema<TagMirrorRow>({
  name: 'wecom_tag_mirror',
  tableName: 'wecom_tag_mirror',
  columns: {
    id: c.id(),
    tagId: c.nullable(c.integer()),
    name: c.label(64),
    state: c.code(16),
    errorCode: c.nullable(c.integer()),
    updatedAt: c.instant(),
    comparedAt: c.nullable(c.instant()),
  },
});

/** Whom 企业微信 has in the tag of a set, as far as we wrote or read it. */
export interface TagMemberRow {
  id: string;
  setId: string;
  personId: string;
}

export const TagMemberTable = new EntitySchema<TagMemberRow>({
  name: 'wecom_tag_member',
  tableName: 'wecom_tag_member',
  columns: { id: c.id(), setId: c.ref(), personId: c.ref() },
  indices: [
    { name: 'wecom_tag_member_once', columns: ['setId', 'personId'], unique: true },
    { name: 'wecom_tag_member_person', columns: ['personId'] },
  ],
});

export const tagTables = [
  DirectorySetTable,
  SetPersonTable,
  TagMirrorTable,
  TagMemberTable,
  TagFindingTable,
] as const;
