import type { CalendarDate } from '../../../kernel/dates.ts';
import { notFound } from '../../../kernel/errors.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import type { PersonChange } from '../person-change.ts';
import { mustMaintainAnother } from '../policy.ts';
import { type LockCause, PersonTable, type PersonRow } from '../tables.ts';
import type { Consequences } from './consequences.ts';
import { effectiveDay } from './effective-day.ts';
import type { Resuming, SecondingOut } from './goals.ts';
import { lockDirectory } from './lock-directory.ts';
import { changesOf, shown } from './person-fields.ts';
import { knownPerson, personHere } from './person-here.ts';

type Lock = Pick<PersonRow, 'state' | 'lockCause'>;
type LockOf = (was: PersonRow) => Lock;
const OPEN: Lock = { state: 'active', lockCause: null };
const lockedBy = (lockCause: LockCause): Lock => ({ state: 'locked', lockCause });

/**
 * Lock and unlock an account (rule C13): sign-in is refused at once (access raises the epoch), 企业微信 gets
 * `enable=0`; posts stay as they are, so that unlocking restores everything. A status of HR locks too (停职, 借调
 * and 挂职 to outside: S3-2.5a, S3-2.4a), but what somebody decided no status lifts.
 */
export function createLockPerson(consequences: Consequences) {
  async function save(
    tx: Tx,
    person: PersonRow,
    goal: Partial<PersonRow>,
    told: { kind: string; on?: CalendarDate },
  ): Promise<boolean> {
    const changes = changesOf(person, goal);
    if (!changes) return false;
    await saveWithVersion(tx, PersonTable, person, { ...changes, updatedAt: tx.now });
    const [before, after] = [shown(person, changes), shown(changes, changes)];
    recordChange(tx, { type: 'person', id: person.id, ...told, before, after });
    await consequences.peopleChanged(tx, [{ personId: person.id, kind: kindOf(changes.state) }]);
    return true;
  }

  async function setLock(tx: Tx, personId: string, lockOf: LockOf, kind: 'lock' | 'unlock'): Promise<void> {
    mustMaintainAnother(tx.actor, personId);
    await lockDirectory(tx);
    const person = await knownPerson(tx, personId);
    if (person.state === 'left') throw notFound('directory.unknown_person');
    await save(tx, person, lockOf(person), { kind });
  }

  async function setStatus(
    tx: Tx,
    personId: string,
    { status, on, lockOf }: { status: PersonRow['status']; on: CalendarDate; lockOf: LockOf },
  ): Promise<boolean> {
    mustMaintainAnother(tx.actor, personId);
    const statusOn = effectiveDay(tx.now, on);
    await lockDirectory(tx);
    const person = await personHere(tx, personId);
    if (person.status === status && person.statusOn === statusOn) return false;
    const kind = status === 'working' ? 'resumed' : status;
    // A corrected day is no new reason to lock.
    const lock = person.status === status ? kept(person) : lockOf(person);
    return save(tx, person, { status, statusOn, ...lock }, { kind, on: statusOn });
  }

  return {
    lockPerson: (tx: Tx, personId: string) => setLock(tx, personId, lockedByDecision, 'lock'),
    unlockPerson: (tx: Tx, personId: string) => setLock(tx, personId, openedByDecision, 'unlock'),
    suspend: (tx: Tx, personId: string, on: CalendarDate) =>
      setStatus(tx, personId, { status: 'suspended', on, lockOf: suspended }),
    secondOut: (tx: Tx, personId: string, { status, on }: SecondingOut) =>
      setStatus(tx, personId, { status, on, lockOf: sentOut }),
    resume: (tx: Tx, personId: string, { on, unlock = true }: Resuming) =>
      setStatus(tx, personId, { status: 'working', on, lockOf: unlock ? openedByStatus : keptOnReturn }),
  };
}

/**
 * 停职 and what somebody decided are two locks (S3-2.5b): whoever lifts one lets nobody in whom the other keeps out.
 * A decision lifts a lock of the status alone, and that of a secondment, where HR's word follows it (S3-2.4b).
 */
const lockedByDecision: LockOf = ({ lockCause, status }) =>
  lockedBy(lockCause === 'both' || (lockCause === 'status' && status === 'suspended') ? 'both' : 'decision');
const openedByDecision: LockOf = ({ lockCause }) => (lockCause === 'both' ? lockedBy('status') : OPEN);
const suspended: LockOf = ({ lockCause }) => lockedBy(isDecided(lockCause) ? 'both' : 'status');
const sentOut: LockOf = ({ lockCause }) => lockedBy(isDecided(lockCause) ? 'decision' : 'status');
const openedByStatus: LockOf = ({ lockCause }) => (isDecided(lockCause) ? lockedBy('decision') : OPEN);
/** Back at work and still locked: from now on that is one lock. */
const keptOnReturn: LockOf = (was) => (isDecided(was.lockCause) ? lockedBy('decision') : kept(was));

const isDecided = (cause: LockCause | null): boolean => cause === 'decision' || cause === 'both';

const kept: LockOf = ({ state, lockCause }) => ({ state, lockCause });

function kindOf(state: PersonRow['state'] | undefined): PersonChange['kind'] {
  if (state === undefined) return 'updated';
  return state === 'locked' ? 'locked' : 'unlocked';
}
