import { systemActor } from '../../../../kernel/actor.ts';
import { type Keeping, numberIn } from '../../../../platform/keeping/index.ts';
import type { PeriodDeps } from './context.ts';
import { dropParts } from './parts.ts';

const KIND = 'approvals.packages';
const GOING = systemActor(`keeping:${KIND}`);

/** A package goes with its bytes; that it was asked for and taken stays in the record of acts. */
export const packageKeepings = (deps: Pick<PeriodDeps, 'ctx' | 'blobs'>): Keeping[] => [
  {
    kind: KIND,
    atLeastDays: 1,
    ending: {
      how: 'delete',
      async remove(before, limit) {
        const { db } = deps.ctx;
        const old = await db.read((reads) =>
          reads.em.query<{ id: string }[]>(
            `select id from approval_package where askedAt < ? order by id limit ${String(Math.min(limit, 50))}`,
            [before],
          ),
        );
        for (const { id } of old) {
          // Cut off in the middle it is met again; meanwhile nobody is given what is half gone.
          await db.write(GOING, (tx) =>
            tx.em.query("update approval_package set state = 'failed' where id = ?", [id]),
          );
          await dropParts(deps, id);
          await db.write(GOING, (tx) => tx.em.query('delete from approval_package where id = ?', [id]));
        }
        return old.length;
      },
      overdue: async (reads, before) =>
        (await numberIn(reads, 'select count(*) as n from approval_package where askedAt < ?', [before])) ??
        0,
      oldest: (reads) => numberIn(reads, 'select min(askedAt) as n from approval_package'),
    },
  },
];
