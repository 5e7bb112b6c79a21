/** Who is named in a comment. */
import { refused } from '../../../kernel/errors.ts';
import type { Mention } from '../model/circulation.ts';
import { isActive, snapshot } from '../model/org.ts';
import { takesPart } from '../people/parties.ts';
import type { Run } from './run.ts';

export const MENTIONS_PER_COMMENT = 20;

/**
 * Only people who see the request already. Naming oneself tells nobody anything.
 * @throws `approvals.mention_unseen`, `approvals.person_inactive`, `approvals.too_many_mentions`
 */
export function mentionsOf({ state, ctx, by }: Run, personIds: readonly string[] = []): Mention[] {
  const named = [...new Set(personIds)].filter((personId) => personId !== by.personId);
  if (named.length > MENTIONS_PER_COMMENT)
    throw refused('approvals.too_many_mentions', { max: MENTIONS_PER_COMMENT });
  return named.map((personId) => {
    const person = snapshot(ctx.org, personId);
    if (person === null || !isActive(ctx.org, personId)) throw refused('approvals.person_inactive');
    const { name } = person;
    if (!takesPart(state, personId)) throw refused('approvals.mention_unseen', { name });
    return { personId, name };
  });
}
