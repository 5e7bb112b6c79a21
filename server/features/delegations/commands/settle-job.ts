import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';

export const SETTLE_JOB = 'delegations.settle';

/** Look at a rule again: when its days begin, when they are over, and when it was ended early. */
type Moment = 'begin' | 'end' | 'ended' | 'begin:again' | 'ended:again';

export function settleAt(
  tx: Tx,
  id: string,
  moment: Moment,
  runAt: number,
  more: { readonly again?: boolean } = {},
): void {
  enqueue(tx, { name: SETTLE_JOB, key: `${id}:${moment}`, payload: { id, ...more }, runAt });
}
