/** What personal-file audits have to be acted on. */
import type { Stage } from '../../server/features/file-audits/contract.ts';
import {
  FileTable,
  PlanTable,
  type FileRow,
  type PlanRow,
} from '../../server/features/file-audits/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');

export const TERMS = {
  title: '档案审核',
  basis: '管理办法第七条',
  guidance: '',
  scope: { unitIds: [], setIds: [], categories: [] },
  fields: ['name'],
  steps: [
    { kind: 'self', workdays: 3 },
    { kind: 'unit', workdays: 3 },
    { kind: 'hr', workdays: 3 },
  ],
  fromOn: '2026-11-01',
  untilOn: '2026-12-31',
} as const;

export type FileAuditsStage = ReturnType<typeof openFileAuditsStage>;

/** Plans and files as they lie, without the story that led there. @param reviewerId a super administrator who acts */
export function openFileAuditsStage(
  { app, clock }: Started,
  reviewerId: string,
  others: readonly string[],
  unitId: (code: string) => string,
) {
  async function plan(state: 'draft' | 'running' | 'ended'): Promise<string> {
    const isDraft = state === 'draft';
    const row: PlanRow = {
      id: newId(),
      state,
      ...TERMS,
      scope: { unitIds: [unitId('D11')], setIds: [], categories: [] },
      fields: [...TERMS.fields],
      steps: [...TERMS.steps],
      reviewerIds: [reviewerId, ...others],
      makerId: others[0] ?? '',
      makerName: '某人',
      editedById: others[0] ?? '',
      startedById: isDraft ? null : (others[1] ?? ''),
      startedByName: isDraft ? null : '某人',
      startedAt: isDraft ? null : clock.now(),
      endedById: null,
      endedAt: state === 'ended' ? clock.now() : null,
      progress: null,
      people: 0,
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, PlanTable, [row]));
    return row.id;
  }

  async function file(personId: string, unitCode: string, stage: Stage): Promise<string> {
    const row: FileRow = {
      id: newId(),
      planId: await plan('running'),
      personId,
      unitId: unitId(unitCode),
      stage,
      round: 1,
      holderId: null,
      dueAt: null,
      isLate: false,
      saidWrong: null,
      doubts: [],
      verdicts: {},
      notesSealed: null,
      okCount: 0,
      missingCount: 0,
      wrongCount: 0,
      judgedById: null,
      judgedAt: null,
      openedAt: clock.now(),
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, FileTable, [row]));
    return row.id;
  }

  return { plan, file, reviewerIds: [reviewerId, ...others] };
}
