import type { Access } from '../features/access/index.ts';
import type { ScimDeps } from '../features/hr/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import { dateOf } from '../kernel/dates.ts';

const WHAT = {
  'scim.not_accepted': '推送了人员、部门的改动，没有执行：它的数据还没有确认',
  'scim.over_limit': '要停用或删除人员、部门，没有执行：今天停用或删除的数量已到上限',
  'scim.holds_role': '要改管理人员的账号，没有执行：担任管理角色的人，账号不由身份系统改',
} as const;

/** What an identity system wanted to do and was not let: told to those who maintain the directory. */
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
        textWithLink(
          `“${sourceName}”${WHAT[why]}。请核对后处理。`,
          `${publicUrl}/console/hr/batches`,
          '打开人事数据',
        ),
      );
  };
