/** The steps of a draft in whatever branches they lie, as far as the draft is drawn already. */
import type { DraftContent, DraftStep } from './draft.ts';

export interface DraftBranch {
  readonly key: string;
  readonly title: string;
  readonly when?: unknown;
  readonly steps: readonly DraftStep[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const objectsIn = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

const asStep = (part: Readonly<Record<string, unknown>>): DraftStep => ({
  ...part,
  key: textOf(part['key']),
  title: textOf(part['title']),
  kind: textOf(part['kind']),
});

export const branchesIn = (node: DraftStep): DraftBranch[] =>
  objectsIn(node['branches']).map((branch) => ({
    ...branch,
    key: textOf(branch['key']),
    title: textOf(branch['title']),
    steps: objectsIn(branch['steps']).map(asStep),
  }));

/** Steps and groups, outermost first. */
export const nodesOf = (nodes: readonly DraftStep[]): DraftStep[] =>
  nodes.flatMap((node) => [node, ...branchesIn(node).flatMap(({ steps }) => nodesOf(steps))]);

export function withNode(
  draft: DraftContent,
  key: string,
  change: (node: DraftStep) => DraftStep,
): DraftContent {
  const inside = (nodes: readonly DraftStep[]): DraftStep[] =>
    nodes.map((node) => {
      if (node.key === key) return change(node);
      const branches = branchesIn(node);
      if (branches.length === 0) return node;
      return { ...node, branches: branches.map((branch) => ({ ...branch, steps: inside(branch.steps) })) };
    });
  return { ...draft, steps: inside(draft.steps) };
}
