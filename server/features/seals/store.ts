import { actorId } from '../../kernel/actor.ts';
import { dateOf } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { IsNull } from 'typeorm';
import type { OrgWithRoles } from '../access/index.ts';
import type { EventKind } from './contract.ts';
import { handlersOf } from './keepers.ts';
import {
  CheckoutTable,
  CounterTable,
  KeeperTable,
  NumberTable,
  RuleTable,
  SealTable,
  UseEventTable,
  UseTable,
  type CheckoutRow,
  type KeeperRow,
  type NumberRow,
  type RuleRow,
  type SealRow,
  type UseRow,
} from './tables.ts';
import type { Use } from './use.ts';

/** @throws notFound `seals.no_use` */
export async function loadUse({ em }: Reads, useId: string): Promise<UseRow> {
  const row = await em.getRepository(UseTable).findOneBy({ id: useId });
  if (!row) throw notFound('seals.no_use');
  return row;
}

/** @throws notFound `seals.no_seal` */
export async function loadSeal({ em }: Reads, sealId: string): Promise<SealRow> {
  const row = await em.getRepository(SealTable).findOneBy({ id: sealId });
  if (!row) throw notFound('seals.no_seal');
  return row;
}

/** @throws notFound `seals.no_rule` */
export async function loadRule({ em }: Reads, ruleId: string): Promise<RuleRow> {
  const row = await em.getRepository(RuleTable).findOneBy({ id: ruleId });
  if (!row) throw notFound('seals.no_rule');
  return row;
}

/** @throws notFound `seals.no_number` */
export async function loadNumber({ em }: Reads, numberId: string): Promise<NumberRow> {
  const row = await em.getRepository(NumberTable).findOneBy({ id: numberId });
  if (!row) throw notFound('seals.no_number');
  return row;
}

/** Who keeps it now, in the order they were named. */
export const keepersOf = ({ em }: Reads, sealId: string): Promise<KeeperRow[]> =>
  em.getRepository(KeeperTable).find({ where: { sealId, untilAt: IsNull() }, order: { id: 'asc' } });

/** Active heads of the units with these codes, in order. */
export const headsByCode = (org: OrgWithRoles, codes: readonly string[]): string[] =>
  codes.flatMap((code) => {
    const unit = org.units().find((one) => one.code === code);
    return unit ? org.headsOf(unit.unitId).map(({ personId }) => personId) : [];
  });

/** With whom the recording of this use lies. */
export const handlersOfUse = (
  org: OrgWithRoles,
  chiefUnits: readonly string[],
  seal: Pick<SealRow, 'unitId'>,
  keeperIds: readonly string[],
  applicantId: string,
): readonly string[] =>
  handlersOf(
    {
      keeperIds,
      headIds: org.headsOf(org.placeOf(seal.unitId)?.unitId ?? '').map(({ personId }) => personId),
      chiefIds: headsByCode(org, chiefUnits),
    },
    applicantId,
    (id) => org.person(id)?.active ?? false,
  );

/** Out of the office now; null: it lies where it belongs. */
export const outOf = ({ em }: Reads, sealId: string): Promise<CheckoutRow | null> =>
  em.getRepository(CheckoutTable).findOneBy({ outKey: sealId });

export const lastCheckoutOf = ({ em }: Reads, useId: string): Promise<CheckoutRow | null> =>
  em.getRepository(CheckoutTable).findOne({ where: { useId }, order: { id: 'desc' } });

/** The row with what the seal's absence means to it. */
export async function stateOf(reads: Reads, row: UseRow): Promise<Use> {
  const last = await lastCheckoutOf(reads, row.id);
  const out = await outOf(reads, row.sealId);
  const isHere = out?.useId === row.id;
  return {
    state: row.state,
    approvedCopies: row.approvedCopies,
    stampedCopies: row.stampedCopies,
    outWorkdays: row.outWorkdays,
    approvedOn: dateOf(row.openedAt),
    outOn: isHere && out ? dateOf(out.outAt) : null,
    cameBack: last !== null && last.backAt !== null,
    elsewhereOn: !isHere && out ? dateOf(out.outAt) : null,
  };
}

export function appendEvent(
  tx: Tx,
  useId: string,
  event: {
    readonly kind: EventKind;
    readonly happenedOn?: string | null;
    readonly copies?: number | null;
    readonly words?: string;
    readonly fileIds?: readonly string[];
  },
): void {
  tx.append(UseEventTable, {
    id: newId(),
    useId,
    kind: event.kind,
    recordedAt: tx.now,
    happenedOn: event.happenedOn ?? null,
    byId: tx.actor.kind === 'person' ? tx.actor.personId : actorId(tx.actor).slice(0, 64),
    byName: tx.actor.kind === 'person' ? tx.actor.name : '系统',
    copies: event.copies ?? null,
    words: event.words ?? '',
    fileIds: [...(event.fileIds ?? [])],
  });
}

/**
 * The next number of a count, in the caller's unit of work: whoever draws at the same moment waits for its end, and
 * what is rolled back was never drawn, so that no gap stays.
 */
export async function nextOf(tx: Tx, counterId: string): Promise<number> {
  await insertRows(tx, CounterTable, [{ id: counterId, lastNumber: 0 }], 'keep');
  await tx.em.query('update seal_counter set lastNumber = lastNumber + 1 where id = ?', [counterId]);
  const row = await tx.em.getRepository(CounterTable).findOneByOrFail({ id: counterId });
  return row.lastNumber;
}

/** Whether somebody keeps a seal now. */
export const keepsSome = ({ em }: Reads, personId: string): Promise<boolean> =>
  em.getRepository(KeeperTable).existsBy({ personId, untilAt: IsNull() });
