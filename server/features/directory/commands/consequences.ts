import { enqueue } from '../../../platform/jobs/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { touchRevision } from '../revision.ts';
import type { PersonChange, PersonEffect } from '../person-change.ts';
import type { UnitEffect, UnitEnd } from '../unit-end.ts';

export const PUSH_ALL = 'directory.pushAll';
export const PUSH_UNITS = 'directory.pushUnits';
export const PUSH_PERSON = 'directory.pushPerson';

/** What everything that changes the directory does at its end, in the same unit of work. */
export interface Consequences {
  /** Exactly these people changed: new revision, told to the other rooms, each pushed to 企业微信 by a job of their own (D9). */
  peopleChanged(tx: Tx, changes: readonly PersonChange[]): Promise<void>;
  /** A unit gave its people to another one: they are written first, then its department goes (C6). */
  unitMerged(tx: Tx, changes: readonly PersonChange[]): Promise<void>;
  /** A unit changed that nobody moves with. */
  unitChanged(tx: Tx): Promise<void>;
  /** A unit is over: told to the other rooms. After the rest of it, so that they find things as they are then. */
  unitEnded(tx: Tx, end: UnitEnd): Promise<void>;
  /** Many changed at once. */
  directoryChanged(tx: Tx, changes: readonly PersonChange[]): Promise<void>;
}

/** @param runAt at once when left out */
export function pushPerson(tx: Tx, personId: string, stamp: string, runAt: number = tx.now): void {
  enqueue(tx, { name: PUSH_PERSON, key: `${personId}:${stamp}`, payload: { personId }, runAt });
}

/** @param runAt at once when left out */
export function pushUnits(tx: Tx, stamp: string, runAt: number = tx.now): void {
  enqueue(tx, { name: PUSH_UNITS, key: stamp, payload: {}, runAt });
}

/** For the people to be out of a department before it is deleted. */
const MOVING_MS = 60_000;

export function createConsequences(
  effects: readonly PersonEffect[],
  unitEffects: readonly UnitEffect[] = [],
): Consequences {
  const tell = async (tx: Tx, changes: readonly PersonChange[]) => {
    for (const change of changes) for (const effect of effects) await effect(tx, change);
  };
  const peopleChanged = async (tx: Tx, changes: readonly PersonChange[]): Promise<string> => {
    const stamp = await touchRevision(
      tx,
      changes.map((change) => change.personId),
    );
    await tell(tx, changes);
    for (const { personId } of changes) pushPerson(tx, personId, stamp);
    return stamp;
  };
  return {
    peopleChanged: async (tx, changes) => void (await peopleChanged(tx, changes)),
    async unitMerged(tx, changes) {
      pushUnits(tx, await peopleChanged(tx, changes), tx.now + MOVING_MS);
    },
    async unitChanged(tx) {
      pushUnits(tx, await touchRevision(tx, []));
    },
    async unitEnded(tx, end) {
      for (const effect of unitEffects) await effect(tx, end);
    },
    async directoryChanged(tx, changes) {
      const stamp = await touchRevision(tx, null);
      await tell(tx, changes);
      enqueue(tx, { name: PUSH_ALL, key: stamp, payload: { run: stamp } });
    },
  };
}
