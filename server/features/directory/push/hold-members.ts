import { createTogether } from '../../../kernel/together.ts';
import type { MemberMirrorRow } from '../tables.ts';
import type { Pass } from './difference.ts';
import { dueMembers, type Due } from './due-members.ts';
import { claimMembers, releaseMembers, type Claim, type Claimable } from './mirror-store.ts';
import { PUSH_ACTOR } from './push-actor.ts';
import type { PushDeps } from './write-member.ts';

/** How a push looks at members and holds them while it writes. */
export interface Holding {
  /** Those for whom there is something to write, as committed before this was asked. */
  due(personIds: readonly string[]): Promise<Due[]>;
  claim(members: readonly Claimable[]): Promise<Claim>;
  /** @param rows what became of those that were written */
  release(claim: string, personIds: Iterable<string>, rows: readonly MemberMirrorRow[]): Promise<void>;
}

export const holdAlone = (deps: PushDeps, pass: Pass): Holding => ({
  due: (personIds) => deps.db.read((reads) => dueMembers(deps, reads, personIds, pass)),
  claim: (members) => deps.db.write(PUSH_ACTOR, (tx) => claimMembers(tx, members)),
  release: (claim, personIds, rows) =>
    deps.db.write(PUSH_ACTOR, (tx) => releaseMembers(tx, claim, personIds, rows)),
});

const MOST = 20;

/**
 * For the jobs of single members: those that run at once share their statements and units of work, while each makes
 * its own calls and ends by itself (D9).
 */
export function holdTogether(deps: PushDeps): Holding {
  const { due, claim } = holdAlone(deps, 'whole');
  const release = createTogether(async (asked: readonly Parameters<Holding['release']>[]) => {
    await deps.db.write(PUSH_ACTOR, async (tx) => {
      for (const one of asked) await releaseMembers(tx, ...one);
    });
    return asked.map(() => undefined);
  }, MOST);
  return {
    due: createTogether(async (asked: readonly (readonly string[])[]) => {
      const all = await due([...new Set(asked.flat())]);
      return asked.map((personIds) => all.filter(({ facts }) => personIds.includes(facts.personId)));
    }, MOST),
    claim: createTogether(async (asked: readonly (readonly Claimable[])[]) => {
      const all = await claim([...new Map(asked.flat().map((member) => [member.personId, member])).values()]);
      const free = new Set(all.personIds);
      // Of two jobs of one member the first has it, as if they had asked one after the other (D12).
      const take = ({ personId }: Claimable) => (free.delete(personId) ? [personId] : []);
      return asked.map((members) => ({ ...all, personIds: new Set(members.flatMap(take)) }));
    }, MOST),
    release: (...one) => release(one),
  };
}
