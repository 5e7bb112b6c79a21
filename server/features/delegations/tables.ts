import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { AtEnd } from './contract.ts';
import type { Scope } from './rules.ts';

/**
 * Who ended it, or what did. `agent_gone`: locked or left; `principal_left`: what they held stays with the agent;
 * `admin`: for somebody who could not.
 */
export type EndedBy = 'expired' | 'principal' | 'agent' | 'agent_gone' | 'principal_left' | 'admin';

export interface DelegationRow {
  id: string;
  principalId: string;
  agentId: string;
  fromOn: string;
  /** First day it holds no more. */
  untilOn: string;
  scope: Scope;
  takesOpen: boolean;
  atEnd: AtEnd;
  createdAt: number;
  /** When open tasks were handed over; null before. */
  begunAt: number | null;
  endedAt: number | null;
  endedBy: EndedBy | null;
  version: number;
}

export const DelegationTable = new EntitySchema<DelegationRow>({
  name: 'approval_delegation',
  tableName: 'approval_delegation',
  columns: {
    id: c.id(),
    principalId: c.ref(),
    agentId: c.ref(),
    fromOn: c.day(),
    untilOn: c.day(),
    scope: c.json(),
    takesOpen: c.flag(),
    atEnd: c.code(8),
    createdAt: c.instant(),
    begunAt: c.nullable(c.instant()),
    endedAt: c.nullable(c.instant()),
    endedBy: c.nullable(c.code(16)),
    version: c.version(),
  },
  indices: [
    { name: 'approval_delegation_principal', columns: ['principalId', 'id'] },
    { name: 'approval_delegation_agent', columns: ['agentId', 'id'] },
    // Asked at every act on a request: few rows reach into the future.
    { name: 'approval_delegation_days', columns: ['untilOn', 'fromOn'] },
  ],
});

export const delegationsTables = [DelegationTable] as const;
