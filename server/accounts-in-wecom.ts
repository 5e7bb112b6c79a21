import { refused } from './kernel/errors.ts';
import type { Connector } from './features/accounts/index.ts';
import type { Directory } from './features/directory/index.ts';

/**
 * The hand of accounts in 企业微信: the directory. Its rows are ours and the push follows them, so an order is done in
 * the unit of work that gives it; the same order twice finds things as they should be.
 */
export function accountsInWeCom(directory: Directory): Connector {
  return {
    systemCode: 'wecom',
    mode: 'local',
    async apply(tx, { act, target, personId, concurrentPost }) {
      switch (act) {
        case 'lock':
        case 'disable':
          await directory.lockPerson(tx, personId);
          return { note: 'enable=0' };
        case 'unlock':
        case 'open':
          await directory.unlockPerson(tx, personId);
          return { note: 'enable=1' };
        case 'restore':
          if (target === 'open') await directory.unlockPerson(tx, personId);
          else await directory.lockPerson(tx, personId);
          return { note: target === 'open' ? 'enable=1' : 'enable=0' };
        case 'cancel':
          await directory.deleteMember(tx, personId);
          return { note: 'user/delete' };
        case 'change': {
          if (!concurrentPost) throw refused('hr.comes_with_statements');
          const { unitId, title, fromOn, untilOn } = concurrentPost;
          const held = await directory.lookups.postsOf(tx, personId);
          const others = held.filter((post) => post.unitId !== unitId);
          const post = {
            unitId,
            kind: 'concurrent' as const,
            title,
            isHead: false,
            headRank: null,
            sinceOn: fromOn,
            untilOn,
            place: null,
          };
          await directory.changePosts(tx, personId, [...others, post]);
          return { note: 'department' };
        }
        default:
          throw refused('hr.comes_with_statements');
      }
    },
  };
}
