import { systemActor } from '../../kernel/actor.ts';
import { deleteRows, numberIn, type Keeping } from '../../platform/keeping/index.ts';
import { ownerOf, type RepairsContext } from './commands/context.ts';

const KIND = 'repairs.tickets';
const A_YEAR = 366;
const ENDED = `closedAt is not null`;

/** Tickets go with their history and photos; reports hold names and go too. Places and orders hold nobody. */
export const repairKeepings = ({ db, files }: Pick<RepairsContext, 'db' | 'files'>): Keeping[] => [
  {
    kind: KIND,
    // A term's report is compared with the one before.
    atLeastDays: A_YEAR,
    ending: {
      how: 'delete',
      async remove(before, limit) {
        const old = await db.read((reads) =>
          reads.em.query<{ id: string }[]>(
            `select id from repair_ticket where ${ENDED} and closedAt < ? order by id limit ${Math.min(limit, 200)}`,
            [before],
          ),
        );
        for (const { id } of old)
          await db.write(systemActor(`keeping:${KIND}`), async (tx) => {
            await files.release(tx, ownerOf(id));
            await tx.em.query('delete from repair_event where ticketId = ?', [id]);
            await tx.em.query('delete from repair_ticket where id = ?', [id]);
          });
        return old.length;
      },
      overdue: async (reads, before) =>
        (await numberIn(reads, `select count(*) as n from repair_ticket where ${ENDED} and closedAt < ?`, [
          before,
        ])) ?? 0,
      oldest: (reads) => numberIn(reads, `select min(closedAt) as n from repair_ticket where ${ENDED}`),
    },
  },
  deleteRows(db, {
    kind: 'repairs.reports',
    atLeastDays: A_YEAR,
    table: 'repair_report',
    since: 'madeAt',
  }),
];
