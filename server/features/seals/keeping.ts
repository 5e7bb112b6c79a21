import { systemActor } from '../../kernel/actor.ts';
import { deleteRows, kept, numberIn, type Keeping } from '../../platform/keeping/index.ts';
import { ownerOf, type SealsContext } from './context.ts';

const KIND = 'seals.uses';
/** 机关、事业单位 keep a use of a seal for years: what was stamped must be shown as long as the paper is out. */
const THREE_YEARS = 1_096;
const ENDED = 'closedAt is not null';

/** Lines of the ledger go with their history, photos and checkouts; a number that was drawn stays, so that it is never given again. */
export const sealKeepings = ({ db, files }: Pick<SealsContext, 'db' | 'files'>): Keeping[] => [
  {
    kind: KIND,
    atLeastDays: THREE_YEARS,
    ending: {
      how: 'delete',
      async remove(before, limit) {
        const old = await db.read((reads) =>
          reads.em.query<{ id: string }[]>(
            `select id from seal_use where ${ENDED} and closedAt < ? order by id limit ${Math.min(limit, 200)}`,
            [before],
          ),
        );
        for (const { id } of old)
          await db.write(systemActor(`keeping:${KIND}`), async (tx) => {
            await files.release(tx, ownerOf(id));
            await tx.em.query('delete from seal_event where useId = ?', [id]);
            await tx.em.query('delete from seal_checkout where useId = ?', [id]);
            await tx.em.query('delete from seal_use where id = ?', [id]);
          });
        return old.length;
      },
      overdue: async (reads, before) =>
        (await numberIn(reads, `select count(*) as n from seal_use where ${ENDED} and closedAt < ?`, [
          before,
        ])) ?? 0,
      oldest: (reads) => numberIn(reads, `select min(closedAt) as n from seal_use where ${ENDED}`),
    },
  },
  kept('seals.numbers'),
  deleteRows(db, {
    kind: 'seals.keepers',
    atLeastDays: THREE_YEARS,
    table: 'seal_keeper',
    since: 'untilAt',
    where: 'untilAt is not null',
  }),
];
