/** Forms of 企业微信's own 审批 as they lie, without the story that led there. */
import { CaseTable, PartTable } from '../../server/features/native-approvals/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import { createVault } from '../../server/platform/vault/index.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');

export type NativeStage = ReturnType<typeof openNativeStage>;

export function openNativeStage({ app, clock, config }: Started, unitId: (code: string) => string) {
  const vault = createVault({ secrets: config.vaultKeys, fingerprintSecret: config.fingerprintKey });
  let numbered = 0;
  return {
    /** Handed in from this unit; `partId` took part. */
    async form(unitCode: string, partId: string | null): Promise<string> {
      const id = newId();
      numbered += 1;
      const form = { state: 'approved', appliedAt: clock.now(), steps: [], fields: [] } as const;
      const row = {
        id,
        number: `2026112390${String(numbered).padStart(4, '0')}`,
        title: '补卡申请',
        templateId: 'C4demo',
        state: form.state,
        applicantUserid: 'somebody',
        applicantId: null,
        unitId: unitId(unitCode),
        appliedAt: clock.now(),
        endedAt: clock.now(),
        formSealed: vault.seal('native.form', JSON.stringify(form)),
        readAt: clock.now(),
        version: 1,
      };
      await app.db.write(SEED, async (tx) => {
        await insertRows(tx, CaseTable, [row]);
        if (partId !== null) await insertRows(tx, PartTable, [{ id: newId(), caseId: id, personId: partId }]);
      });
      return id;
    },
    /** One import at a time: make room for the next. */
    async importEnded(): Promise<void> {
      await app.db.write(SEED, async (tx) => {
        await tx.em.query(`update native_import set runningKey = null, state = 'stopped'`);
      });
    },
  };
}
