import { enqueue } from '../../../platform/jobs/index.ts';
import type { Db, Gathered, Tx } from '../../../platform/db/unit-of-work.ts';
import { touchRevision } from '../revision.ts';
import type { PersonChange, PersonEffect } from '../person-change.ts';
import type { UnitEffect, UnitEnd } from '../unit-end.ts';

export const PUSH_ALL = 'directory.pushAll';
export const PUSH_UNITS = 'directory.pushUnits';
export const PUSH_PERSON = 'directory.pushPerson';
export const PUSH_PEOPLE = 'directory.pushPeople';

/** What everything that changes the directory does at its end, in the same unit of work. */
export interface Consequences {
  /** Exactly these people changed: new revision, told to the other rooms, pushed to 企业微信 (D9). */
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

/** People whom one unit of work changed, to be pushed at once. */
const CHANGED: Gathered<{ readonly personId: string; readonly stamp: string }> = {
  name: 'directory.changedPeople',
};
/** What a job costs besides its calls is paid once for so many; more would wait long for their last one. */
const TOGETHER = 25;

/** Whoever changed alone has a job of their own; many that changed together share some. */
export const pushChanged = (db: Db): void =>
  db.onGathered(CHANGED, async (tx, changed) => {
    const stamps = new Map(changed.map(({ personId, stamp }) => [personId, stamp]));
    const all = [...stamps];
    for (let at = 0; at < all.length; at += TOGETHER) pushTogether(tx, all.slice(at, at + TOGETHER));
  });

function pushTogether(tx: Tx, people: readonly (readonly [personId: string, stamp: string])[]): void {
  const [[personId, stamp] = ['', '']] = people;
  if (people.length === 1) return pushPerson(tx, personId, stamp);
  const personIds = people.map(([id]) => id);
  enqueue(tx, { name: PUSH_PEOPLE, key: `${personId}:${stamp}`, payload: { personIds } });
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
    for (const { personId } of changes) tx.gather(CHANGED, { personId, stamp });
    return stamp;
  };
  return {
    peopleChanged: async (tx, changes) => void (await peopleChanged(tx, changes)),
    async unitMerged(tx, changes) {
      pushUnits(tx, `${await peopleChanged(tx, changes)}:moved`, tx.now + MOVING_MS);
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
