import type { AgentsOf } from '../approvals/index.ts';
import { agentAt } from './rules.ts';
import { inForce } from './store.ts';

const NOBODY = () => null;

/** Fill for `approvals.nameAgents`. */
export const agentsToday: AgentsOf = async (reads, templateKey) => {
  const rules = await inForce(reads);
  return rules.length === 0 ? NOBODY : (personId) => agentAt(rules, templateKey, personId);
};
