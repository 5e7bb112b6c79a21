import type { Access } from '../features/access/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Reads } from '../platform/db/unit-of-work.ts';

const HOLDER_WORDS = { moved: '岗位有变动', locked: '账号已锁定', left: '已离开' } as const;

/**
 * Access lies below messaging, so its news about rights is told here: a delegation that ends, to its holder and who
 * gave it; a creator or super administrator who moved, was locked or left, and what the console log shows of others
 * than our administrators, to the super administrators (S2-9a, S2-9d).
 */
export function tellOfRights({
  access,
  adminIds,
  publicUrl,
}: {
  readonly access: Access;
  readonly publicUrl: string;
  readonly adminIds: (reads: Reads) => Promise<readonly string[]>;
}): void {
  const linked = (words: string): string => textWithLink(words, `${publicUrl}/me`, '查看我的权限');
  access.onDelegationEnding(async (tx, { kind, delegationId, personId, grantedBy, unitId, lastOn }) => {
    const org = await access.orgOf(tx);
    const [unit, name] = [org.unit(unitId)?.name ?? '', org.person(personId)?.name ?? ''];
    const words =
      kind === 'ended'
        ? `${name}在${unit}的分级管理权限已到期（${lastOn}），现在不能再管理。`
        : `${name}在${unit}的分级管理权限到 ${lastOn} 为止。需要继续的，请重新授权。`;
    for (const to of new Set([personId, grantedBy].filter((id) => org.person(id)?.active)))
      queueText(
        tx,
        {
          kind: `access.delegation_${kind}`,
          personId: to,
          subjectType: 'delegation',
          subjectId: delegationId,
          // Given a new end, it is told anew.
          ref: `${delegationId}:${kind}:${lastOn}`,
        },
        linked(words),
      );
  });
  access.onHolderChanged(async (tx, { role, personId, kind, qualifies }) => {
    const org = await access.orgOf(tx);
    const name = org.person(personId)?.name ?? '';
    const what = role === 'creator' ? '企业创建者' : '超级管理员';
    const words = `${what}${name}${HOLDER_WORDS[kind]}${qualifies ? '' : '，不再任规定的岗位'}。请确认由谁接任。`;
    for (const to of await adminIds(tx))
      if (to !== personId)
        queueText(
          tx,
          {
            kind: 'access.holder_changed',
            personId: to,
            subjectType: 'person',
            subjectId: personId,
            ref: `${personId}:${kind}:${tx.now}`,
          },
          linked(words),
        );
  });
  access.onConsoleFound(async (tx, { opened }) => {
    const words = `企业微信管理后台有 ${opened} 项操作与登记的管理员对不上，请核对。`;
    const text = textWithLink(words, `${publicUrl}/console/rights?view=consoleLog`, '查看');
    for (const to of await adminIds(tx))
      queueText(
        tx,
        {
          kind: 'access.console_found',
          personId: to,
          subjectType: 'consoleLog',
          subjectId: 'admin',
          ref: `${tx.now}:${to}`,
        },
        text,
      );
  });
}
