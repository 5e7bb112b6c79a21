import { enqueue } from '../../../platform/jobs/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { touchRevision } from '../load-org.ts';
import type { PersonChange, PersonEffect } from '../person-change.ts';

export const PUSH_ALL = 'directory.pushAll';
export const PUSH_UNITS = 'directory.pushUnits';
export const PUSH_PERSON = 'directory.pushPerson';

/** What everything that changes the directory does at its end, in the same unit of work. */
export interface Consequences {
  /** Some people changed: new revision, told to the other rooms, each pushed to 企业微信 by a job of their own (D9). */
  peopleChanged(tx: Tx, changes: readonly PersonChange[]): Promise<void>;
  /** A unit changed that nobody moves with. */
  unitChanged(tx: Tx): Promise<void>;
  /** Many changed at once. */
  directoryChanged(tx: Tx, changes: readonly PersonChange[]): Promise<void>;
}

export function pushPerson(tx: Tx, personId: string, stamp: string): void {
  enqueue(tx, { name: PUSH_PERSON, key: `${personId}:${stamp}`, payload: { personId } });
}

export function pushUnits(tx: Tx, stamp: string): void {
  enqueue(tx, { name: PUSH_UNITS, key: stamp, payload: {} });
}

export function createConsequences(effects: readonly PersonEffect[]): Consequences {
  const tell = async (tx: Tx, changes: readonly PersonChange[]) => {
    for (const change of changes) for (const effect of effects) await effect(tx, change);
  };
  return {
    async peopleChanged(tx, changes) {
      const stamp = await touchRevision(tx);
      await tell(tx, changes);
      for (const { personId } of changes) pushPerson(tx, personId, stamp);
    },
    async unitChanged(tx) {
      pushUnits(tx, await touchRevision(tx));
    },
    async directoryChanged(tx, changes) {
      const stamp = await touchRevision(tx);
      await tell(tx, changes);
      enqueue(tx, { name: PUSH_ALL, key: stamp, payload: { run: stamp } });
    },
  };
}
