/** What seals have to be acted on. */
import {
  KeeperTable,
  NumberTable,
  RuleTable,
  SealTable,
  UseTable,
  type NumberRow,
  type UseRow,
} from '../../server/features/seals/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');

export type SealsStage = ReturnType<typeof openSealsStage>;

/** Seals, uses and numbers as they lie, without the story that led there. @param bystander no actor */
export function openSealsStage({ app, clock }: Started, bystander: string, unitId: (code: string) => string) {
  async function seal(unitCode: string, keeperId: string = bystander): Promise<string> {
    const id = newId();
    const row = { id, name: '某章', code: id.slice(-16), kind: 'unit', mayGoOut: false, place: '' } as const;
    await app.db.write(SEED, async (tx) => {
      await insertRows(tx, SealTable, [{ ...row, unitId: unitId(unitCode), state: 'active', version: 1 }]);
      const keeper = { id: newId(), sealId: id, personId: keeperId, sinceAt: clock.now(), untilAt: null };
      await insertRows(tx, KeeperTable, [keeper]);
    });
    return id;
  }

  /** A use of a seal that `unitCode` manages, asked for from 09. */
  async function use(
    unitCode: string,
    people: { readonly applicantId?: string; readonly keeperId?: string } = {},
  ): Promise<string> {
    const id = newId();
    const row: UseRow = {
      id,
      number: id,
      requestId: id,
      requestNumber: id,
      sealId: await seal(unitCode, people.keeperId),
      applicantId: people.applicantId ?? newId(),
      unitId: unitId('D09'),
      document: '某文件',
      purpose: '',
      approvedCopies: 1,
      stampedCopies: 0,
      outWorkdays: null,
      contractId: null,
      state: 'approved',
      openedAt: clock.now(),
      closedAt: null,
      endWords: '',
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, UseTable, [row]));
    return id;
  }

  async function rule(unitCode: string): Promise<string> {
    const id = newId();
    const pattern = `${id.slice(-8)}-{unit}-{yyyy}-{seq:4}`;
    const row = { id, name: '某类', pattern, patternKey: pattern, unitId: unitId(unitCode) };
    await app.db.write(SEED, (tx) => insertRows(tx, RuleTable, [{ ...row, state: 'active', version: 1 }]));
    return id;
  }

  async function number(unitCode: string): Promise<string> {
    const id = newId();
    const row: NumberRow = {
      id,
      number: id,
      ruleId: await rule(unitCode),
      unitId: unitId('D09'),
      year: 2026,
      seq: 1,
      requestId: id,
      requestNumber: id,
      applicantId: bystander,
      title: '某合同',
      counterparty: '某公司',
      drawnAt: clock.now(),
      state: 'active',
      endedAt: null,
      endWords: '',
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, NumberTable, [row]));
    return id;
  }

  return { seal, use, rule, number };
}
