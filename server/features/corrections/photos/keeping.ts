/** 个保法 19, 47: a picture that serves nobody any more goes, and what was decided about it some years later. */
import { systemActor } from '../../../kernel/actor.ts';
import { updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping, numberIn } from '../../../platform/keeping/index.ts';
import type { CorrectionsContext } from '../commands/context.ts';
import { appendPhotoEvent, photoOf } from './store.ts';
import type { PhotoRow } from './tables.ts';

type Deps = Pick<CorrectionsContext, 'db' | 'files'>;
const AT_ONCE = 200;

export const photoKeepings = (deps: Deps): Keeping[] => [
  // The person has their days to send another one, and may ask why.
  endPhotos(deps, {
    kind: 'corrections.rejectedPhotos',
    atLeastDays: 7,
    which: `state = 'rejected'`,
    since: 'decidedAt',
  }),
  endPhotos(deps, { kind: 'corrections.formerPhotos', atLeastDays: 0, which: '1 = 1', since: 'leftAt' }),
  deleteRows(deps.db, {
    kind: 'corrections.photoHistory',
    atLeastDays: 184,
    table: 'person_photo_event',
    since: 'happenedAt',
  }),
];

interface Old {
  readonly kind: string;
  readonly atLeastDays: number;
  readonly which: string;
  readonly since: 'decidedAt' | 'leftAt';
}

/** The row goes with its file, whose bytes the sweep of files takes. */
function endPhotos({ db, files }: Deps, { kind, atLeastDays, which, since }: Old): Keeping {
  const past = `${which} and ${since} is not null and ${since} < ?`;

  async function endOne(tx: Tx, { id, version, reason, why }: PhotoRow, before: number): Promise<void> {
    // Another one in its place meanwhile stays.
    const gone = await updateCount(
      tx.em,
      `delete from person_photo where id = ? and version = ? and ${past}`,
      [id, version, before],
    );
    if (gone === 0) return;
    await files.release(tx, photoOf(id));
    appendPhotoEvent(tx, id, 'erased', { reason, why });
  }

  return {
    kind,
    atLeastDays,
    ending: {
      how: 'delete',
      async remove(before, limit) {
        const rows = await db.read((reads) =>
          reads.em.query<PhotoRow[]>(
            `select id, version, reason, why from person_photo where ${past} order by id limit ${Math.min(limit, AT_ONCE)}`,
            [before],
          ),
        );
        if (rows.length === 0) return 0;
        await db.write(systemActor(`keeping:${kind}`), async (tx) => {
          for (const row of rows) await endOne(tx, row, before);
        });
        return rows.length;
      },
      overdue: async (reads, before) =>
        (await numberIn(reads, `select count(*) as n from person_photo where ${past}`, [before])) ?? 0,
      oldest: (reads) => numberIn(reads, `select min(${since}) as n from person_photo where ${which}`),
    },
  };
}

/** Whoever left: the time of their photo begins. Whoever came back keeps it. */
export async function markLeft(tx: Tx, personId: string, hasLeft: boolean): Promise<void> {
  await tx.em.query('update person_photo set leftAt = ?, version = version + 1 where id = ?', [
    hasLeft ? tx.now : null,
    personId,
  ]);
}
