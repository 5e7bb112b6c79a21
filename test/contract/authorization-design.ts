/** Templates, drafts and rights for who may design what. */
import { checkTemplate } from '../../server/features/approvals/check/template.ts';
import { DesignRightTable, DraftTable } from '../../server/features/approvals/design/tables.ts';
import { newDraft } from '../../server/features/approvals/design/draft.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');
/** The module manager's own group, and one of somebody else. */
const GROUPS = { in: '甲组', out: '乙组' } as const;

export type DesignStage = ReturnType<typeof openDesignStage>;

/** @param managerId holds the right to the own group from the first call on @param bystander made the drafts */
export function openDesignStage({ app, clock }: Started, managerId: string, bystander: string) {
  let count = 0;
  let isGranted = false;

  async function right(personId: string): Promise<string> {
    const id = newId();
    const row = {
      id,
      personId,
      scopeKind: 'group' as const,
      scopeValue: GROUPS.in,
      instanceId: newId(),
      requestNumber: 'QX-2026-0001',
      grantedAt: clock.now(),
      grantedBy: bystander,
      endedAt: null,
      endedBy: null,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, DesignRightTable, [row]));
    return id;
  }

  async function template(side: keyof typeof GROUPS, hasDraft: boolean): Promise<string> {
    if (!isGranted) await right(managerId);
    isGranted = true;
    count += 1;
    const key = `drawn${count}`;
    const head = { key, title: '事项', group: GROUPS[side], numberPrefix: 'SX' };
    const content = newDraft(head);
    const { template: inForce } = checkTemplate(content);
    if (!inForce) throw new Error('the first draft of a template has faults');
    await app.db.write(SEED, async (tx) => {
      await app.approvals.publish(tx, [inForce]);
      if (!hasDraft) return;
      await insertRows(tx, DraftTable, [
        {
          id: key,
          basedOn: 1,
          content: { ...content, title: '改过的事项' },
          startedAt: clock.now(),
          startedBy: bystander,
          changedAt: clock.now(),
          changedBy: bystander,
          changers: [bystander],
          reviewAskedAt: null,
          version: 1,
        },
      ]);
    });
    return key;
  }

  return { right, template, group: (side: keyof typeof GROUPS): string => GROUPS[side] };
}
