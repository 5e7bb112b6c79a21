import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';

export const FOLLOW_JOB = 'repairs.follow';

/** Somebody is not there: a job of its own looks at what they have in hand. */
export const askToFollow = (tx: Tx, personId: string): void =>
  enqueue(tx, { name: FOLLOW_JOB, key: newId(), payload: { personId } });
