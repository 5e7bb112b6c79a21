import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { PersonChange } from '../../directory/index.ts';
import { holdsListedPost } from '../policy.ts';
import { GLOBAL_ROLES } from '../role-catalog.ts';
import { grantsInForce, openDelegations, type GrantColumns } from '../store.ts';
import type { DelegationCommands } from './delegations.ts';
import { tell, type CommandDeps, type HolderChange } from './deps.ts';
import { namedPosts, type GrantCommands } from './grants.ts';
import { raiseEpoch } from './session-epoch.ts';

/** What a change of a person means for rights; runs in the same unit of work. */
export function createAfterPersonChange(
  deps: CommandDeps,
  commands: Pick<GrantCommands, 'endGrant' | 'mustLeaveAnAdmin'> & Pick<DelegationCommands, 'endNow'>,
) {
  const { directory } = deps;

  /** S2-9a, S2-9b: who holds the institution in their hands because of a post is looked at when the post changes. */
  async function warn(tx: Tx, personId: string, kind: HolderChange['kind'], held: readonly GrantColumns[]) {
    const global = held.filter(({ role }) => GLOBAL_ROLES.includes(role));
    if (global.length === 0) return;
    const posts = kind === 'moved' ? namedPosts(await directory.orgOf(tx), personId) : [];
    for (const { role } of global) {
      const definition = deps.roles.get(role);
      const qualifies = kind === 'moved' && definition !== undefined && holdsListedPost(definition, posts);
      // A super administrator may move from one listed post to another; the creator was named for this very post.
      if (role === 'superAdmin' && qualifies) continue;
      recordAct(tx, {
        action: 'access.holderChanged',
        targetType: 'person',
        targetId: personId,
        after: { role, kind, qualifies },
      });
      tx.afterCommit(() => deps.onAlarm('global_role_holder_changed'));
      await tell(tx, deps.sockets.holderChanged, { role, personId, kind, qualifies });
    }
  }

  /** B7: whoever comes back one day starts without any of it. */
  async function endAll(tx: Tx, personId: string, held: readonly GrantColumns[]): Promise<void> {
    for (const grant of held) await commands.endGrant(tx, grant);
    for (const row of await openDelegations(tx, personId)) await commands.endNow(tx, row, 'left');
  }

  return async function afterPersonChange(tx: Tx, { personId, kind }: PersonChange): Promise<void> {
    if (kind !== 'moved' && kind !== 'locked' && kind !== 'left') return;
    const held = await grantsInForce(tx, { personId });
    if (kind !== 'moved' && held.some(({ role }) => role === 'superAdmin'))
      await commands.mustLeaveAnAdmin(tx, personId);
    await warn(tx, personId, kind, held);
    if (kind === 'moved') return;
    if (kind === 'left') await endAll(tx, personId, held);
    await raiseEpoch(tx, personId);
    await directory.touch(tx);
  };
}
