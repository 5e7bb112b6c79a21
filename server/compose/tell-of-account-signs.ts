import { reading } from '../connector/reading.ts';
import type { LogSource, MemberLog, SignNote } from '../features/account-signs/index.ts';
import type { Directory } from '../features/directory/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Db, Tx } from '../platform/db/unit-of-work.ts';
import type { WeCom } from '../wecom/index.ts';

/** What the room of signs has to say to somebody; `unit:…` makes `signs.unit`. */
export const tellOfAccountSigns =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: SignNote): void =>
    queueText(
      tx,
      {
        kind: `signs.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'account_check',
        subjectId: personId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );

/** Kinds of 成员操作记录 (page 100178): 新设备登录, 修改手机号, 换绑微信. */
const OPER_TYPES: Readonly<Record<LogSource, number>> = { newDevice: 4, newMobile: 5, newWeChat: 7 };

/** Who and when; words and address of the log stay behind. */
export const signLogOfWeCom =
  (db: Db, directory: Directory, wecom: Pick<WeCom, 'operLog'>): MemberLog =>
  (source, range, now) =>
    reading(now, async () => {
      const org = await db.read((reads) => directory.orgOf(reads));
      const acts: { personId: string | null; at: number }[] = [];
      for await (const { userid, at } of wecom.operLog.member({ ...range, operType: OPER_TYPES[source] }))
        acts.push({ personId: org.personByUserid(userid)?.personId ?? null, at });
      return acts;
    });
