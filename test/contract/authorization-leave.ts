/** What leave has to be acted on. */
import { AbsenceTable, type AbsenceRow } from '../../server/features/leave/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');

export type LeaveStage = ReturnType<typeof openLeaveStage>;

/** An approved leave as it lies, without the story that led there. */
export const openLeaveStage = ({ app }: Started) => ({
  async absence(personId: string, when: 'running' | 'planned'): Promise<string> {
    const id = newId();
    const row: AbsenceRow = {
      id,
      personId,
      unitId: 'x',
      leaveType: 'personal',
      typeLabel: '事假',
      counting: 'workday',
      fromOn: when === 'running' ? '2026-01-05' : '2199-01-05',
      fromHalf: 'am',
      toOn: when === 'running' ? '2026-01-06' : '2199-01-06',
      toHalf: 'pm',
      halves: 4,
      handoverId: null,
      state: 'open',
      extendsId: null,
      isCut: false,
      approvedAt: 0,
      askedAt: 1,
      backOn: null,
      backHalf: null,
      reportedAt: null,
      reportedById: null,
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, AbsenceTable, [row]));
    return id;
  },
});
