/** What repairs have to be acted on. */
import { TicketTable, type TicketRow } from '../../server/features/repairs/tables.ts';
import {
  PlaceTable,
  RecurringTable,
  WorkerTable,
  type RecurringRow,
} from '../../server/features/repairs/tables.ts';
import type { TicketState } from '../../server/features/repairs/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');

export type RepairsStage = ReturnType<typeof openRepairsStage>;

/** Tickets as they lie, without the story that led there. @param bystander mends, and is no actor */
export function openRepairsStage(
  { app, clock }: Started,
  bystander: string,
  unitId: (code: string) => string,
) {
  async function ticket(
    unitCode: string,
    state: TicketState,
    people: { readonly reporterId?: string; readonly holderId?: string } = {},
  ): Promise<string> {
    const id = newId();
    const isOver = state === 'done' || state === 'closed';
    const row: TicketRow = {
      id,
      number: id,
      clientKey: id,
      category: 'desktop',
      placeId: null,
      placeName: '某处',
      area: '',
      words: '坏了',
      convenient: '',
      reporterId: people.reporterId ?? newId(),
      unitId: unitId(unitCode),
      state,
      holderId: people.holderId ?? null,
      clock: isOver ? null : state === 'accepted' ? 'resolve' : 'take',
      round: 1,
      holdReason: null,
      holdWords: '',
      holdUntilOn: null,
      contractor: '',
      result: '',
      rating: null,
      ratingWords: '',
      reportedAt: clock.now(),
      acceptedAt: null,
      doneAt: isOver ? clock.now() : null,
      closedAt: null,
      isAutoConfirmed: false,
      workedMs: 0,
      takeLateId: null,
      resolveLateId: null,
      isTakeLate: false,
      isResolveLate: false,
      recurringId: null,
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, TicketTable, [row]));
    return id;
  }

  async function place(): Promise<{ placeId: string; code: string }> {
    const id = newId();
    const code = id.slice(0, 16);
    const row = { id, code, name: '某处', area: '某楼', kind: 'room', assetNo: '', state: 'active' } as const;
    await app.db.write(SEED, (tx) => insertRows(tx, PlaceTable, [{ ...row, version: 1 }]));
    return { placeId: id, code };
  }

  async function recurring(): Promise<string> {
    const row: RecurringRow = {
      id: newId(),
      title: '月检',
      category: 'desktop',
      placeId: (await place()).placeId,
      every: 'month',
      startsOn: '2026-12-01',
      nextOn: '2026-12-01',
      makerId: bystander,
      state: 'active',
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, RecurringTable, [row]));
    return row.id;
  }

  /** Somebody who mends, and is no actor. */
  async function worker(): Promise<string> {
    const row = { id: bystander, categories: ['desktop'], areas: [], sinceAt: clock.now() };
    await app.db.write(SEED, (tx) => insertRows(tx, WorkerTable, [row], 'keep'));
    return bystander;
  }

  return { ticket, place, recurring, worker };
}
