import { enqueue } from '../../../platform/jobs/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { touchRevision } from '../load-org.ts';
import type { PersonChange, PersonEffect } from '../person-change.ts';

export const PUSH_ALL = 'directory.pushAll';
export const PUSH_PERSON = 'directory.pushPerson';

/** What everything that changes people does at its end, in the same unit of work. */
export interface Consequences {
  /** One person changed: new revision, told to the other rooms, pushed to 企业微信. */
  personChanged(tx: Tx, change: PersonChange): Promise<void>;
  /** Many changed at once. */
  directoryChanged(tx: Tx, changes: readonly PersonChange[]): Promise<void>;
}

export function createConsequences(effects: readonly PersonEffect[]): Consequences {
  const tell = async (tx: Tx, changes: readonly PersonChange[]) => {
    for (const change of changes) for (const effect of effects) await effect(tx, change);
  };
  return {
    async personChanged(tx, change) {
      const stamp = await touchRevision(tx);
      await tell(tx, [change]);
      const { personId } = change;
      enqueue(tx, { name: PUSH_PERSON, key: `${personId}:${stamp}`, payload: { personId } });
    },
    async directoryChanged(tx, changes) {
      const stamp = await touchRevision(tx);
      await tell(tx, changes);
      enqueue(tx, { name: PUSH_ALL, key: stamp, payload: { run: stamp } });
    },
  };
}
