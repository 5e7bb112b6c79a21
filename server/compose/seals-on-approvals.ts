import type { Approvals } from '../features/approvals/index.ts';
import type { Seals, SealSettings } from '../features/seals/index.ts';

/** What an approved request does to seals and numbers, what a revocation takes back, and what forms choose from. */
export function hangSealsOnApprovals(
  approvals: Pick<Approvals, 'onFinished' | 'onRevoked' | 'offerChoices' | 'addFacts'>,
  { uses, numbers, choices }: Pick<Seals, 'uses' | 'numbers' | 'choices'>,
  { useTemplates, numberTemplate }: Pick<SealSettings, 'useTemplates' | 'numberTemplate'>,
): void {
  for (const [source, options] of Object.entries(choices)) approvals.offerChoices(source, options);
  const effects = [...useTemplates.map((key) => ({ key, ...uses })), { key: numberTemplate, ...numbers }];
  for (const { key, follow, revoke, facts } of effects) {
    approvals.onFinished(key, follow);
    approvals.onRevoked(key, revoke);
    approvals.addFacts(key, facts);
  }
}
