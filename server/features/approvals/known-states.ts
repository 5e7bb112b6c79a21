import type { InstanceState } from './model.ts';

/**
 * Documents by version. What a version says never changes, so whoever acts on a request reads only its version: two
 * hundred approvers of one step parse its long document once instead of two hundred times.
 */
const known = new Map<string, { readonly version: number; readonly state: InstanceState }>();
const MAX = 300;

export function knownState(id: string, version: number): InstanceState | null {
  const found = known.get(id);
  return found?.version === version ? found.state : null;
}

export function rememberState(id: string, version: number, state: InstanceState): void {
  known.delete(id);
  known.set(id, { version, state });
  if (known.size > MAX) known.delete(known.keys().next().value ?? '');
}
