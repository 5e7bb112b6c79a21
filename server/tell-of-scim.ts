import type { Access } from './features/access/index.ts';
import type { ScimDeps } from './features/hr/index.ts';
import { queueText } from './features/messaging/index.ts';
import { dateOf } from './kernel/dates.ts';

const WHY = {
  'scim.not_accepted': '它推送的数据还没有确认',
  'scim.over_limit': '今天停用或删除的数量已到上限',
} as const;

/** What an identity system wanted to take from people and was not let: told to those who maintain the directory. */
export const tellOfScim =
  ({
    orgOf,
    publicUrl,
    onAlarm,
  }: {
    readonly orgOf: Access['orgOf'];
    readonly publicUrl: string;
    readonly onAlarm: (kind: string) => void;
  }): ScimDeps['onRefused'] =>
  async (tx, { source, sourceName, why }) => {
    tx.afterCommit(() => onAlarm('scim_refused'));
    const holders = (await orgOf(tx)).roleHolders('hrMaintainer', null);
    for (const { personId } of holders)
      queueText(
        tx,
        {
          kind: 'hr.scim_refused',
          personId,
          subjectType: 'scimSource',
          subjectId: source,
          ref: `${source}:${dateOf(tx.now)}`,
        },
        `“${sourceName}”要停用或删除人员、部门，没有执行：${WHY[why]}。请核对后处理。\n<a href="${publicUrl}/console/hr/batches">打开人事数据</a>`,
      );
  };
