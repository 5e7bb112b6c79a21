import { EntitySchema } from 'typeorm';
import * as c from '../../../../platform/db/columns.ts';
import type { FindingKind } from './compare-tag.ts';

/**
 * `open`: is being put back; `held`: waits for a person; `released`: a person said so; `putBack`: done; `gone`: came
 * right by itself.
 */
export type FindingState = 'open' | 'held' | 'released' | 'putBack' | 'gone';

/** One thing that somebody else changed of a tag of ours. */
export interface TagFindingRow {
  id: string;
  setId: string;
  kind: FindingKind;
  /** Person id, userid in lower case of a stranger, department id; '' where the tag itself is meant. */
  subject: string;
  /** The name it was given there; null for other kinds. */
  words: string | null;
  /** `set:kind:subject` while it is not settled, so that there is one; null afterwards. */
  openKey: string | null;
  state: FindingState;
  foundBy: 'nightly' | 'event';
  /** When the event says it happened; null: between two comparisons. */
  happenedAt: number | null;
  foundAt: number;
  /** Userid of who did it by the administrators' log, and when; a hint, never proof. */
  byUserid: string | null;
  byAt: number | null;
  /** When putting it back began; null: not yet. */
  actedAt: number | null;
  /** Who let it be put back, where a person had to. */
  releasedBy: string | null;
  settledAt: number | null;
}

export const TagFindingTable = new EntitySchema<TagFindingRow>({
  name: 'wecom_tag_finding',
  tableName: 'wecom_tag_finding',
  columns: {
    id: c.id(),
    setId: c.ref(),
    kind: c.code(16),
    subject: c.code(64),
    words: c.nullable(c.label(64)),
    openKey: c.nullable(c.code(128)),
    state: c.code(16),
    foundBy: c.code(16),
    happenedAt: c.nullable(c.instant()),
    foundAt: c.instant(),
    byUserid: c.nullable(c.code(64)),
    byAt: c.nullable(c.instant()),
    actedAt: c.nullable(c.instant()),
    releasedBy: c.nullable(c.code(64)),
    settledAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'wecom_tag_finding_open', columns: ['openKey'], unique: true },
    { name: 'wecom_tag_finding_set', columns: ['setId', 'id'] },
    { name: 'wecom_tag_finding_settled', columns: ['settledAt'] },
  ],
});
