import type { AgentsOf } from '../approvals/index.ts';
import type { Org } from '../directory/index.ts';
import type { DelegationsContext } from './context.ts';
import { agentAt, type Standing } from './rules.ts';
import { inForce } from './store.ts';

const NOBODY = () => null;

/**
 * Fill for `approvals.nameAgents`. The rules of a day are kept in memory beside the directory's read model of that day:
 * whoever makes or ends one touches the directory's revision, so an act on a request asks the database nothing more.
 */
export function createAgents({ directory }: Pick<DelegationsContext, 'directory'>): AgentsOf {
  const kept = new WeakMap<Org, Promise<readonly Standing[]>>();
  return async (reads, kind) => {
    const org = await directory.orgOf(reads);
    const asked = kept.get(org) ?? inForce(reads);
    kept.set(org, asked);
    const rules = await asked.catch((error: unknown) => {
      kept.delete(org);
      throw error;
    });
    return rules.length === 0 ? NOBODY : (personId) => agentAt(rules, kind, personId);
  };
}
