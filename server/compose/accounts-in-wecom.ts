import { refused } from '../kernel/errors.ts';
import type { Db, Tx } from '../platform/db/unit-of-work.ts';
import type { WeCom } from '../wecom/index.ts';
import type { Connector, EntryLog, MemberLog, Order } from '../features/accounts/index.ts';
import type { Directory } from '../features/directory/index.ts';
import { takeAppEntries } from '../features/messaging/index.ts';

/**
 * The hand of accounts in 企业微信: the directory. Its rows are ours and the push follows them, so an order is done in
 * the unit of work that gives it; the same order twice finds things as they should be. Deletion alone is done only when
 * the member is gone (S2-16c).
 */
export function accountsInWeCom(directory: Directory): Connector {
  /** Who has left is disabled there already, and no lock is theirs to give or to take. */
  const hasLeft = async (tx: Tx, personId: string) =>
    (await directory.orgOf(tx)).person(personId)?.state === 'left';
  const lock = async (tx: Tx, personId: string) => {
    if (!(await hasLeft(tx, personId))) await directory.lockPerson(tx, personId);
    return { note: '企业微信里已停用' };
  };
  const unlock = async (tx: Tx, personId: string) => {
    await directory.unlockPerson(tx, personId);
    // 停职 stands until HR lifts it (S3-2.5b); why, is not told here (H5).
    const isOpen = (await directory.orgOf(tx)).person(personId)?.active === true;
    return { note: isOpen ? '企业微信里已启用' : '已解锁，企业微信里仍停用' };
  };
  return {
    systemCode: 'wecom',
    mode: 'local',
    async apply(tx, order) {
      const { act, target, personId } = order;
      switch (act) {
        case 'lock':
        case 'disable':
          return lock(tx, personId);
        case 'unlock':
        case 'open':
          return unlock(tx, personId);
        case 'restore':
          return target === 'open' ? unlock(tx, personId) : lock(tx, personId);
        case 'cancel':
          return deleteMember(directory, tx, order);
        case 'change':
          return addConcurrentPost(directory, tx, order);
      }
    },
  };
}

/** @throws `accounts.member_kept` when 企业微信 refused this order: the creator, for one (C11) */
async function deleteMember(directory: Directory, tx: Tx, { personId, givenAt }: Order) {
  const [member] = await directory.memberPushes(tx, [personId]);
  if (!member || (member.state === 'none' && member.at === null)) return { note: 'user/delete' };
  const isRefused = member.errorFields === 'delete' && (member.at ?? 0) > givenAt;
  if (isRefused) throw refused('accounts.member_kept', { errcode: member.errorCode });
  await directory.deleteMember(tx, personId);
  return 'waiting' as const;
}

/** S3-2.3, C12: the posts held stay, one more is added with its end. Everything else comes with HR's statements. */
async function addConcurrentPost(directory: Directory, tx: Tx, { personId, concurrentPost }: Order) {
  if (!concurrentPost) throw refused('hr.comes_with_statements');
  const { unitId, title, fromOn, untilOn } = concurrentPost;
  const held = await directory.lookups.postsOf(tx, personId);
  const others = held.filter((post) => post.unitId !== unitId);
  await directory.changePosts(tx, personId, [
    ...others,
    {
      unitId,
      kind: 'concurrent',
      title,
      isHead: false,
      headRank: null,
      sinceOn: fromOn,
      untilOn,
      place: null,
    },
  ]);
  return { note: 'department' };
}

/** 成员操作记录: it goes back 180 days, so it is pulled monthly (H10). */
export const memberLogOfWeCom = (db: Db, directory: Directory, wecom: Pick<WeCom, 'operLog'>): MemberLog => ({
  systemCode: 'wecom',
  async *read(range) {
    const org = await db.read((reads) => directory.orgOf(reads));
    for await (const { userid, at } of wecom.operLog.member(range))
      yield { personId: org.personByUserid(userid)?.personId ?? null, at };
  },
});

/** 企业微信 tells us who opens the app (isreportenter); the callbacks wait in messaging. */
export const entryLogOfWeCom = (directory: Directory): EntryLog => ({
  systemCode: 'wecom',
  async take(tx, range) {
    const entries = await takeAppEntries(tx, range);
    if (entries.length === 0) return [];
    const org = await directory.orgOf(tx);
    return entries.map(({ userid, at }) => ({
      personId: org.personByUserid(userid)?.personId ?? null,
      at,
    }));
  },
});
