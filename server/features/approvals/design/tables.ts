import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { Template } from '../template/template.ts';
import type { DraftContent } from './draft.ts';

/** The one open draft of a template. Gone as soon as it is published or discarded. */
export interface DraftRow {
  /** The template's key. */
  id: string;
  /** Version in force when it was begun, 0 for a new template; raised when the designer has seen a later one. */
  basedOn: number;
  content: DraftContent;
  startedAt: number;
  startedBy: string;
  changedAt: number;
  changedBy: string;
  /** Everybody who changed it, each once: none of them is the second person. */
  changers: readonly string[];
  /** Sent to a second person; null as soon as somebody changes it. */
  reviewAskedAt: number | null;
  version: number;
}

export const DraftTable = new EntitySchema<DraftRow>({
  name: 'approval_draft',
  tableName: 'approval_draft',
  columns: {
    id: { ...c.code(40), primary: true },
    basedOn: c.integer(),
    content: c.json(),
    startedAt: c.instant(),
    startedBy: c.code(),
    changedAt: c.instant(),
    changedBy: c.code(),
    changers: c.json(),
    reviewAskedAt: c.nullable(c.instant()),
    version: c.version(),
  },
});

/** What a template is besides its versions. No row: in force, and never in a file. */
export interface TemplateStateRow {
  /** The template's key. */
  id: string;
  state: 'inForce' | 'retired';
  /** Content of the file in config/templates that was looked at last; '' where there is none. */
  fileHash: string;
  /** A newer file that did not replace what was designed here; null: nothing to compare. */
  fileOffer: Template | null;
  reason: string;
  changedAt: number;
  changedBy: string;
  version: number;
}

export const TemplateStateTable = new EntitySchema<TemplateStateRow>({
  name: 'approval_template_state',
  tableName: 'approval_template_state',
  columns: {
    id: { ...c.code(40), primary: true },
    state: c.code(16),
    fileHash: c.code(64),
    fileOffer: c.nullable(c.json()),
    reason: c.longText(),
    changedAt: c.instant(),
    changedBy: c.code(),
    version: c.version(),
  },
});

/** S2-10b: somebody may design templates of a group, or one template, by an approved request with its flow attached. */
export interface DesignRightRow {
  id: string;
  personId: string;
  scopeKind: 'group' | 'template';
  /** Name of the group or key of the template. */
  scopeValue: string;
  /** The approved request it rests on. */
  instanceId: string;
  requestNumber: string;
  grantedAt: number;
  grantedBy: string;
  endedAt: number | null;
  endedBy: string | null;
}

export const DesignRightTable = new EntitySchema<DesignRightRow>({
  name: 'approval_design_right',
  tableName: 'approval_design_right',
  columns: {
    id: c.id(),
    personId: c.ref(),
    scopeKind: c.code(16),
    scopeValue: c.code(),
    instanceId: c.ref(),
    requestNumber: c.code(32),
    grantedAt: c.instant(),
    grantedBy: c.code(),
    endedAt: c.nullable(c.instant()),
    endedBy: c.nullable(c.code()),
  },
  indices: [{ name: 'approval_design_right_of', columns: ['personId', 'id'] }],
});

export const designTables = [DraftTable, TemplateStateTable, DesignRightTable] as const;
