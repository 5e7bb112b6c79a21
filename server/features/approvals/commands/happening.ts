import type { Decision } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { Org } from '../model/org.ts';
import type { Template } from '../template/template.ts';

/** One decision with what it was made on: what its consequences follow from. */
export interface Happening {
  readonly before: InstanceState | null;
  readonly decision: Decision;
  readonly template: Template;
  readonly org: Org;
  /** The command's type, for the record. */
  readonly action: string;
}

export const SUBJECT = 'approval';
export const pageOf = (instanceId: string): string => `/approvals/${instanceId}`;
